namespace RnnGen.Generator.Cells;

/// <summary>Creates expressions. Equal computations are the same object, so common subexpressions need no search.</summary>
internal sealed class ExpressionGraph
{
    private readonly Dictionary<object, Expression> _known = [];
    private int _expressions;

    public int CountExpression() => _expressions++;

    public Leaf Leaf(LeafKind kind, string symbol, int size, Expression? origin = null) =>
        Intern((kind, symbol, size, origin), () => new Leaf(this, kind, symbol, size, origin));

    public ParameterVector Parameter(Tensor tensor, int firstRow, int size, string symbol) =>
        Intern((tensor.Name, firstRow, size), () => new ParameterVector(this, tensor, firstRow, size, symbol));

    public Constant Constant(double value) => Intern(value, () => new Constant(this, value));

    public Expression Binary(BinaryOperator @operator, Expression left, Expression right)
    {
        if (left.Size != right.Size && left.Size != 1 && right.Size != 1)
        {
            throw new ArgumentException($"An element-wise operation needs equal sizes, not {left.Size} and {right.Size}.");
        }

        if (left is Constant first && right is Constant second)
        {
            return Constant(BinaryOperation.Of(@operator).Evaluate(first.Value, second.Value));
        }

        bool leftIsZero = left is Constant { Value: 0 };
        bool rightIsZero = right is Constant { Value: 0 };
        return @operator switch
        {
            BinaryOperator.Add when leftIsZero => right,
            BinaryOperator.Add or BinaryOperator.Subtract when rightIsZero => left,
            BinaryOperator.Multiply when left is Constant { Value: 1 } => right,
            BinaryOperator.Multiply when right is Constant { Value: 1 } => left,
            _ => Intern((@operator, left, right), () => new Binary(this, @operator, left, right)),
        };
    }

    public Expression Apply(ElementFunction function, Expression operand) =>
        Intern((function, operand), () => new Apply(this, function, operand));

    public Expression Project(Matrix matrix, Expression source)
    {
        if (matrix.Columns != source.Size)
        {
            throw new ArgumentException($"{matrix.Symbol} takes {matrix.Columns} numbers, not {source.Size}.");
        }

        return Intern((matrix, source), () => new Projection(this, matrix, source));
    }

    public Expression Mean(Expression operand) => Intern(("mean", operand), () => new Mean(this, operand));

    /// <summary>The sum of all elements.</summary>
    public Expression Sum(Expression operand) => operand.Size == 1 ? operand : Mean(operand) * operand.Size;

    public Expression Broadcast(Expression operand, int size) =>
        operand.Size == size ? operand : Intern(("broadcast", operand, size), () => new Broadcast(this, operand, size));

    /// <summary>A value that is computed and stored, even if it is only a copy: a result of a step must not be one of its inputs or a constant.</summary>
    public Expression Own(Expression value, int size) =>
        value.Operands.Count == 0 || value.Size != size
            ? Intern(("broadcast", value, size), () => new Broadcast(this, value, size))
            : value;

    public Expression Accumulate(IReadOnlyList<Projection> projections, IReadOnlyList<ParameterVector> biases) =>
        new Accumulator(this, projections, biases);

    private T Intern<T>(object key, Func<T> create)
        where T : Expression
    {
        if (_known.TryGetValue(key, out Expression? known))
        {
            return (T)known;
        }

        T created = create();
        _known.Add(key, created);
        return created;
    }
}
