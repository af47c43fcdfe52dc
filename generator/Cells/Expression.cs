namespace RnnGen.Generator.Cells;

/// <summary>
/// A value in one time step: a vector of <see cref="Size"/> numbers. Expressions are created by an
/// <see cref="ExpressionGraph"/>, which returns the same object for the same computation, so reference equality is equality.
/// </summary>
internal abstract class Expression(ExpressionGraph graph, int size)
{
    public ExpressionGraph Graph { get; } = graph;

    public int Size { get; } = size;

    /// <summary>The number of the expression in its graph, in the order of creation.</summary>
    public int Order { get; } = graph.CountExpression();

    /// <summary>The values that it is computed from.</summary>
    public virtual IReadOnlyList<Expression> Operands => [];

    /// <summary>The results and all values that they are computed from: each once, after its operands.</summary>
    public static List<Expression> InOrder(IEnumerable<Expression> results)
    {
        var order = new List<Expression>();
        var seen = new HashSet<Expression>();
        foreach (Expression result in results)
        {
            Visit(result);
        }

        return order;

        void Visit(Expression expression)
        {
            if (seen.Add(expression))
            {
                foreach (Expression operand in expression.Operands)
                {
                    Visit(operand);
                }

                order.Add(expression);
            }
        }
    }

    public static Expression operator +(Expression left, Expression right) => left.Graph.Binary(BinaryOperator.Add, left, right);

    public static Expression operator -(Expression left, Expression right) => left.Graph.Binary(BinaryOperator.Subtract, left, right);

    public static Expression operator *(Expression left, Expression right) => left.Graph.Binary(BinaryOperator.Multiply, left, right);

    public static Expression operator +(Expression left, double right) => left + left.Graph.Constant(right);

    public static Expression operator -(Expression left, double right) => left + -right;

    public static Expression operator -(double left, Expression right) => right.Graph.Constant(left) - right;

    public static Expression operator *(Expression left, double right) => left * left.Graph.Constant(right);
}

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
}

/// <summary>The origin of a value that is not computed.</summary>
internal enum LeafKind
{
    /// <summary>The input of the step: x in the forward step, dy in the backward step.</summary>
    Input,

    /// <summary>A state before the step; in the backward step, its gradient from the following step.</summary>
    State,

    /// <summary>A mask of a recorded window, the same in both directions.</summary>
    Mask,

    /// <summary>Backward: a value that the forward step saved.</summary>
    Saved,

    /// <summary>Backward: the input of the forward step.</summary>
    TapeInput,

    /// <summary>Backward: a state before the forward step.</summary>
    StateBefore,

    /// <summary>Backward: a state after the forward step.</summary>
    StateAfter,
}

/// <summary>A value that is read, not computed.</summary>
/// <param name="origin">In the backward step, the expression of the forward step whose value this is.</param>
internal sealed class Leaf(ExpressionGraph graph, LeafKind kind, string symbol, int size, Expression? origin) : Expression(graph, size)
{
    public LeafKind Kind { get; } = kind;

    public string Symbol { get; } = symbol;

    public Expression? Origin { get; } = origin;
}

/// <summary>A vector of trained weights: some rows of a tensor with one column.</summary>
internal sealed class ParameterVector(ExpressionGraph graph, Tensor tensor, int firstRow, int size, string symbol) : Expression(graph, size)
{
    public Tensor Tensor { get; } = tensor;

    public int FirstRow { get; } = firstRow;

    public string Symbol { get; } = symbol;
}

/// <summary>One number, as a vector of any size.</summary>
internal sealed class Constant(ExpressionGraph graph, double value) : Expression(graph, 1)
{
    public double Value { get; } = value;
}

/// <summary>An element-wise operation. An operand of size 1 is broadcast.</summary>
internal sealed class Binary(ExpressionGraph graph, BinaryOperator @operator, Expression left, Expression right)
    : Expression(graph, Math.Max(left.Size, right.Size))
{
    public BinaryOperator Operator { get; } = @operator;

    /// <summary>The properties of the operator.</summary>
    public BinaryOperation Operation => BinaryOperation.Of(Operator);

    public Expression Left { get; } = left;

    public Expression Right { get; } = right;

    public override IReadOnlyList<Expression> Operands { get; } = [left, right];
}

/// <summary>An element-wise function.</summary>
internal sealed class Apply(ExpressionGraph graph, ElementFunction function, Expression operand) : Expression(graph, operand.Size)
{
    public ElementFunction Function { get; } = function;

    public Expression Operand { get; } = operand;

    public override IReadOnlyList<Expression> Operands { get; } = [operand];
}

/// <summary>A matrix times a vector.</summary>
internal sealed class Projection(ExpressionGraph graph, Matrix matrix, Expression source) : Expression(graph, matrix.Rows)
{
    public Matrix Matrix { get; } = matrix;

    public Expression Source { get; } = source;

    public override IReadOnlyList<Expression> Operands { get; } = [source];
}

/// <summary>The mean of all elements, one number. Unlike element-wise operations, it has to wait for all of them.</summary>
internal sealed class Mean(ExpressionGraph graph, Expression operand) : Expression(graph, 1)
{
    public Expression Operand { get; } = operand;

    public override IReadOnlyList<Expression> Operands { get; } = [operand];
}

/// <summary>One number, repeated, or a copy of a vector: see <see cref="ExpressionGraph.Own"/>.</summary>
internal sealed class Broadcast(ExpressionGraph graph, Expression operand, int size) : Expression(graph, size)
{
    public Expression Operand { get; } = operand;

    public override IReadOnlyList<Expression> Operands { get; } = [operand];
}

/// <summary>
/// A sum of projections and biases that is computed at once, created by <see cref="Fusion"/>. A kernel keeps it in
/// registers while it reads the weights.
/// </summary>
internal sealed class Accumulator(ExpressionGraph graph, IReadOnlyList<Projection> projections, IReadOnlyList<ParameterVector> biases)
    : Expression(graph, projections[0].Size)
{
    public IReadOnlyList<Projection> Projections { get; } = projections;

    public IReadOnlyList<ParameterVector> Biases { get; } = biases;

    public override IReadOnlyList<Expression> Operands { get; } = [.. projections.Select(p => p.Source)];
}
