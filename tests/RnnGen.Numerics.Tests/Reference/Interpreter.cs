using RnnGen.Generator.Cells;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>
/// Computes the expressions of one step in double precision: the reference for every kernel.
/// </summary>
/// <param name="leaves">Values of the leaves.</param>
/// <param name="weights">Tensors of the cell, by name, as checkpoints store them.</param>
/// <param name="given">Values that are there already and are not computed; null for one that is.</param>
internal sealed class Interpreter(Func<Leaf, double[]> leaves, IReadOnlyDictionary<string, double[]> weights, Func<Expression, double[]?>? given = null)
{
    private readonly Dictionary<Expression, double[]> _values = [];

    public double[] Evaluate(Expression expression)
    {
        if (!_values.TryGetValue(expression, out double[]? value))
        {
            value = given?.Invoke(expression) ?? Compute(expression);
            _values.Add(expression, value);
        }

        return value;
    }

    private double[] Compute(Expression expression) => expression switch
    {
        Leaf leaf => leaves(leaf),
        ParameterVector vector => weights[vector.Tensor.Name].AsSpan(vector.FirstRow, vector.Size).ToArray(),
        Constant constant => [constant.Value],
        Binary binary => Element(binary),
        Apply apply => [.. Evaluate(apply.Operand).Select(apply.Function.Evaluate)],
        Projection projection => Product(projection.Matrix, Evaluate(projection.Source)),
        Mean mean => [Evaluate(mean.Operand).Average()],
        Broadcast { Operand.Size: 1 } broadcast => [.. Enumerable.Repeat(Evaluate(broadcast.Operand)[0], broadcast.Size)],
        Broadcast copy => Evaluate(copy.Operand),
        Accumulator accumulator => accumulator.Projections.Cast<Expression>().Concat(accumulator.Biases).Select(Evaluate)
            .Aggregate((left, right) => [.. left.Zip(right, (a, b) => a + b)]),
        _ => throw new InvalidOperationException(expression.GetType().Name),
    };

    private double[] Element(Binary binary)
    {
        double[] left = Evaluate(binary.Left);
        double[] right = Evaluate(binary.Right);
        var result = new double[binary.Size];
        for (int k = 0; k < result.Length; k++)
        {
            double a = left[left.Length == 1 ? 0 : k];
            double b = right[right.Length == 1 ? 0 : k];
            result[k] = binary.Operation.Evaluate(a, b);
        }

        return result;
    }

    /// <summary>A matrix of the cell times a vector.</summary>
    public double[] Product(Matrix matrix, double[] source)
    {
        double[] tensor = weights[matrix.Tensor.Name];
        var result = new double[matrix.Rows];
        for (int row = 0; row < matrix.Rows; row++)
        {
            for (int column = 0; column < matrix.Columns; column++)
            {
                (int unit, int input) = matrix.IsTransposed ? (column, row) : (row, column);
                int index = matrix.Tensor.IsTransposed
                    ? (input * matrix.Tensor.Rows) + matrix.FirstRow + unit
                    : ((matrix.FirstRow + unit) * matrix.Tensor.Columns) + input;
                result[row] += tensor[index] * source[column];
            }
        }

        return result;
    }
}
