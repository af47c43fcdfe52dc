namespace RnnGen.Formats;

/// <summary>Reads datasets that are kept in chunks: blocks of equal shape, perhaps compressed.</summary>
internal sealed class Hdf5Chunks
{
    private readonly Hdf5Source _source;
    private readonly Hdf5Elements _elements;
    private readonly int[] _size;
    private readonly long[] _grid;
    private readonly long _bytes;
    private readonly long _count;

    private Hdf5Chunks(Hdf5Source source, Hdf5Elements elements, int[] size, long address)
    {
        _source = source;
        _elements = elements;
        _size = size;
        _grid = new long[size.Length];
        _bytes = elements.Type.Size;
        _count = 1;
        for (int k = 0; k < size.Length; k++)
        {
            _bytes = Math.Min(_bytes * size[k], int.MaxValue);
            _grid[k] = _bytes == 0 ? 0 : (elements.Shape[k] + (long)size[k] - 1) / size[k];
            _count = Math.Min(_count * _grid[k], int.MaxValue);
        }

        if (_bytes is 0 or int.MaxValue)
        {
            throw source.Broken(
                address, $"expected chunks that are neither empty nor too large for an array, found shape [{string.Join(", ", size)}].", elements.Name);
        }
    }

    /// <summary>Reads all elements.</summary>
    /// <param name="source">The file.</param>
    /// <param name="header">The header of the dataset.</param>
    /// <param name="elements">What its elements are.</param>
    /// <param name="layout">The message about the layout, behind its class.</param>
    /// <param name="version">The version of this message.</param>
    /// <param name="rank">The number of dimensions that it has already told.</param>
    /// <exception cref="CheckpointException">Chunks are broken or missing, or compressed in a way that is not read.</exception>
    public static float[] Read(Hdf5Source source, Hdf5Header header, Hdf5Elements elements, Hdf5Cursor layout, int version, int rank)
    {
        long at = layout.Position;
        Hdf5Filters filters = header.Find(Hdf5MessageType.Filters) is null
            ? Hdf5Filters.None
            : Hdf5Filters.Read(source, header.Get(Hdf5MessageType.Filters, elements.Name), elements.Name);
        IEnumerable<Hdf5Chunk> found;
        Hdf5Chunks chunks;
        if (version < 4)
        {
            rank = version == 3 ? layout.Byte() : rank;
            long tree = layout.Address();
            chunks = new Hdf5Chunks(source, elements, Sizes(source, elements, ref layout, rank, 4, at), at);
            found = chunks.InTree(tree);
        }
        else
        {
            int flags = layout.Byte();
            rank = layout.Byte();
            int sizeOfSize = layout.Byte();
            chunks = new Hdf5Chunks(source, elements, Sizes(source, elements, ref layout, rank, sizeOfSize, at), at);
            found = Hdf5ChunkIndex.Read(source, elements.Name, layout, flags, chunks._grid, chunks._bytes, !filters.IsEmpty);
        }

        return chunks.Read([.. found], filters, at);
    }

    /// <summary>The shape of a chunk. The last number is the size of an element.</summary>
    private static int[] Sizes(Hdf5Source source, Hdf5Elements elements, ref Hdf5Cursor layout, int rank, int sizeOfSize, long at)
    {
        if (rank != elements.Shape.Length + 1 || sizeOfSize is < 1 or > sizeof(long))
        {
            throw source.Broken(at, $"expected chunks of {elements.Shape.Length} dimensions, found {rank - 1}. The file is damaged: copy it again.", elements.Name);
        }

        int[] size = new int[rank - 1];
        for (int k = 0; k < size.Length; k++)
        {
            size[k] = (int)Math.Min(layout.Unsigned(sizeOfSize), int.MaxValue);
        }

        layout.Skip(sizeOfSize);
        return size;
    }

