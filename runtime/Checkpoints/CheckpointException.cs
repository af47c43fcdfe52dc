using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>
/// A checkpoint file cannot be read or written, or its content is not what it must be. Whatever is wrong with the file, this is the
/// exception; where the file system or a stream refused, <see cref="Exception.InnerException"/> says why.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>The path where the checkpoint is in a stream.</summary>
    internal const string StreamPath = "(stream)";

    /// <summary>The path where the checkpoint is in memory.</summary>
    internal const string BytesPath = "(bytes)";

    internal CheckpointException(CheckpointReason reason, string path, FormattableString problem, Exception? inner = null)
        : this(reason, path, tensor: null, offset: null, problem, inner)
    {
    }

    internal CheckpointException(
        CheckpointReason reason, string path, string? tensor, long? offset, FormattableString problem, Exception? inner = null)
        : base(Describe(path, tensor, offset, problem), inner)
    {
        Reason = reason;
        Path = path;
        Tensor = tensor;
        Offset = offset;
    }

    /// <summary>What kind of fault it is.</summary>
    public CheckpointReason Reason { get; }

    /// <summary>The file; <c>(stream)</c> or <c>(bytes)</c> where there is none.</summary>
    public string Path { get; }

    /// <summary>
    /// The tensor at fault, or null when it is no single tensor's. It is the name as the file has it, of any length and with any characters;
    /// the message has it shortened and escaped.
    /// </summary>
    public string? Tensor { get; }

    /// <summary>Where in the file the fault was found, in bytes from its start, or null when it has no place.</summary>
    public long? Offset { get; }

    private static string Describe(string path, string? tensor, long? offset, FormattableString problem)
    {
        string where = tensor is null ? "" : $", tensor '{Printable.Name(tensor)}'";
        string place = offset is null ? "" : $", at byte {offset}";
        return $"Checkpoint '{Printable.Escape(path)}'{where}{place}: {Printable.Format(problem)}";
    }
}
