namespace RnnGen.Generator.Cells;

/// <summary>
/// Turns every sum of projections and biases into one <see cref="Accumulator"/>. A projection that is used twice keeps
/// its own accumulator.
/// </summary>
internal sealed class Fusion
{
    private readonly Dictionary<Expression, int> _uses = [];
    private readonly Dictionary<Expression, Expression> _fused = [];
    private readonly IReadOnlyList<CellMask> _means;
    private readonly ValueNames _names;

    private Fusion(IEnumerable<Expression> results, IReadOnlyList<CellMask> means, ValueNames names)
    {
        _means = means;
        _names = names;
        foreach (Expression result in results)
        {
            Count(result);
        }
    }

    /// <param name="cell">The equations.</param>
    /// <param name="extra">Further values of the same graph to compute.</param>
    /// <param name="fusedExtra">The same values after fusion.</param>
    /// <param name="inTraining">Whether masks are random; otherwise they are replaced by their means.</param>
    public static Cell Fuse(Cell cell, IReadOnlyList<Expression> extra, out IReadOnlyList<Expression> fusedExtra, bool inTraining = true)
    {
        var fusion = new Fusion(cell.Results.Concat(extra), inTraining ? [] : cell.Masks, new ValueNames(cell.Names));
        fusedExtra = [.. extra.Select(e => e.Graph.Broadcast(fusion.Rewrite(e), e.Size))];
        return cell with
        {
            States = [.. cell.States.Select(s => s with { Next = fusion.Result(s.Next, s.Size) })],
            Output = cell.Output is null ? null : fusion.Result(cell.Output, cell.Output.Size),
            Names = fusion._names,
        };
    }

    /// <summary>Stores a result even if its equations simplify to the input, an unchanged state or a constant.</summary>
    private Expression Result(Expression expression, int size)
    {
        Expression result = expression.Graph.Own(Rewrite(expression), size);
        KeepName(expression, result);
        return result;
    }

    public static Cell Fuse(Cell cell) => Fuse(cell, [], out _);

    private void Count(Expression expression)
    {
        _uses.TryGetValue(expression, out int uses);
        _uses[expression] = uses + 1;
        if (uses == 0)
        {
            foreach (Expression operand in expression.Operands)
            {
                Count(operand);
            }
        }
    }

    private Expression Rewrite(Expression expression)
    {
        if (!_fused.TryGetValue(expression, out Expression? fused))
        {
            fused = Build(expression);
            KeepName(expression, fused);
            _fused.Add(expression, fused);
        }

        return fused;
    }

    private void KeepName(Expression from, Expression to)
    {
        if (_names[from] is string name)
        {
            _names.Add(to, name);
        }
    }

    private Expression Build(Expression expression) => expression switch
    {
        Projection or Binary { Operator: BinaryOperator.Add } => FuseSum(expression),
        Binary binary => binary.Graph.Binary(binary.Operator, Rewrite(binary.Left), Rewrite(binary.Right)),
        Apply apply => apply.Graph.Apply(apply.Function, Rewrite(apply.Operand)),
        Mean mean => mean.Graph.Mean(Rewrite(mean.Operand)),
        Broadcast broadcast => broadcast.Graph.Broadcast(Rewrite(broadcast.Operand), broadcast.Size),
        Leaf { Kind: LeafKind.Mask } mask when _means.FirstOrDefault(m => m.Value == mask) is CellMask known => mask.Graph.Constant(known.Mean),
        _ => expression,
    };

    private Expression FuseSum(Expression sum)
    {
        var projections = new List<Projection>();
        var biases = new List<ParameterVector>();
        var others = new List<Expression>();
        Collect(sum, isRoot: true);

        if (projections.Count == 0)
        {
            // No projection, no accumulator: a plain element-wise sum.
            return sum.Operands.Select(Rewrite).Aggregate((left, right) => left + right);
        }

        Expression fused = sum.Graph.Accumulate(projections, biases);
        Matrix first = projections[0].Matrix;
        string? name = _names[sum] ?? (first.IsTransposed ? null : first.Gate);
        if (name is not null && (_names[sum] is null || others.Count > 0))
        {
            _names.Add(fused, name + "Sum");
        }

        return others.Aggregate(fused, (left, right) => left + right);

        void Collect(Expression term, bool isRoot)
        {
            bool own = isRoot || _uses[term] == 1;
            switch (term)
            {
                case Binary { Operator: BinaryOperator.Add } add when own:
                    Collect(add.Left, isRoot: false);
                    Collect(add.Right, isRoot: false);
                    break;
                case Projection projection when own:
                    projections.Add((Projection)projection.Graph.Project(projection.Matrix, Rewrite(projection.Source)));
                    break;
                case ParameterVector bias when own && bias.Size == sum.Size:
                    biases.Add(bias);
                    break;
                default:
                    others.Add(Rewrite(term));
                    break;
            }
        }
    }
}
