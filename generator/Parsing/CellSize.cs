using System.Numerics;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Parsing;

/// <summary>
/// The size of a cell, from its equations: upper bounds for its memory, in numbers, and the number of its operations. It is computed for any size
/// that can be declared: nothing is allocated, and no sum wraps around.
/// </summary>
/// <param name="Parameters">The packed weights. Their transposed copies are not larger.</param>
/// <param name="Row">The values of a step that training keeps: states, saved values, masks, and gradients.</param>
/// <param name="Ahead">Sums of the inputs that are computed ahead of the steps, and their scratch memory.</param>
/// <param name="Operations">The operations of the step and of the backward step, on which the size of the generated code depends.</param>
internal sealed record CellSize(BigInteger Parameters, BigInteger Row, BigInteger Ahead, int Operations)
{
    /// <param name="cell">The cell.</param>
    /// <param name="trace">Whether all named values are kept.</param>
    public static CellSize Of(Cell cell, bool trace)
    {
        Expression[] named = trace ? [.. cell.Named] : [];
        Cell fused = Fusion.Fuse(cell, named, out IReadOnlyList<Expression> traced);
        Adjoint adjoint = Differentiator.Differentiate(fused, inputGradient: true);
        IReadOnlyList<Expression> forward = Expression.InOrder(fused.Results.Concat(traced));
        Expression[] gradients = [.. adjoint.Sums.Select(s => s.Gradient), .. adjoint.Vectors.Select(v => v.Gradient)];
        IReadOnlyList<Expression> backward = Expression.InOrder(adjoint.Cell.Results.Concat(gradients));

        // States are stored anyway, and the input and the gradient of the output have their own rows.
        IEnumerable<Expression> saved = [.. adjoint.Saved, .. adjoint.Matrices.Select(m => m.Source), .. traced, .. StoredOnTheWay(forward), fused.Output!];
        BigInteger row = Stride(fused.States.Select(s => s.Value))
            + Stride(saved.Where(v => v is not Leaf).Except(fused.States.Select(s => s.Next)))
            + Stride(fused.Masks.Select(m => m.Value))
            + Stride(gradients.Concat(StoredOnTheWay(backward)).Where(v => v is not Leaf))
            + Stride([fused.Output!]);
        return new CellSize(ParametersOf(cell, forward), row, cell.States.Count == 0 ? 0 : AheadOf(forward), forward.Count + backward.Count);
    }

    public static CellSize operator +(CellSize left, CellSize right) =>
        new(left.Parameters + right.Parameters, left.Row + right.Row, left.Ahead + right.Ahead, left.Operations + right.Operations);

    public static CellSize operator *(int count, CellSize cell) => new(count * cell.Parameters, count * cell.Row, count * cell.Ahead, count * cell.Operations);

    /// <summary>Sizes are padded to whole vectors of the widest kind.</summary>
    public static BigInteger Pad(BigInteger size) => (size + (CacheLine.Floats - 1)) / CacheLine.Floats * CacheLine.Floats;

    private static BigInteger ParametersOf(Cell cell, IReadOnlyList<Expression> values)
    {
        // Sources are padded, because the backward step has a transposed copy of the matrix.
        IEnumerable<BigInteger> matrices =
            from accumulator in values.OfType<Accumulator>()
            from projection in accumulator.Projections
            select Pad(projection.Matrix.Units) * Pad(projection.Matrix.Columns);
        IEnumerable<BigInteger> vectors = values.OfType<Accumulator>().SelectMany(a => a.Biases).Concat(values.OfType<ParameterVector>()).Distinct().Select(v => Pad(v.Size));
        IEnumerable<BigInteger> initial = cell.States.Where(s => s.Initial is not null).Select(s => Pad(s.Size));
        return matrices.Concat(vectors).Concat(initial).Aggregate(BigInteger.Zero, (sum, size) => sum + size);
    }

    /// <summary>A row of sums for each of several steps, and scratch memory for the sums of a lane block and for the gradients of the input.</summary>
    private static BigInteger AheadOf(IReadOnlyList<Expression> values)
    {
        BigInteger sums = values.OfType<Accumulator>().Aggregate(BigInteger.Zero, (sum, accumulator) => sum + Pad(accumulator.Size));
        return (SplitPlan.Steps * Stride(sums)) + (LaneBlock.Size * (sums + (Thresholds.MostVectors * CacheLine.Floats)));
    }

    /// <summary>Values that are stored because something waits for all of their elements: a mean, or another sum.</summary>
    private static IEnumerable<Expression> StoredOnTheWay(IReadOnlyList<Expression> values)
    {
        bool hasPhases = Expression.InOrder(values.OfType<Accumulator>().SelectMany(a => a.Operands)).Any(v => v is Accumulator) || values.Any(v => v is Mean);
        return values.OfType<Mean>().Select(m => m.Operand).Concat(values.Where(v => v is Mean || (hasPhases && v is Accumulator or Apply)));
    }

    /// <summary>Distance between rows that hold some values, each of them once.</summary>
    private static BigInteger Stride(IEnumerable<Expression> values) =>
        Stride(values.Distinct().Aggregate(BigInteger.Zero, (sum, value) => sum + Pad(value.Size)));

    /// <summary>As <see cref="CacheLine.Stride"/>, for any size.</summary>
    private static BigInteger Stride(BigInteger size) => size.IsZero || !(size / CacheLine.Floats).IsEven ? size : size + CacheLine.Floats;
}