    private IEnumerable<Hdf5Chunk> InTree(long tree)
    {
        if (tree == Hdf5Source.Undefined)
        {
            yield break;
        }

        int keySize = 8 + (sizeof(long) * (_size.Length + 1));
        foreach (Hdf5Cursor entry in Hdf5Tree.Entries(_source, tree, Hdf5Tree.Chunks, keySize))
        {
            Hdf5Cursor chunk = entry;
            long bytes = chunk.UInt32();
            uint mask = chunk.UInt32();
            long index = 0;
            for (int k = 0; k < _size.Length; k++)
            {
                long start = chunk.Unsigned(sizeof(long));
                if (start % _size[k] != 0 || start >= _elements.Shape[k])
                {
                    throw _source.Broken(
                        entry.Position, $"expected a chunk that starts at a multiple of {_size[k]} below {_elements.Shape[k]}, found {start}. The file is damaged: copy it again.", _elements.Name);
                }

                index = (index * _grid[k]) + (start / _size[k]);
            }

            chunk.Skip(sizeof(long));
            yield return new Hdf5Chunk(index, chunk.Address(), bytes, mask);
        }
    }

    private float[] Read(List<Hdf5Chunk> chunks, Hdf5Filters filters, long at)
    {
        // Nothing is allocated before it is clear that the file has all of it.
        var indices = new HashSet<long>();
        foreach (Hdf5Chunk chunk in chunks)
        {
            CheckChunk(chunk, filters);
            if (!indices.Add(chunk.Index))
            {
                throw _source.Broken(chunk.Address, $"expected every chunk once, found chunk {chunk.Index} twice. The file is damaged: copy it again.", _elements.Name);
            }
        }

        if (indices.Count != _count)
        {
            throw _source.Broken(at, $"expected {_count} chunks, found {indices.Count}. The elements were not all written.", _elements.Name);
        }

        var values = new float[_elements.Count];
        foreach (Hdf5Chunk chunk in chunks)
        {
            ReadOnlyMemory<byte> data = _source.Slice(chunk.Address, chunk.Bytes, "a chunk of a tensor");
            Place(filters.Decode(_source, _elements.Name, chunk, data, (int)_bytes), chunk.Index, values);
        }

        return values;
    }

    private void CheckChunk(Hdf5Chunk chunk, Hdf5Filters filters)
    {
        const int PiecesPerCompressed = 16;
        _source.Slice(chunk.Address, chunk.Bytes, "a chunk of a tensor");
        _source.CountData(chunk.Address, chunk.Bytes, _elements.Name);
        if (filters.IsEmpty)
        {
            if (chunk.Bytes != _bytes)
            {
                throw _source.Broken(chunk.Address, $"expected a chunk of {_bytes} bytes, found {chunk.Bytes}. The file is damaged: copy it again.", _elements.Name);
            }
        }
        else
        {
            _source.Count(chunk.Address, PiecesPerCompressed);
            _source.CountExpanded(chunk.Address, _bytes, _elements.Name);
        }
    }

    /// <summary>Copies a chunk to its place, row by row. Those at the border reach beyond the tensor.</summary>
    private void Place(ReadOnlySpan<byte> chunk, long index, Span<float> values)
    {
        int rank = _size.Length;
        int elementSize = _elements.Type.Size;
        Span<long> start = stackalloc long[rank];
        for (int k = rank - 1; k >= 0; k--)
        {
            start[k] = index % _grid[k] * _size[k];
            index /= _grid[k];
        }

        int last = rank - 1;
        int length = rank == 0 ? 1 : (int)Math.Min(_size[last], _elements.Shape[last] - start[last]);
        Span<int> row = stackalloc int[rank];
        row.Clear();
        bool isMore = true;
        while (isMore)
        {
            long from = 0;
            long to = 0;
            for (int k = 0; k < rank; k++)
            {
                from = (from * _size[k]) + row[k];
                to = (to * _elements.Shape[k]) + start[k] + row[k];
            }

            Elements.ToFloats(
                _elements.Element, chunk.Slice((int)from * elementSize, length * elementSize), values.Slice((int)to, length), _elements.Type.IsBigEndian);
            isMore = false;
            for (int k = last - 1; k >= 0 && !isMore; k--)
            {
                isMore = ++row[k] < Math.Min(_size[k], _elements.Shape[k] - start[k]);
                row[k] = isMore ? row[k] : 0;
            }
        }
    }
}

/// <summary>A chunk of a dataset.</summary>
/// <param name="Index">Its number: the last dimension is counted first.</param>
/// <param name="Address">Where it is.</param>
/// <param name="Bytes">How many bytes it has in the file.</param>
/// <param name="SkippedFilters">A bit for each filter that was not applied to it.</param>
internal readonly record struct Hdf5Chunk(long Index, long Address, long Bytes, uint SkippedFilters);
