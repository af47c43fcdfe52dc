namespace RnnGen.Formats;

/// <summary>
/// Memory that the objects of a file may take besides its tensors. A byte of a file can ask for an object of a hundred, so what is made is counted.
/// </summary>
internal sealed class MemoryBudget
{
    private readonly string _path;
    private readonly long _bytes;
    private readonly FormattableString _advice;
    private long _left;

    /// <summary>Makes a budget.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">Its size.</param>
    /// <param name="advice">What to do where it is not enough: a sentence.</param>
    public MemoryBudget(string path, long bytes, FormattableString advice)
    {
        _path = path;
        _bytes = bytes;
        _advice = advice;
        _left = bytes;
    }

    /// <summary>Takes from the budget.</summary>
    /// <param name="bytes">About what the next objects will need.</param>
    /// <exception cref="CheckpointException">That much is not left.</exception>
    public void Take(long bytes)
    {
        if (bytes > _left)
        {
            throw new CheckpointException(
                CheckpointReason.Container, _path, $"expected objects that fit into {_bytes} bytes of memory, besides the tensors, found more. {_advice}");
        }

        _left -= bytes;
    }
}
