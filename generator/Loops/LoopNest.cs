using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>
/// A statement of a kernel, as a schedule has decided it; <see cref="Printing.Kernels.LoopPrinter"/> prints it and decides nothing. Kernels are
/// made of loops, references that move along an axis, sums in registers and products that are added to them.
/// </summary>
internal abstract record Node;

/// <summary>A loop over an axis.</summary>
/// <param name="Axis">Its variable.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Step">What an iteration takes.</param>
/// <param name="Body">An iteration.</param>
internal sealed record Loop(string Axis, Extent End, Extent Step, IEnumerable<Node> Body) : Node
{
    /// <summary>Where it starts.</summary>
    public Extent Start { get; init; } = 0;

    public Element Type { get; init; } = Element.NativeUInt;

    public IEnumerable<Node> Body { get; } = [.. Body];
}

/// <summary>Statements whose names end with them.</summary>
internal sealed record Scope(IEnumerable<Node> Body) : Node
{
    public IEnumerable<Node> Body { get; } = [.. Body];

    /// <summary>Parts one behind the other that may use the same names: each has a scope, if there are several and it declares any.</summary>
    public static IEnumerable<Node> Each(IEnumerable<IEnumerable<Node>> parts)
    {
        Node[][] all = [.. parts.Select(part => part.ToArray())];
        return all.SelectMany(part => all.Length == 1 || !part.Any(node => node is Pointer or Let)
            ? part
            : [.. part.TakeWhile(node => node is Comment), new Scope(part.SkipWhile(node => node is Comment))]);
    }
}

/// <summary>A line for readers.</summary>
internal abstract record Comment : Node;

/// <summary>In words.</summary>
internal sealed record Remark(string Text) : Comment;

/// <summary>How a value is defined.</summary>
internal sealed record Equation(Expression Value, ValueNames Names) : Comment;

/// <summary>Which gradients of weights are added up.</summary>
internal sealed record GradientSums(IReadOnlyList<GradientTerm> Terms) : Comment;

/// <summary>Asks the machine for its vectors.</summary>
internal sealed record AskWidth : Node;

/// <summary>A local reference. What lies there is what lies behind the reference of the address.</summary>
internal sealed record Pointer(Reference Reference, Address To) : Node
{
    /// <summary>Where it leads.</summary>
    public Address Start => new(Reference);
}

/// <summary>Moves a reference on.</summary>
internal sealed record Advance(Reference Reference, Extent By) : Node;

/// <summary>A name for a vector: a sum that stays in a register, or an operand that is read once and used several times.</summary>
internal sealed record Let(string Name, Value Value) : Node;

/// <summary><c>sum += scalar * vector</c>, the inner step of all contractions.</summary>
internal sealed record MultiplyAdd(string Sum, Value Scalar, Value Vector) : Node;

/// <summary>Adds four products of bytes in each lane to a sum of integers.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Numbers">Four numbers, the same in all lanes.</param>
/// <param name="Weights">Four weights of each unit.</param>
internal sealed record AddByteProducts(string Sum, Value Numbers, Value Weights) : Node;

/// <summary>Adds eight products of bytes and nibbles in each lane to two sums of integers that share it.</summary>
/// <param name="Sums">The sums.</param>
/// <param name="First">Four numbers, the same in all lanes.</param>
/// <param name="Second">Four more.</param>
/// <param name="Weights">Eight weights of each unit.</param>
internal sealed record AddNibbleProducts(string Sums, Value First, Value Second, Value Weights) : Node;

/// <summary>Adds both sums of each lane to a sum of integers, each times its factor.</summary>
/// <param name="Sum">The sum.</param>
/// <param name="Halves">The sums.</param>
/// <param name="Factors">The factors.</param>
internal sealed record AddScaledHalves(string Sum, Value Halves, Value Factors) : Node;

/// <summary>Adds a vector to a sum.</summary>
internal sealed record AddTo(string Sum, Value Value) : Node;

/// <summary>Replaces a sum.</summary>
internal sealed record Assign(string Sum, Value Value) : Node;

internal sealed record Store(Address To, Value Value) : Node
{
    /// <summary>Adds a vector to what lies there.</summary>
    public static Store Add(Address to, Value value) => new(to, new Operation('+', new Load(to), value));
}

/// <summary>The mean of some floats.</summary>
internal sealed record StoreMean(Address To, Address From, int Count) : Node;

/// <summary>Writes floats as bytes, four in a float, behind their scale.</summary>
internal sealed record StoreBytes(Address To, Address From, int Count) : Node
{
    /// <summary>Whether they are in blocks, for weights of four bits.</summary>
    public bool InBlocks { get; init; }
}

/// <summary>A vector.</summary>
internal abstract record Value
{
    public static readonly Value Zero = new Number(0);

    /// <summary>The sum of some vectors; zero without any.</summary>
    public static Value Sum(IEnumerable<Value> values) => values.DefaultIfEmpty(Zero).Aggregate((left, right) => new Operation('+', left, right));
}

/// <summary>One that has a name.</summary>
internal sealed record Named(string Name) : Value;

/// <summary>A vector in memory.</summary>
internal sealed record Load(Address From) : Value;

/// <summary>One float of memory in all lanes.</summary>
internal sealed record Broadcast(Address From) : Value;

/// <summary>A constant in all lanes.</summary>
internal sealed record Number(double Value) : Value;

/// <summary>A vector in the lanes of the first units, and zeros behind.</summary>
internal sealed record FirstUnits(Value Value, Address Unit, int Units) : Value;

/// <summary>A function of a vector.</summary>
/// <param name="Function">The function.</param>
/// <param name="Precise">Whether it is computed to a few units in the last place.</param>
/// <param name="Operand">The vector.</param>
internal sealed record Call(ElementFunction Function, bool Precise, Value Operand) : Value;

/// <summary><c>+</c>, <c>-</c> or <c>*</c>, in the order in which it is computed.</summary>
internal sealed record Operation(char Operator, Value Left, Value Right) : Value;

internal sealed record Negate(Value Operand) : Value;

/// <summary>One of the two rows of weights that share the lanes of a vector, as floats.</summary>
internal sealed record HalfOf(Value Pair, bool IsSecond) : Value;

/// <summary>A vector as the integers that its bits are.</summary>
internal sealed record Integers(Value Bits) : Value;

/// <summary>A vector as the pairs of integers that its bits are.</summary>
internal sealed record Halves(Value Bits) : Value;

/// <summary>Integers as floats.</summary>
internal sealed record Floats(Value Integers) : Value;
