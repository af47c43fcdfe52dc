namespace RnnGen.Formats;

/// <summary>
/// What the formats share to keep to their bounds: a file takes at most its own size, its tensors as floats and 16 MB of memory, whatever it says.
/// </summary>
internal static class Limits
{
    /// <summary>How deep messages, objects and arrays may be nested: far deeper than a network, and far from the end of the stack.</summary>
    public const int Depth = 64;

    /// <summary>The most dimensions of a tensor. NumPy and PyTorch have the same limit.</summary>
    public const int Rank = 64;
}
