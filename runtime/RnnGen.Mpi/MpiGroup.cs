namespace RnnGen.Mpi;

/// <summary>
/// The processes that <c>mpirun -n 4 dotnet app.dll</c> starts, on one machine or several of the same kind, for <see cref="Trainer{TInput, TTarget}.Group"/>. Without
/// <c>mpirun</c>, it is a group of one process, which needs no MPI. All processes call the methods in the same order; one thread at a time.
/// </summary>
public sealed class MpiGroup : IProcessGroup
{
    // Whoever failed first shall end the others, when it has said why.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Null without mpirun.
    private readonly OpenMpi? _mpi;
    private readonly int[] _counts;
    private readonly int[] _otherCounts;

    private MpiGroup(OpenMpi? mpi)
    {
        _mpi = mpi;
        _counts = new int[Size];
        _otherCounts = new int[Size];
    }

    /// <inheritdoc/>
    public int Size => _mpi?.Size ?? 1;

    /// <inheritdoc/>
    public int Rank => _mpi?.Rank ?? 0;

    /// <summary>Whether this is the process 0, which writes the files of all, and should be the only one that writes to the console.</summary>
    public bool IsFirst => Rank == 0;

    /// <summary>
    /// Runs a program in every process. If it fails in one of them, all are ended within seconds: if it throws an exception, which is written to the standard error,
    /// or returns another number than 0. A process that ends by itself would leave the others waiting. Call it once, as <c>return MpiGroup.Run(group => ...);</c>.
    /// </summary>
    /// <param name="program">The program, which returns the exit code.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="MpiException">A launcher of MPI started this process, but Open MPI is not installed, or it is another MPI. Without a launcher, MPI is not needed.</exception>
    public static int Run(Func<MpiGroup, int> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (!Launcher.IsOpenMpi(Environment.GetEnvironmentVariable))
        {
            return program(new MpiGroup(null));
        }

        OpenMpi mpi = OpenMpi.Load(OpenMpi.Names);
        mpi.Initialize();
        int code;
        try
        {
            code = program(new MpiGroup(mpi));
        }
        catch (Exception e)
        {
            Console.Error.WriteLine($"Process {mpi.Rank}: {(e is ProcessFailedException ? e.Message : e)}");
            if (e is ProcessFailedException)
            {
                Thread.Sleep(Patience);
            }

            mpi.Abort(1);
            throw;
        }

        if (code != 0)
        {
            mpi.Abort(code);
        }

        mpi.Leave();
        return code;
    }

    /// <inheritdoc/>
    /// <exception cref="MpiException">Open MPI refused. It ends all processes then, unless it is told otherwise.</exception>
    public void AllGather(Span<byte> values, ReadOnlySpan<int> starts) =>
        _mpi?.AllGather(values, Count(starts, _counts), starts);

    /// <inheritdoc/>
    /// <exception cref="MpiException">Open MPI refused. It ends all processes then, unless it is told otherwise.</exception>
    public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentStarts, Span<byte> received, ReadOnlySpan<int> receivedStarts)
    {
        if (_mpi is null)
        {
            sent[sentStarts[0]..sentStarts[1]].CopyTo(received[receivedStarts[0]..receivedStarts[1]]);
        }
        else
        {
            _mpi.AllToAll(sent, Count(sentStarts, _counts), sentStarts, received, Count(receivedStarts, _otherCounts), receivedStarts);
        }
    }

    private static int[] Count(ReadOnlySpan<int> starts, int[] counts)
    {
        for (int process = 0; process < counts.Length; process++)
        {
            counts[process] = starts[process + 1] - starts[process];
        }

        return counts;
    }
}
