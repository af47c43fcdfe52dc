using System.Globalization;
using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Writes a cell the way a textbook does: one line per named value.</summary>
internal static class Equations
{
    public static IEnumerable<string> Of(Cell cell)
    {
        IReadOnlyList<Expression> named = cell.Named;
        int width = named.Select(n => n.Name!.Length).DefaultIfEmpty(0).Max();
        return
        [
            .. named.Select(n => $"{n.Name!.PadRight(width)} = {Write(n, isRoot: true)}"),
            .. cell.Masks.Select(m => $"{m.Value.Symbol.PadRight(width)} : {Describe(m)}"),
        ];
    }

    private static string Describe(CellMask mask) =>
        $"in training 0 with probability {Number(mask.Rate)}, else {Number(mask.Kept)}{(mask.EveryStep ? "" : ", the same in all steps")}; otherwise {Number(mask.Mean)}";

    private static bool IsNamed(Expression expression) => expression.Name is not null;

    private static string Write(Expression expression, bool isRoot = false)
    {
        if (!isRoot && IsNamed(expression))
        {
            return expression.Name!;
        }

        return expression switch
        {
            Leaf leaf => leaf.Symbol,
            ParameterVector vector => vector.Symbol,
            Constant constant => Number(constant.Value),
            Projection projection => $"{projection.Matrix.Symbol}{(projection.Matrix.IsTransposed ? "ᵀ" : "")}·{Factor(projection.Source)}",
            Accumulator sum => string.Join(" + ", sum.Biases.Select(b => b.Symbol).Concat(sum.Projections.Select(p => $"{p.Matrix.Symbol}{(p.Matrix.IsTransposed ? "ᵀ" : "")}·{Factor(p.Source)}"))),
            Binary { Operator: BinaryOperator.Add } sum => $"{Write(sum.Left)} + {Write(sum.Right)}",
            Binary { Operator: BinaryOperator.Subtract } difference => $"{Write(difference.Left)} − {Factor(difference.Right)}",
            Binary product => $"{Factor(product.Left)} ∘ {Factor(product.Right)}",
            Apply apply => $"{apply.Function.Symbol}({string.Join(", ", apply.Function.Arguments.Select(Number).Prepend(Write(apply.Operand)))})",
            Mean mean => $"mean({Write(mean.Operand)})",
            _ => Write(expression.Operands[0]),
        };
    }

    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);

    private static string Factor(Expression expression) =>
        expression is Binary && !IsNamed(expression) ? $"({Write(expression)})" : Write(expression);
}
