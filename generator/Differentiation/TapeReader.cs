using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Differentiation;

/// <summary>
/// Replaces values of the forward step in gradients by those on the tape: activations and accumulators are saved, arithmetic is
/// repeated, states are read from where the forward step stored them anyway.
/// </summary>
/// <param name="cell">The forward step.</param>
/// <param name="forward">Its values.</param>
/// <param name="names">The names of all values; a value that is read keeps the name of the original.</param>
internal sealed class TapeReader(Cell cell, HashSet<Expression> forward, ValueNames names)
{
    private readonly Dictionary<Expression, Expression> _read = [];
    private readonly List<Expression> _saved = [];

    public IReadOnlyList<Expression> Saved => _saved;

    public Expression Read(Expression expression)
    {
        if (!_read.TryGetValue(expression, out Expression? result))
        {
            result = forward.Contains(expression) ? ReadForward(expression) : Rebuild(expression);
            if (names[expression] is string name)
            {
                names.Add(result, name);
            }

            _read.Add(expression, result);
        }

        return result;
    }

    private Expression ReadForward(Expression expression)
    {
        ExpressionGraph graph = expression.Graph;
        CellState? state = cell.States.FirstOrDefault(s => s.Next == expression);
        if (state is not null)
        {
            return graph.Leaf(LeafKind.StateAfter, state.Name + "'", state.Size, expression);
        }

        switch (expression)
        {
            case Leaf { Kind: LeafKind.State } before:
                return graph.Leaf(LeafKind.StateBefore, before.Symbol, before.Size, before);
            case Leaf { Kind: LeafKind.Mask }:
                return expression;
            case Leaf input:
                return graph.Leaf(LeafKind.TapeInput, input.Symbol, input.Size, input);
            case Accumulator or Apply or Mean:
                _saved.Add(expression);
                return graph.Leaf(LeafKind.Saved, names[expression] ?? "saved" + _saved.Count, expression.Size, expression);
            default:
                return Rebuild(expression);
        }
    }

    private Expression Rebuild(Expression expression) => expression switch
    {
        Binary binary => binary.Graph.Binary(binary.Operator, Read(binary.Left), Read(binary.Right)),
        Apply apply => apply.Graph.Apply(apply.Function, Read(apply.Operand)),
        Projection projection => projection.Graph.Project(projection.Matrix, Read(projection.Source)),
        Mean mean => mean.Graph.Mean(Read(mean.Operand)),
        Broadcast broadcast => broadcast.Graph.Broadcast(Read(broadcast.Operand), broadcast.Size),
        _ => expression,
    };
}
