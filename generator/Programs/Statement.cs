using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>
/// A statement of the loops around the kernels. <see cref="Printing.ProgramPrinter"/> prints it and decides nothing.
/// </summary>
internal abstract record Statement;

/// <summary>A comment.</summary>
internal sealed record Remark(string Text) : Statement;

/// <summary>A name for a number.</summary>
internal sealed record Local(string Name, Index Value) : Statement;

/// <summary>Moves a reference.</summary>
internal sealed record Shift(string Reference, int By) : Statement;

/// <summary>A loop that counts up while below its end or, with a negative step, down to and including its end.</summary>
/// <param name="Variable">Its variable.</param>
/// <param name="First">The first value.</param>
/// <param name="End">The bound.</param>
/// <param name="By">The step.</param>
/// <param name="Body">What is done for each value.</param>
internal sealed record For(string Variable, Index First, Index End, int By, IReadOnlyList<Statement> Body) : Statement
{
    /// <summary>The next value, where it is not a constant step away.</summary>
    public Index? Next { get; init; }

    public static For Up(string variable, Index from, Index to, params IEnumerable<Statement> body) => In(isDown: false, variable, from, to, 1, body);

    public static For Up(string variable, Index from, Index to, int by, IEnumerable<Statement> body) => In(isDown: false, variable, from, to, by, body);

    /// <summary>The values from one below another, the last one first if it goes down.</summary>
    public static For In(bool isDown, string variable, Index from, Index to, int by, IEnumerable<Statement> body) =>
        isDown ? new(variable, to - by, from, -by, [.. body]) : new(variable, from, to, by, [.. body]);
}

/// <summary>Statements that are executed only if a number is positive.</summary>
internal sealed record IfAny(Index Count, IReadOnlyList<Statement> Body) : Statement;

/// <summary>Statements that are executed only if a flag is set.</summary>
internal sealed record IfSet(Index Flag, IReadOnlyList<Statement> Body) : Statement;

/// <summary>Sets some numbers to zero.</summary>
internal sealed record Clear(Slice At) : Statement;

/// <summary>Copies numbers.</summary>
internal sealed record Copy(Slice From, Slice To) : Statement;

/// <summary>A call of a kernel.</summary>
/// <param name="Home">The layer that has it.</param>
/// <param name="Kernel">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record CallKernel(LayerPlan Home, string Kernel, IReadOnlyList<Argument> Arguments) : Statement;

/// <summary>A call of a method that does not depend on the model's sizes.</summary>
/// <param name="Receiver">The class of the runtime that has it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Arguments">Its arguments.</param>
internal sealed record CallRuntime(string Receiver, string Name, params IReadOnlyList<Argument> Arguments) : Statement;

/// <summary>A part of a block of memory, with a check of its bounds.</summary>
/// <param name="Memory">The block.</param>
/// <param name="Start">Where they start.</param>
/// <param name="Length">How many they are; null for the whole block.</param>
internal sealed record Slice(string Memory, Index Start, Index? Length) : Argument;

/// <summary>An argument of a kernel or of a method of the runtime.</summary>
internal abstract record Argument;

/// <summary>A place in a block of memory, so many elements after its start.</summary>
internal sealed record Place(string Memory, Index Offset) : Argument
{
    public Place Plus(int elements) => this with { Offset = Offset + elements };
}

/// <summary>The token there.</summary>
internal sealed record TokenAt(string Memory, Index Offset) : Argument;

/// <summary>A number, or an object by its name.</summary>
/// <param name="Value">The number.</param>
/// <param name="IsNative">Whether the kernel takes it as a native one.</param>
internal sealed record Quantity(Index Value, bool IsNative = false) : Argument;

/// <summary>A factor or a probability.</summary>
internal sealed record Factor(double Value) : Argument;

/// <summary>A method of a layer's file that calls its kernels.</summary>
/// <param name="Summary">What it does.</param>
/// <param name="Name">Its name.</param>
/// <param name="Parameters">Types and names.</param>
/// <param name="Body">Its statements.</param>
internal sealed record Method(string Summary, string Name, IReadOnlyList<string> Parameters, IReadOnlyList<Statement> Body);
