namespace RnnGen.Generator.Cells;

/// <summary>
/// A value inside one time step: a vector of <see cref="Size"/> numbers. Expressions are made by an
/// <see cref="ExpressionGraph"/>, which returns the same object for the same computation, so reference equality is equality.
/// </summary>
internal abstract class Expression(ExpressionGraph graph, int size)
{
    public ExpressionGraph Graph { get; } = graph;

    public int Size { get; } = size;

    /// <summary>Counts the expressions of a graph in the order in which they were made.</summary>
    public int Order { get; } = graph.CountExpression();

    /// <summary>What the value is computed from.</summary>
    public virtual IReadOnlyList<Expression> Operands => [];

    /// <summary>All values that results are computed from, and the results: each once, behind its operands.</summary>
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

    public static Expression operator -(double left, Expression right) => right.Graph.Constant(left) - right;

    public static Expression operator *(Expression left, double right) => left * left.Graph.Constant(right);
}

internal enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
}

/// <summary>Where a value that is not computed comes from.</summary>
internal enum LeafKind
{
    /// <summary>What flows into the step: x going forward, dy going backward.</summary>
    Input,

    /// <summary>A state before the step; going backward, the gradient that arrives from the step after.</summary>
    State,

    /// <summary>Random numbers of a recorded window, going forward and backward the same.</summary>
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
/// <param name="origin">Going backward, the expression of the forward step whose value this is.</param>
internal sealed class Leaf(ExpressionGraph graph, LeafKind kind, string symbol, int size, Expression? origin) : Expression(graph, size)
{
    public LeafKind Kind { get; } = kind;

    public string Symbol { get; } = symbol;

    public Expression? Origin { get; } = origin;
}

/// <summary>A vector of trained numbers: some rows of a tensor with one column.</summary>
internal sealed class ParameterVector(ExpressionGraph graph, Tensor tensor, int firstRow, int size, string symbol) : Expression(graph, size)
{
    public Tensor Tensor { get; } = tensor;

    public int FirstRow { get; } = firstRow;

    public string Symbol { get; } = symbol;
}

/// <summary>One number; it counts as a vector of any size.</summary>
internal sealed class Constant(ExpressionGraph graph, double value) : Expression(graph, 1)
{
    public double Value { get; } = value;
}

/// <summary>An element-wise operation. An operand of size 1 goes with every element of the other one.</summary>
internal sealed class Binary(ExpressionGraph graph, BinaryOperator @operator, Expression left, Expression right)
    : Expression(graph, Math.Max(left.Size, right.Size))
{
    public BinaryOperator Operator { get; } = @operator;

    /// <summary>What there is to know about the operator.</summary>
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

/// <summary>The mean of all elements, one number. It has to wait for all of them, which no element-wise operation does.</summary>
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
/// A sum of projections and biases, computed in one go: <see cref="Fusion"/> makes it, and it is what a kernel keeps in
/// registers while it goes over the weights.
/// </summary>
internal sealed class Accumulator(ExpressionGraph graph, IReadOnlyList<Projection> projections, IReadOnlyList<ParameterVector> biases)
    : Expression(graph, projections[0].Size)
{
    public IReadOnlyList<Projection> Projections { get; } = projections;

    public IReadOnlyList<ParameterVector> Biases { get; } = biases;

    public override IReadOnlyList<Expression> Operands { get; } = [.. projections.Select(p => p.Source)];
}
