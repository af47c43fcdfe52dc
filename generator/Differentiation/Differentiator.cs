using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Differentiation;

/// <summary>Derives the backward step of a fused cell by reverse accumulation.</summary>
internal sealed class Differentiator
{
    private readonly Cell _cell;
    private readonly ExpressionGraph _graph;
    private readonly Dictionary<Expression, Expression> _gradients = [];
    private readonly List<AccumulatorGradient> _sums = [];
    private readonly List<VectorGradient> _vectors = [];
    private readonly ValueNames _names;

    private Differentiator(Cell cell)
    {
        _cell = cell;
        _graph = cell.Input.Graph;
        _names = new ValueNames(cell.Names);
    }

    /// <param name="cell">The cell, fused.</param>
    /// <param name="inputGradient">Whether the gradient of the input is needed; tokens have none.</param>
    public static Adjoint Differentiate(Cell cell, bool inputGradient) => new Differentiator(cell).Run(inputGradient);

    private Adjoint Run(bool inputGradient)
    {
        List<Expression> forward = Expression.InOrder(_cell.Results);

        Leaf dy = _graph.Leaf(LeafKind.Input, "dy", _cell.Output!.Size);
        Add(_cell.Output, dy);
        foreach (CellState state in _cell.States)
        {
            Add(state.Next, _graph.Leaf(LeafKind.State, "d" + state.Name, state.Size));
        }

        for (int k = forward.Count - 1; k >= 0; k--)
        {
            if (_gradients.TryGetValue(forward[k], out Expression? gradient))
            {
                PassOn(forward[k], gradient);
            }
        }

        // From here on, values of the forward step are read from the tape.
        var tape = new TapeReader(_cell, [.. forward], _names);
        var states = _cell.States
            .Select(s => new CellState("d" + s.Name, _graph.Leaf(LeafKind.State, "d" + s.Name, s.Size), Name(tape.Read(GradientOf(s.Value)), $"d{s.Name}Before")))
            .ToArray();
        Expression? dx = inputGradient ? Name(tape.Read(GradientOf(_cell.Input)), "dInput") : null;
        Expression[] kept = [.. _sums.Select(s => tape.Read(s.Gradient)), .. _vectors.Select(v => tape.Read(v.Gradient))];

        Cell backward = Fusion.Fuse(new Cell(_cell.Name + " backward", dy, states, dx, []) { Names = _names }, kept, out IReadOnlyList<Expression> fused);
        AccumulatorGradient[] sums = [.. _sums.Zip(fused, (sum, gradient) => sum with { Gradient = gradient })];
        MatrixGradient[] matrices =
        [
            .. from sum in sums
               from projection in sum.Accumulator.Projections
               select new MatrixGradient(projection.Matrix, projection.Source, sum.Gradient)
        ];
        VectorGradient[] vectors =
        [
            .. from sum in sums from bias in sum.Accumulator.Biases select new VectorGradient(bias, sum.Gradient),
            .. _vectors.Zip(fused.Skip(sums.Length), (vector, gradient) => vector with { Gradient = gradient }),
        ];
        return new Adjoint(backward, sums, matrices, vectors, tape.Saved);
    }

    private Expression Name(Expression value, string name)
    {
        _names.Add(value, name);
        return value;
    }

    private Expression GradientOf(Expression expression) =>
        _gradients.TryGetValue(expression, out Expression? gradient) ? gradient : _graph.Broadcast(_graph.Constant(0), expression.Size);

    private void Add(Expression target, Expression gradient)
    {
        // An operand of size 1 was broadcast to every element.
        Expression share = target.Size == 1 ? _graph.Sum(gradient) : gradient;
        _gradients[target] = _gradients.TryGetValue(target, out Expression? sum) ? sum + share : share;
    }

    /// <summary>The chain rule: propagates the gradient of a value to its operands.</summary>
    private void PassOn(Expression value, Expression gradient)
    {
        if (_names[value] is string name && name.EndsWith("'", StringComparison.Ordinal))
        {
            // All gradients of a new state: from the output, from the following step, from the rest of this step.
            Name(gradient, "d" + name);
        }

        switch (value)
        {
            case Binary binary:
                Add(binary.Left, binary.Operation.LeftGradient(binary, gradient));
                Add(binary.Right, binary.Operation.RightGradient(binary, gradient));
                break;
            case Apply apply:
                Add(apply.Operand, gradient * apply.Function.Derivative(apply));
                break;
            case Mean mean:
                Add(mean.Operand, _graph.Broadcast(gradient * (1.0 / mean.Operand.Size), mean.Operand.Size));
                break;
            case Broadcast broadcast:
                Add(broadcast.Operand, gradient);
                break;
            case Accumulator accumulator:
                Name(gradient, GradientName(_names[accumulator] ?? "sum" + _sums.Count));
                _sums.Add(new AccumulatorGradient(accumulator, gradient));
                foreach (Projection projection in accumulator.Projections)
                {
                    Add(projection.Source, _graph.Project(projection.Matrix.Transpose(), gradient));
                }

                break;
            case ParameterVector { Tensor.Role: not TensorRole.Constant } vector:
                _vectors.Add(new VectorGradient(vector, gradient));
                break;
        }
    }

    /// <summary><c>iSum</c> becomes <c>dI</c>.</summary>
    private static string GradientName(string sum)
    {
        string gate = sum.EndsWith("Sum", StringComparison.Ordinal) ? sum.Substring(0, sum.Length - 3) : sum;
        return "d" + char.ToUpperInvariant(gate[0]) + gate.Substring(1);
    }
}
