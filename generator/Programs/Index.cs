namespace RnnGen.Generator.Programs;

/// <summary>
/// A whole number of a program. Constants are folded as it is made, so that what is written for the lanes of a batch reads like a single window
/// where there is one lane.
/// </summary>
internal abstract record Index
{
    public static implicit operator Index(int value) => new Number(value);

    public static implicit operator Index(string name) => new Variable(name);

    public static Index operator +(Index left, Index right)
    {
        if (left is Operation { Operator: '*', Left: var subtracted, Right: Number { Value: -1 } })
        {
            return right - subtracted;
        }

        (Index? x, int a) = left.Parts();
        (Index? y, int b) = right.Parts();
        Index? terms = x is null ? y : y is null ? x : new Operation('+', x, y);
        return Sum(terms, a + b, constantFirst: left is Number or Operation { Left: Number });
    }

    public static Index operator -(Index left, Index right)
    {
        (Index? x, int a) = left.Parts();
        (Index? y, int b) = right.Parts();
        return y is null ? left + -b
            : x is null ? new Operation('-', a - b, y)
            : Sum(new Operation('-', x, y), a - b, constantFirst: false);
    }

    public static Index operator *(Index left, Index right) => (left, right) switch
    {
        (Number x, Number y) => checked(x.Value * y.Value),
        (Number, _) => right * left,
        (_, Number { Value: 0 }) => 0,
        (_, Number { Value: 1 }) => left,
        // A constant goes to the others, to be folded.
        (Operation { Operator: '+', Right: Number } or Operation { Operator: '+', Left: Number }, Number y) => (left.Parts().Terms! * y) + (left.Parts().Constant * y.Value),
        _ => new Operation('*', left, right),
    };

    public static Index operator %(Index left, int right) => new Operation('%', left, right);

    public static Index operator &(Index left, int right) => new Operation('&', left, right);

    /// <summary>A method that gives a number.</summary>
    public static Index Call(string method, params Index[] arguments) => new Function(method, arguments);

    public static Index Min(Index left, Index right) => Call("global::System.Math.Min", left, right);

    /// <summary>The text of it, in parentheses where it is an operand.</summary>
    protected virtual string Operand => ToString();

    private static Index Sum(Index? terms, int constant, bool constantFirst) => terms is null ? constant
        : constant == 0 ? terms
        : constantFirst ? new Operation('+', constant, terms)
        : new Operation('+', terms, constant);

    /// <summary>A sum without its constant, and that.</summary>
    private (Index? Terms, int Constant) Parts() => this switch
    {
        Number number => (null, number.Value),
        Operation { Operator: '+', Left: Number number, Right: var rest } => (rest, number.Value),
        Operation { Operator: '+', Left: var rest, Right: Number number } => (rest, number.Value),
        _ => (this, 0),
    };

    internal sealed record Number(int Value) : Index
    {
        public override string ToString() => Literals.Integer(Value);
    }

    internal sealed record Variable(string Name) : Index
    {
        public override string ToString() => Name;
    }

    internal sealed record Operation(char Operator, Index Left, Index Right) : Index
    {
        protected override string Operand => $"({this})";

        public override string ToString() => this is { Operator: '+', Right: Number { Value: < 0 } negative }
            ? $"{Left.Operand} - {Literals.Integer(-negative.Value)}"
            : $"{Left.Operand} {Operator} {Right.Operand}";
    }

    internal sealed record Function(string Method, IReadOnlyList<Index> Arguments) : Index
    {
        public override string ToString() => $"{Method}({string.Join(", ", Arguments)})";
    }
}
