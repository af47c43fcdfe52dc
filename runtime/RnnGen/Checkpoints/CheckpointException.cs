using RnnGen.Checkpoints;

namespace RnnGen;

/// <summary>
/// A checkpoint cannot be read or written, or its content is wrong. Whatever is wrong with a file, this is the
/// exception. If the file system or a stream refused, <see cref="Exception.InnerException"/> says why.
/// </summary>
public sealed class CheckpointException : Exception
{
    /// <summary>The path of a checkpoint in a stream.</summary>
    internal const string StreamPath = "(stream)";

    /// <summary>The path of a checkpoint in memory.</summary>
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

    /// <summary>Everything that is wrong with a file, each problem on a line of its own if there are several.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The name of the model.</param>
    /// <param name="problems">At least one. The properties are those of the first one.</param>
    /// <param name="advice">What would help.</param>
    internal CheckpointException(string path, string model, IReadOnlyList<LoadProblem> problems, FormattableString? advice)
        : base(Describe(path, model, problems) + (advice is null ? "" : (problems.Count == 1 ? " " : "\n  ") + Printable.Format(advice)))
    {
        Reason = problems[0].Reason;
        Path = path;
        Tensor = problems[0].Tensor;
        Offset = problems[0].Offset;
    }

    /// <summary>The kind of error; that of the first one if there are several.</summary>
    public CheckpointReason Reason { get; }

    /// <summary>The file; <c>(stream)</c> or <c>(bytes)</c> if there is none.</summary>
    public string Path { get; }

    /// <summary>
    /// The tensor with the error, the first one if there are several; null if it does not concern a single tensor. This is the name as in the file, of any length and with any characters;
    /// in the message, it is shortened and escaped.
    /// </summary>
    public string? Tensor { get; }

    /// <summary>The position of the error, in bytes from the start of the file; null if it has none.</summary>
    public long? Offset { get; }

    private static string Describe(string path, string? tensor, long? offset, FormattableString problem)
    {
        string where = tensor is null ? "" : $", tensor '{Printable.Name(tensor)}'";
        string place = offset is null ? "" : $", at byte {offset}";
        return $"Checkpoint '{Printable.Escape(path)}'{where}{place}: {Printable.Format(problem)}";
    }

    private static string Describe(string path, string model, IReadOnlyList<LoadProblem> problems)
    {
        if (problems is [LoadProblem one])
        {
            return Describe(path, one.Tensor, one.Offset, one.Text);
        }

        IEnumerable<string> lines = problems.Select(problem =>
            $"\n  {(problem.Tensor is null ? "" : $"tensor '{Printable.Name(problem.Tensor)}': ")}{Printable.Format(problem.Text)}");
        return $"Checkpoint '{Printable.Escape(path)}' does not fit model '{model}' for {problems.Count} reasons:{string.Concat(lines)}";
    }
}
