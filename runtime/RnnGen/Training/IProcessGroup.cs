namespace RnnGen;

/// <summary>
/// Processes that train one model together, as <see cref="Trainer{TInput, TTarget}.Group"/>. The package RnnGen.Mpi has them on Open MPI; another way to connect
/// processes is a class with these four members.
/// <para>
/// All processes call the same methods, in the same order and with the same <c>starts</c>; a call returns when this process has what it receives, and may use its memory again. The
/// methods only move bytes: a trainer does all arithmetic itself, in a fixed order. A method that cannot do this throws, and the training ends with its exception.
/// </para>
/// </summary>
public interface IProcessGroup
{
    /// <summary>Number of processes, at least 1.</summary>
    int Size { get; }

    /// <summary>The number of this process, 0 to <see cref="Size"/> - 1. Process 0 writes the files of all.</summary>
    int Rank { get; }

    /// <summary>Every process has a part of the values; afterwards, each has all of them.</summary>
    /// <param name="values">The values; the part of this process is filled in, the others are received.</param>
    /// <param name="starts">Where the part of each process begins, [<see cref="Size"/> + 1]: it ends where the next one begins. A part may be empty.</param>
    void AllGather(Span<byte> values, ReadOnlySpan<int> starts);

    /// <summary>Every process sends a part of its values to each process, itself included.</summary>
    /// <param name="sent">The values of this process.</param>
    /// <param name="sentStarts">Where the part for each process begins, [<see cref="Size"/> + 1], as in <see cref="AllGather"/>.</param>
    /// <param name="received">Receives the parts for this process.</param>
    /// <param name="receivedStarts">Where the part from each process begins, [<see cref="Size"/> + 1].</param>
    void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentStarts, Span<byte> received, ReadOnlySpan<int> receivedStarts);
}
