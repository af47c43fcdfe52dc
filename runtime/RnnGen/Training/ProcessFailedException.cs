namespace RnnGen;

/// <summary>Something failed in another process of an <see cref="IProcessGroup"/>, so this process does not go on, either. The exception there says why.</summary>
public sealed class ProcessFailedException : Exception
{
    internal ProcessFailedException(int rank, int size)
        : base($"Process {rank} (of 0 to {size - 1}) failed, and its exception says why. This process has stopped at the same place.")
    {
        Rank = rank;
    }

    /// <summary>The process that failed, the first one if there are several.</summary>
    public int Rank { get; }
}
