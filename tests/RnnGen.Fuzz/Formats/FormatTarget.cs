namespace RnnGen.Fuzz;

/// <summary>A format of files, and what reads it.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Files">Sound files of it.</param>
/// <param name="Read">Reads a file. Returns the memory that its tensors take as floats, in bytes.</param>
internal sealed record FormatTarget(string Name, IReadOnlyList<SoundFile> Files, Func<byte[], long> Read)
{
    /// <summary>The memory that reading may take, in bytes, besides the file and its tensors.</summary>
    public long Allowance { get; init; } = 16 << 20;

    /// <summary>Whether an exception is a documented one.</summary>
    public Func<Exception, bool> IsRefusal { get; init; } = e => e is CheckpointException;
}
