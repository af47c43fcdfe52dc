namespace RnnGen.Formats;

/// <summary>A file that is being read: its bytes, what is said when they are wrong, and how much may be kept besides them.</summary>
/// <param name="path">Where the file is, for messages.</param>
/// <param name="bytes">Its content.</param>
internal sealed class SourceFile(string path, ReadOnlyMemory<byte> bytes)
{
    // Two bytes of a file can stand for an object of a hundred. 12 MB are tens of thousands of nodes, tensors and texts.
    private const long Allowance = 12 << 20;

    private long _left = Allowance;

    /// <summary>Where the file is, for messages.</summary>
    public string Path { get; } = path;

    /// <summary>Its content.</summary>
    public ReadOnlyMemory<byte> Bytes { get; } = bytes;

    /// <summary>Accounts for memory besides the file and one float for every element in it: names, nodes, texts, repeated values.</summary>
    /// <param name="bytes">How much, roughly.</param>
    /// <param name="offset">What asks for it.</param>
    /// <exception cref="CheckpointException">It is more than any network needs.</exception>
    public void Keep(long bytes, long? offset)
    {
        _left -= bytes;
        if (_left < 0 || bytes < 0)
        {
            throw Broken(offset, $"expected nodes, names, texts and repeated values that take at most {Allowance} bytes of memory, found more. Leave out what is no weight of the network.");
        }
    }

    /// <summary>Accounts for a tensor without its elements.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="rank">The number of its dimensions.</param>
    /// <param name="offset">Where it is.</param>
    public void KeepTensor(string name, int rank, long? offset) => Keep(250 + (2L * name.Length) + (8L * rank), offset);

    /// <summary>The complaint about a place of the file.</summary>
    /// <param name="offset">The place, in bytes from the start of the file.</param>
    /// <param name="problem">What was expected and what was found.</param>
    /// <param name="tensor">The tensor at fault.</param>
    /// <param name="inner">What was thrown.</param>
    public CheckpointException Broken(long? offset, FormattableString problem, string? tensor = null, Exception? inner = null) =>
        new(CheckpointReason.Container, Path, tensor, offset, problem, inner);
}
