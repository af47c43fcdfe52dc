using System.Globalization;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Loops;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Writes a cell, or the step back through one, the way a textbook does: one line per value that has a name.</summary>
internal sealed class Equations
{
    private readonly Func<Expression, string?> _nameOf;

    private Equations(Func<Expression, string?> nameOf) => _nameOf = nameOf;

    /// <summary>All equations of a cell.</summary>
    public static IEnumerable<string> Of(Cell cell)
    {
        var system = EquationSystem.Of(cell);
        var equations = new Equations(system.NameOf);
        int width = system.Lines.Select(line => line.Name.Length).DefaultIfEmpty(0).Max();
        return
        [
            .. system.Lines.Select(line => $"{line.Name.PadRight(width)} = {equations.Write(line.Value, isRoot: true)}"),
            .. cell.Masks.Select(m => $"{m.Value.Symbol.PadRight(width)} : {Describe(m)}"),
        ];
    }

    /// <summary>The equation of one value.</summary>
    public static string Of(Equation equation) => $"{equation.Names[equation.Value]} = {new Equations(part => equation.Names[part]).Write(equation.Value, isRoot: true)}";

    /// <summary>What a step adds to a gradient of weights.</summary>
    public static string Of(GradientTerm term)
    {
        string sum = term.Sum is Leaf leaf ? leaf.Symbol : term.SumName ?? "";
        return $"d{term.Symbol}{(sum.Length == 0 ? "" : term.SourceName.Length == 0 ? $" += {sum}" : $" += {sum}·{term.SourceName}ᵀ")}";
    }

    private static string Describe(CellMask mask) =>
        $"in training 0 with probability {Number(mask.Rate)}, else {Number(mask.Kept)}{(mask.EveryStep ? "" : ", the same in all steps")}; otherwise {Number(mask.Mean)}";

    private string Write(Expression expression, bool isRoot = false)
    {
        if (!isRoot && _nameOf(expression) is string name)
        {
            return name;
        }

        return expression switch
        {
            Leaf leaf => leaf.Symbol,
            ParameterVector vector => vector.Symbol,
            Constant constant => Number(constant.Value),
            Projection projection => Product(projection),
            Accumulator sum => string.Join(" + ", sum.Biases.Select(b => b.Symbol).Concat(sum.Projections.Select(Product))),
            Binary { Operator: BinaryOperator.Add, Right: Binary { Operator: BinaryOperator.Subtract, Left: Constant { Value: 0 } } negation } difference
                when _nameOf(negation) is null => $"{Write(difference.Left)} {negation.Operation.Symbol} {Term(negation.Right)}",
            Binary { Operator: BinaryOperator.Add } sum => $"{Write(sum.Left)} {sum.Operation.Symbol} {Write(sum.Right)}",
            Binary { Operator: BinaryOperator.Subtract, Left: Constant { Value: 0 } } negation => $"{negation.Operation.Symbol}{Factor(negation.Right)}",
            Binary { Operator: BinaryOperator.Subtract } difference => $"{Write(difference.Left)} {difference.Operation.Symbol} {Term(difference.Right)}",
            Binary product => $"{Term(product.Left)} {product.Operation.Symbol} {Term(product.Right)}",
            Apply apply => $"{apply.Function.Symbol}({string.Join(", ", apply.Function.Arguments.Select(Number).Prepend(Write(apply.Operand)))})",
            Mean mean => $"mean({Write(mean.Operand)})",
            _ => Write(expression.Operands[0]),
        };
    }

    private string Product(Projection projection) => $"{projection.Matrix.Symbol}{(projection.Matrix.IsTransposed ? "ᵀ" : "")}·{Factor(projection.Source)}";

    // Products need no parentheses in products or sums.
    private string Term(Expression expression) => expression is Binary { Operator: BinaryOperator.Multiply } ? Write(expression) : Factor(expression);

    private static string Number(double value) => ((float)value).ToString("R", CultureInfo.InvariantCulture);

    private string Factor(Expression expression) => _nameOf(expression) is null && expression is (Binary or Accumulator) ? $"({Write(expression)})" : Write(expression);
}
