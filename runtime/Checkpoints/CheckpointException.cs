namespace RnnGen;

/// <summary>
/// A checkpoint file cannot be read or written, or its content is not what it must be. Whatever is wrong with the file, this is the
/// exception; where the file system refused, <see cref="Exception.InnerException"/> says why.
/// </summary>
public sealed class CheckpointException : Exception
{
    internal CheckpointException(string path, string problem, Exception? inner = null)
        : this(path, tensor: null, offset: null, problem, inner)
    {
    }

    internal CheckpointException(string path, string? tensor, long? offset, string problem, Exception? inner = null)
        : base(Describe(path, tensor, offset, problem), inner)
    {
        Path = path;
        Tensor = tensor;
        Offset = offset;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The tensor at fault, or null when it is no single tensor's.</summary>
    public string? Tensor { get; }

    /// <summary>Where in the file the fault was found, in bytes from its start, or null when it has no place.</summary>
    public long? Offset { get; }

    private static string Describe(string path, string? tensor, long? offset, string problem)
    {
        string where = tensor is null ? "" : $", tensor '{tensor}'";
        string place = offset is null ? "" : $", at byte {offset}";
        return $"Checkpoint '{path}'{where}{place}: {problem}";
    }
}
