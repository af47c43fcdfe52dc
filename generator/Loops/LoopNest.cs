using RnnGen.Generator.Cells;

namespace RnnGen.Generator.Loops;

/// <summary>
/// A statement of a kernel, as a schedule has decided it; <see cref="Printing.Kernels.LoopPrinter"/> prints it and decides nothing. Kernels are made of
/// loops, references that move along an axis, sums in registers and products that are added to them.
/// </summary>
internal abstract record Node;

/// <summary>A loop over an axis from 0.</summary>
/// <param name="Axis">Its variable.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Step">What a turn takes.</param>
/// <param name="Body">A turn.</param>
internal sealed record Loop(string Axis, Extent End, Extent Step, IEnumerable<Node> Body) : Node
{
    public Element Type { get; init; } = Element.NativeUInt;

    public IEnumerable<Node> Body { get; } = [.. Body];
}

/// <summary>Statements whose names end with them.</summary>
internal sealed record Scope(IEnumerable<Node> Body) : Node
{
    public IEnumerable<Node> Body { get; } = [.. Body];
}

/// <summary>A line for readers; empty for a blank one.</summary>
internal sealed record Comment(string Text) : Node;

/// <summary>Asks the machine for its vectors.</summary>
internal sealed record AskWidth : Node;

/// <summary>A name for an address. What lies there is what lies behind the reference of the address.</summary>
internal sealed record Pointer(string Name, Address To) : Node;

/// <summary>Moves a reference on.</summary>
internal sealed record Advance(string Pointer, Extent By) : Node;

/// <summary>A distance that moves along an axis.</summary>
internal sealed record Position(string Name, Term Start) : Node;

/// <summary>Moves such a distance on.</summary>
internal sealed record Increase(string Position, int By) : Node;

/// <summary>A name for a vector: a sum that stays in a register, or an operand that is read once and used several times.</summary>
internal sealed record Let(string Name, Value Value) : Node
{
    /// <summary>Others that are declared beside it.</summary>
    public IReadOnlyList<Let> Beside { get; init; } = [];
}

/// <summary><c>sum += scalar * vector</c>, the inner step of all contractions.</summary>
internal sealed record MultiplyAdd(string Sum, Value Scalar, Value Vector) : Node;

/// <summary>Adds a vector to a sum.</summary>
internal sealed record AddTo(string Sum, Value Value) : Node;

/// <summary>Replaces a sum.</summary>
internal sealed record Assign(string Sum, Value Value) : Node;

internal sealed record Store(Address To, Value Value) : Node;

/// <summary>The mean of some floats.</summary>
internal sealed record StoreMean(Address To, Address From, int Count) : Node;

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

internal sealed record Operation(char Operator, Value Left, Value Right) : Value;

internal sealed record Negate(Value Operand) : Value;

/// <summary>What is computed on its own.</summary>
internal sealed record Group(Value Value) : Value;
