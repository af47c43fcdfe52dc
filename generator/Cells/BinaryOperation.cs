namespace RnnGen.Generator.Cells;

/// <summary>The element-wise operations on two values, one row per operator; everything else about an operator is derived from its row.</summary>
/// <param name="symbol">Its symbol in equations.</param>
/// <param name="text">Its operator in C#.</param>
/// <param name="evaluate">Its definition.</param>
/// <param name="left">The gradient of its left operand, from the operation and the gradient of its result.</param>
/// <param name="right">The gradient of its right operand.</param>
internal sealed class BinaryOperation(
    string symbol,
    char text,
    Func<double, double, double> evaluate,
    Func<Binary, Expression, Expression> left,
    Func<Binary, Expression, Expression> right)
{
    private static readonly BinaryOperation Add = new("+", '+', (x, y) => x + y, (_, d) => d, (_, d) => d);

    private static readonly BinaryOperation Subtract = new("−", '-', (x, y) => x - y, (_, d) => d, (_, d) => 0 - d);

    private static readonly BinaryOperation Multiply = new("∘", '*', (x, y) => x * y, (product, d) => d * product.Right, (product, d) => d * product.Left);

    public string Symbol { get; } = symbol;

    public char Text { get; } = text;

    public Func<double, double, double> Evaluate { get; } = evaluate;

    public Func<Binary, Expression, Expression> LeftGradient { get; } = left;

    public Func<Binary, Expression, Expression> RightGradient { get; } = right;

    public static BinaryOperation Of(BinaryOperator @operator) => @operator switch
    {
        BinaryOperator.Add => Add,
        BinaryOperator.Subtract => Subtract,
        BinaryOperator.Multiply => Multiply,
        _ => throw new ArgumentOutOfRangeException(nameof(@operator)),
    };
}
