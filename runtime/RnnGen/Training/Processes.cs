using System.Globalization;
using System.Runtime.InteropServices;

namespace RnnGen.Training;

/// <summary>
/// What the processes of a training agree on: each learns what the others found before anybody goes on, so that none waits for one that has left. Without a
/// group, there is one process, which agrees with itself. Allocates nothing for numbers of a length that it has seen.
/// </summary>
internal sealed class Processes
{
    private readonly int[] _starts;
    private long[] _numbers = [];

    public Processes(IProcessGroup? group)
    {
        Group = group;
        Size = group?.Size ?? 1;
        Rank = group?.Rank ?? 0;
        _starts = new int[Size + 1];
    }

    public IProcessGroup? Group { get; }

    public int Size { get; }

    public int Rank { get; }

    /// <summary>Whether this process writes the files and speaks to the user.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>The numbers of all processes, one process after the other. Valid until the next call.</summary>
    /// <param name="own">Those of this process, as many as in every other one.</param>
    public ReadOnlySpan<long> Gather(ReadOnlySpan<long> own)
    {
        if (Size == 1)
        {
            return own;
        }

        if (_numbers.Length < Size * own.Length)
        {
            _numbers = new long[Size * own.Length];
        }

        Span<long> all = _numbers.AsSpan(0, Size * own.Length);
        own.CopyTo(all[(Rank * own.Length)..]);
        for (int process = 0; process <= Size; process++)
        {
            _starts[process] = process * own.Length * sizeof(long);
        }

        Group!.AllGather(MemoryMarshal.AsBytes(all), _starts);
        return all;
    }

    /// <summary>The flags that any process has set.</summary>
    public int Any(int flags)
    {
        foreach (long others in Gather([flags]))
        {
            flags |= (int)others;
        }

        return flags;
    }

    /// <summary>Gives every process the bytes of the first one.</summary>
    /// <param name="bytes">The bytes, or null; those of other processes do not matter.</param>
    public byte[]? FromFirst(byte[]? bytes)
    {
        long length = Gather([bytes?.Length ?? -1])[0];
        if (Size == 1 || length < 0)
        {
            return bytes;
        }

        bytes = IsFirst ? bytes! : new byte[length];
        Array.Fill(_starts, bytes.Length);
        _starts[0] = 0;
        Group!.AllGather(bytes, _starts);
        return bytes;
    }

    /// <summary>Does something in every process. If it fails in one, it fails in all.</summary>
    /// <exception cref="ProcessFailedException">It failed in another process.</exception>
    public void Do(Action action)
    {
        if (Size == 1)
        {
            action();
            return;
        }

        try
        {
            action();
        }
        catch
        {
            Gather([1]);
            throw;
        }

        int failed = Gather([0]).IndexOf(1);
        if (failed >= 0)
        {
            throw new ProcessFailedException(failed, Size);
        }
    }

    /// <summary>Does something in the first process. If it fails there, it fails in all.</summary>
    /// <exception cref="ProcessFailedException">It failed, and this is another process.</exception>
    public void DoInFirst(Action action) => Do(IsFirst ? action : static () => { });

    /// <summary>Checks that every process has the same.</summary>
    /// <param name="values">What is compared, by names that fit into a sentence.</param>
    /// <exception cref="InvalidOperationException">One does not; every process throws it.</exception>
    public void CheckSame(params ReadOnlySpan<(string Name, long Value)> values)
    {
        var own = new long[values.Length];
        for (int k = 0; k < own.Length; k++)
        {
            own[k] = values[k].Value;
        }

        ReadOnlySpan<long> all = Gather(own);
        for (int k = 0; k < all.Length; k++)
        {
            (string name, _) = values[k % own.Length];
            long first = all[k % own.Length];
            if (all[k] != first)
            {
                throw new InvalidOperationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"The processes must have the same {name}: expected {first}, as in process 0, found {all[k]} in process {k / own.Length}."));
            }
        }
    }
}
