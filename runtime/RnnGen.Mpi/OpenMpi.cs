using System.Runtime.InteropServices;

namespace RnnGen.Mpi;

/// <summary>
/// The few functions of MPI's C interface that are needed, in the library of Open MPI: there, a handle such as <c>MPI_COMM_WORLD</c> is the address of a variable.
/// </summary>
internal sealed unsafe class OpenMpi
{
    // <mpi.h>: MPI_THREAD_SERIALIZED and MPI_IN_PLACE.
    private const int ThreadSerialized = 2;
    private const nint InPlace = 1;

    private readonly nint _world;
    private readonly nint _byte;
    private readonly delegate* unmanaged<nint, nint, int, int*, int> _initialize;
    private readonly delegate* unmanaged<int> _finalize;
    private readonly delegate* unmanaged<nint, int, int> _abort;
    private readonly delegate* unmanaged<nint, int*, int> _rank;
    private readonly delegate* unmanaged<nint, int*, int> _size;
    private readonly delegate* unmanaged<nint, int, nint, byte*, int*, int*, nint, nint, int> _allGather;
    private readonly delegate* unmanaged<byte*, int*, int*, nint, byte*, int*, int*, nint, nint, int> _allToAll;

    private OpenMpi(nint library, string name)
    {
        _world = Find("ompi_mpi_comm_world");
        _byte = Find("ompi_mpi_byte");
        _initialize = (delegate* unmanaged<nint, nint, int, int*, int>)Find("MPI_Init_thread");
        _finalize = (delegate* unmanaged<int>)Find("MPI_Finalize");
        _abort = (delegate* unmanaged<nint, int, int>)Find("MPI_Abort");
        _rank = (delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_rank");
        _size = (delegate* unmanaged<nint, int*, int>)Find("MPI_Comm_size");
        _allGather = (delegate* unmanaged<nint, int, nint, byte*, int*, int*, nint, nint, int>)Find("MPI_Allgatherv");
        _allToAll = (delegate* unmanaged<byte*, int*, int*, nint, byte*, int*, int*, nint, nint, int>)Find("MPI_Alltoallv");

        nint Find(string symbol) => NativeLibrary.TryGetExport(library, symbol, out nint address)
            ? address
            : throw new MpiException($"Expected the library of Open MPI, found another one: '{name}' has no '{symbol}'.");
    }

    /// <summary>The names of the library. The number is that of Open MPI 3 to 5.</summary>
    public static string[] Names => OperatingSystem.IsMacOS() ? ["libmpi.40.dylib", "libmpi.dylib"] : ["libmpi.so.40", "libmpi.so"];

    /// <summary>Number of this process.</summary>
    public int Rank { get; private set; }

    /// <summary>Number of processes.</summary>
    public int Size { get; private set; }

    /// <summary>Loads the library.</summary>
    /// <param name="names">Its names, the first one that is found.</param>
    /// <exception cref="MpiException">There is none, or it is another MPI.</exception>
    public static OpenMpi Load(params string[] names)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint library))
            {
                return new OpenMpi(library, name);
            }
        }

        throw new MpiException(
            $"This process was started by a launcher of MPI, but the library of Open MPI was not found: looked for {string.Join(" and ", names)}. "
            + "Install it (Debian: openmpi-bin), or add its folder to LD_LIBRARY_PATH.");
    }

    /// <summary>Connects this process with the others, and waits for them. Only once in a process.</summary>
    public void Initialize()
    {
        int provided;
        int rank;
        int size;
        Check(_initialize(0, 0, ThreadSerialized, &provided), "MPI_Init_thread");
        Check(_rank(_world, &rank), "MPI_Comm_rank");
        Check(_size(_world, &size), "MPI_Comm_size");
        (Rank, Size) = (rank, size);
    }

    /// <summary>Leaves the others, and waits until all do.</summary>
    public void Leave() => Check(_finalize(), "MPI_Finalize");

    /// <summary>Ends all processes, this one with an exit code.</summary>
    public void Abort(int code) => Check(_abort(_world, code), "MPI_Abort");

    /// <summary>MPI_Allgatherv of bytes, in place.</summary>
    public void AllGather(Span<byte> values, ReadOnlySpan<int> counts, ReadOnlySpan<int> starts)
    {
        fixed (byte* all = values)
        fixed (int* count = counts, start = starts)
        {
            Check(_allGather(InPlace, 0, _byte, all, count, start, _byte, _world), "MPI_Allgatherv");
        }
    }

    /// <summary>MPI_Alltoallv of bytes.</summary>
    public void AllToAll(
        ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentCounts, ReadOnlySpan<int> sentStarts,
        Span<byte> received, ReadOnlySpan<int> receivedCounts, ReadOnlySpan<int> receivedStarts)
    {
        fixed (byte* from = sent, to = received)
        fixed (int* fromCount = sentCounts, fromStart = sentStarts, toCount = receivedCounts, toStart = receivedStarts)
        {
            Check(_allToAll(from, fromCount, fromStart, _byte, to, toCount, toStart, _byte, _world), "MPI_Alltoallv");
        }
    }

    /// <summary>By default, Open MPI ends all processes when a call fails; the code only matters where a user has changed that.</summary>
    private static void Check(int code, string function)
    {
        if (code != 0)
        {
            throw new MpiException($"{function} failed: error {code} of Open MPI.");
        }
    }
}
