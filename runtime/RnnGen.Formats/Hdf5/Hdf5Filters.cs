using System.IO.Compression;

namespace RnnGen.Formats;

/// <summary>How the chunks of a dataset are compressed: by deflate, perhaps with the bytes of numbers sorted by significance before.</summary>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;

    // Two buffers of this size are needed. A chunk is at most one megabyte unless someone wanted another size.
    private const int LargestChunk = 4 << 20;

    private readonly IReadOnlyList<(int Kind, int ElementSize)> _filters;
    private byte[] _inflated = [];
    private byte[] _sorted = [];

    private Hdf5Filters(IReadOnlyList<(int Kind, int ElementSize)> filters) => _filters = filters;

    /// <summary>No compression.</summary>
    public static Hdf5Filters None => new([]);

    /// <summary>Whether there is no compression.</summary>
    public bool IsEmpty => _filters.Count == 0;

    /// <summary>Reads the message about filters.</summary>
    /// <exception cref="CheckpointException">It is broken, or there are other filters.</exception>
    public static Hdf5Filters Read(Hdf5Source source, Hdf5Cursor message, string tensor)
    {
        const int FirstNamed = 256;
        int version = message.Version(1, 2);
        int count = message.Byte();
        message.Skip(version == 1 ? 6 : 0);
        var filters = new List<(int Kind, int ElementSize)>();
        for (int k = 0; k < count; k++)
        {
            long at = message.Position;
            int kind = message.UInt16();
            int nameSize = version == 1 || kind >= FirstNamed ? message.UInt16() : 0;
            message.Skip(2);
            int numbers = message.UInt16();
            message.Skip(nameSize);
            Hdf5Cursor parameters = message.Part(4 * numbers, "the parameters of a filter");
            message.Skip(version == 1 && numbers % 2 != 0 ? 4 : 0);
            if (kind is not (Deflate or Shuffle) || filters.Exists(filter => filter.Kind == kind))
            {
                throw source.Broken(
                    at, $"expected compression by deflate and shuffle, found filter {kind}. Write the dataset without compression, or with compression='gzip'.", tensor);
            }

            filters.Add((kind, kind == Shuffle && numbers > 0 ? (int)Math.Clamp(parameters.UInt32(), 1, LargestChunk) : 1));
        }

        return new Hdf5Filters(filters);
    }

    /// <summary>Undoes the filters.</summary>
    /// <param name="source">The file.</param>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="data">Its bytes in the file.</param>
    /// <param name="size">The number of bytes that it must have.</param>
    /// <returns>Its elements, valid until the next call.</returns>
    /// <exception cref="CheckpointException">They cannot be undone.</exception>
    public ReadOnlySpan<byte> Decode(Hdf5Source source, string tensor, Hdf5Chunk chunk, ReadOnlyMemory<byte> data, int size)
    {
        if (!IsEmpty && size > LargestChunk)
        {
            throw source.Broken(
                chunk.Address, $"expected compressed chunks of at most {LargestChunk} bytes, found {size}. Write the dataset without compression.", tensor);
        }

        for (int k = _filters.Count - 1; k >= 0; k--)
        {
            if ((chunk.SkippedFilters >> k & 1) == 0)
            {
                data = _filters[k].Kind == Deflate ? Inflate(source, tensor, chunk, data, size) : Sort(data.Span, _filters[k].ElementSize);
            }
        }

        return data.Length == size
            ? data.Span
            : throw source.Broken(chunk.Address, $"expected a chunk of {size} bytes, found {data.Length}. The file is damaged: copy it again.", tensor);
    }

    private ReadOnlyMemory<byte> Inflate(Hdf5Source source, string tensor, Hdf5Chunk chunk, ReadOnlyMemory<byte> data, int size)
    {
        // One byte more tells whether there are more.
        int room = size + 1;
        _inflated = _inflated.Length < room ? new byte[room] : _inflated;
        try
        {
            using var stream = new ZLibStream(FileBytes.Open(data), CompressionMode.Decompress);
            return _inflated.AsMemory(0, stream.ReadAtLeast(_inflated.AsSpan(0, room), room, throwOnEndOfStream: false));
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw source.Broken(chunk.Address, $"expected a chunk compressed by deflate, found something else. The file is damaged: copy it again.", tensor, inner: e);
        }
    }

    /// <summary>The first bytes of all numbers come first, then the second ones. Bytes that are left over stay at the end.</summary>
    private ReadOnlyMemory<byte> Sort(ReadOnlySpan<byte> data, int elementSize)
    {
        _sorted = _sorted.Length < data.Length ? new byte[data.Length] : _sorted;
        int count = data.Length / elementSize;
        for (int b = 0; b < elementSize; b++)
        {
            ReadOnlySpan<byte> bytes = data.Slice(b * count, count);
            for (int k = 0; k < bytes.Length; k++)
            {
                _sorted[(k * elementSize) + b] = bytes[k];
            }
        }

        data[(count * elementSize)..].CopyTo(_sorted.AsSpan(count * elementSize));
        return _sorted.AsMemory(0, data.Length);
    }
}
