namespace RnnGen.Formats;

/// <summary>The bytes of an HDF5 file, and what reading it may cost.</summary>
/// <remarks>
/// An address can point anywhere, also at what was read before: every structure is read at most once, and the number of pieces is limited.
/// A file that is made to take time or memory cannot have more than that.
/// </remarks>
internal sealed class Hdf5Source
{
    /// <summary>Stands for "nowhere".</summary>
    public const long Undefined = -1;

    // An object needs about twelve pieces; a network has a few thousand objects.
    private const int MostPieces = 300_000;

    // Its address is kept.
    private const int PiecesPerStructure = 2;

    // Bytes of names and texts: both become UTF-16.
    private const int MostText = 4 << 20;

    // Weights shrink to a half at best. A tensor of equal numbers shrinks to a thousandth, but is small beside the others.
    private const int MostExpansion = 16;
    private const long AlwaysExpanded = 16 << 20;

    private readonly HashSet<long> _visited = [];
    private readonly Dictionary<long, Dictionary<int, (long Address, long Length)>> _heaps = [];
    private readonly ReadOnlyMemory<byte> _bytes;
    private int _pieces;
    private long _text;
    private long _data;
    private long _expanded;

    /// <summary>Makes a source.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="bytes">Its bytes from the superblock on: addresses count from there.</param>
    /// <param name="start">Where the superblock is.</param>
    public Hdf5Source(string path, ReadOnlyMemory<byte> bytes, long start)
    {
        Path = path;
        _bytes = bytes;
        Start = start;
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>Where in the file the superblock is.</summary>
    public long Start { get; }

    /// <summary>The number of bytes from the superblock on.</summary>
    public int Length => _bytes.Length;

    /// <summary>Bytes of an address.</summary>
    public int OffsetSize { get; set; } = sizeof(long);

    /// <summary>Bytes of a length.</summary>
    public int LengthSize { get; set; } = sizeof(long);

    /// <summary>All bytes.</summary>
    public ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>Reads from an address to the end of the file.</summary>
    /// <param name="address">The address.</param>
    /// <param name="what">What is expected there, for messages.</param>
    /// <exception cref="CheckpointException">It is outside of the file.</exception>
    public Hdf5Cursor At(long address, string what) => At(address, Math.Max(0, Length - address), what);

    /// <summary>Reads a part of the file.</summary>
    /// <param name="address">Where it starts.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="what">What is expected there, for messages.</param>
    /// <exception cref="CheckpointException">It is not within the file.</exception>
    public Hdf5Cursor At(long address, long length, string what)
    {
        Check(address, length, what);
        return new Hdf5Cursor(this, (int)address, (int)(address + length), what);
    }

    /// <summary>Bytes of a tensor, where they lie.</summary>
    /// <exception cref="CheckpointException">They are not within the file.</exception>
    public ReadOnlyMemory<byte> Slice(long address, long length, string what)
    {
        Check(address, length, what);
        return _bytes.Slice((int)address, (int)length);
    }

    /// <summary>Notes that a structure is read.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="what">What it is, for messages.</param>
    /// <exception cref="CheckpointException">It was read before: the file goes round in circles.</exception>
    public void Visit(long address, string what)
    {
        Count(address, PiecesPerStructure);
        if (!_visited.Add(address))
        {
            throw Broken(address, $"expected {what} in one place of the tree, found it in two.");
        }
    }

    /// <summary>Counts pieces of structures.</summary>
    /// <exception cref="CheckpointException">There are more than any network has.</exception>
    public void Count(long address, int pieces = 1)
    {
        _pieces += pieces;
        if (_pieces > MostPieces)
        {
            throw Broken(address, $"expected a file with at most {MostPieces} headers, links, messages and chunks, found more. Save the weights without the optimizer.");
        }
    }

    /// <summary>Counts bytes of names and texts.</summary>
    /// <exception cref="CheckpointException">There are more than any network has.</exception>
    public void CountText(long address, long bytes)
    {
        _text += bytes;
        if (_text > MostText)
        {
            throw Broken(address, $"expected at most {MostText} bytes of names and texts, found more. Save the weights alone.");
        }
    }

    /// <summary>Counts bytes of elements as they are in the file. No two tensors share any, so that a small file cannot have many large ones.</summary>
    /// <exception cref="CheckpointException">They are more than the file has.</exception>
    public void CountData(long address, long bytes, string tensor)
    {
        _data += bytes;
        if (_data > Length)
        {
            throw Broken(address, $"expected tensors that have bytes of their own, found more in them than the {Length} bytes of the file.", tensor);
        }
    }

    /// <summary>Counts bytes of elements that are compressed in the file.</summary>
    /// <exception cref="CheckpointException">They are far more than compressed weights are.</exception>
    public void CountExpanded(long address, long bytes, string tensor)
    {
        long most = AlwaysExpanded + ((long)MostExpansion * Length);
        _expanded = bytes > most ? most + 1 : _expanded + bytes;
        if (_expanded > most)
        {
            throw Broken(address, $"expected a file that expands to at most {most} bytes, found more. Write it without compression.", tensor);
        }
    }

    /// <summary>Finds an object of a global heap, in which texts of any length are kept.</summary>
    /// <param name="address">The address of the collection.</param>
    /// <param name="index">The number of the object.</param>
    /// <param name="at">What refers to it, for messages.</param>
    /// <exception cref="CheckpointException">There is no such object.</exception>
    public Hdf5Cursor InGlobalHeap(long address, int index, long at)
    {
        if (!_heaps.TryGetValue(address, out Dictionary<int, (long Address, long Length)>? objects))
        {
            objects = ReadGlobalHeap(address);
            _heaps.Add(address, objects);
        }

        return objects.TryGetValue(index, out (long Address, long Length) found)
            ? At(found.Address, found.Length, "an object of the global heap")
            : throw Broken(at, $"expected object {index} in the global heap at byte {address + Start}, found none.");
    }

    /// <summary>An exception about a place of the file.</summary>
    /// <param name="address">The place, counted from the superblock.</param>
    /// <param name="problem">What was expected, what was found, and the cure.</param>
    /// <param name="tensor">The tensor, if it is about one.</param>
    /// <param name="reason">What kind of fault it is.</param>
    /// <param name="inner">The exception that showed it.</param>
    public CheckpointException Broken(
        long address, FormattableString problem, string? tensor = null, CheckpointReason reason = CheckpointReason.Container, Exception? inner = null) =>
        new(reason, Path, tensor, address < 0 ? null : Start + Math.Min(address, Length), problem, inner);

    private void Check(long address, long length, string what)
    {
        if (address < 0 || length < 0 || length > Length - address)
        {
            FormattableString place = address == Undefined ? (FormattableString)$"nowhere" : $"at byte {address}";
            throw Broken(
                Undefined, $"expected {what} within the {Length} bytes of the file, found {length} bytes {place}. The file is incomplete or damaged: copy it again.");
        }
    }

    private Dictionary<int, (long Address, long Length)> ReadGlobalHeap(long address)
    {
        const int Alignment = 8;
        Visit(address, "a global heap");
        Hdf5Cursor heap = At(address, "a global heap");
        heap.Signature("GCOL"u8);
        heap.Version(1, 1);
        heap.Skip(3);
        long size = heap.Length();
        heap = At(address, size, "a global heap");
        heap.Skip(8 + LengthSize);
        var objects = new Dictionary<int, (long Address, long Length)>();
        while (heap.Remaining >= 8 + LengthSize)
        {
            Count(heap.Position);
            int index = heap.UInt16();
            if (index == 0)
            {
                // The rest is free.
                break;
            }

            heap.Skip(6);
            long length = heap.Length();
            long start = heap.Position;
            heap.Skip(length);
            heap.Skip(Math.Min(heap.Remaining, (Alignment - (length % Alignment)) % Alignment));
            objects[index] = (start, length);
        }

        return objects;
    }
}
