using RnnGen.Checkpoints;
using RnnGen.Formats.Onnx;

namespace RnnGen.Tool.Import;

/// <summary>A node whose inputs are known, and its helpers.</summary>
/// <param name="context">What nodes share.</param>
/// <param name="node">The node.</param>
/// <param name="index">Its number in the graph.</param>
/// <param name="version">The version of the operators.</param>
/// <param name="inputs">The inputs; null where one is left out.</param>
internal sealed class NodeCall(ImportContext context, OnnxNode node, int index, long version, Value?[] inputs) : Call(context, Describe(node, index))
{
    /// <summary>The node.</summary>
    public OnnxNode Node { get; } = node;

    /// <summary>The version of the operators.</summary>
    public long Version { get; } = version;

    /// <summary>The number of inputs.</summary>
    public int InputCount => inputs.Length;

    /// <summary>A node as messages call it, with its position.</summary>
    public static string Describe(OnnxNode node, int index) => $"Node {index}, {Printable.Name(node.Description)}";

    /// <summary>An input that must be there.</summary>
    public Value Input(int k) => Optional(k) ?? throw Refuse($"expected input {k}, found none.");

    /// <summary>An input, or null.</summary>
    public Value? Optional(int k) => k < inputs.Length ? inputs[k] : null;

    /// <summary>An input that the file must have, or compute from what it has.</summary>
    public ConstantValue Constant(int k) => Input(k) as ConstantValue ?? throw Refuse($"expected input {k} as numbers in the file, found one that depends on inputs of the graph.");

    /// <summary>An input of numbers, or null where there is none.</summary>
    public ConstantValue? OptionalConstant(int k) => Optional(k) is null ? null : Constant(k);

    /// <summary>The one number of an input.</summary>
    public double Number(int k) => Constant(k) is { Count: 1 } value ? value.Numbers[0] : throw Refuse($"expected one number as input {k}, found {Input(k).Count}.");

    /// <summary>Whole numbers of an attribute of early versions, or of an input of later ones; null if there are none.</summary>
    public long[]? Longs(string attribute, int k) => Node.Ints(attribute) is { } numbers ? [.. numbers] : OptionalConstant(k) is { } value ? Longs(value) : null;

    /// <summary>Numbers as sizes and places.</summary>
    public static long[] Longs(ConstantValue value) =>
        [.. value.Numbers.Select(n => double.IsNaN(n) ? 0 : n >= long.MaxValue ? long.MaxValue : n <= long.MinValue ? long.MinValue : (long)n)];

    /// <summary>An axis, which may be counted from the end.</summary>
    public int Axis(long axis, int rank) => axis >= -rank && axis < rank
        ? (int)(axis < 0 ? axis + rank : axis)
        : throw Refuse($"expected an axis of {rank} dimensions, found {axis}.");
}
