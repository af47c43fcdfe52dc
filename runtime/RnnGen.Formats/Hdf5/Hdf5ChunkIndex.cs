namespace RnnGen.Formats;

/// <summary>Finds chunks in the newer ways: one chunk alone, chunks one after the other, and an array of fixed size.</summary>
internal static class Hdf5ChunkIndex
{
    private const int Single = 1;
    private const int Implicit = 2;
    private const int FixedArray = 3;

    /// <summary>Finds the chunks of a dataset.</summary>
    /// <param name="source">The file.</param>
    /// <param name="tensor">The name of the tensor.</param>
    /// <param name="layout">The message about the layout, from the kind of index on.</param>
    /// <param name="flags">The flags of this message.</param>
    /// <param name="grid">The number of chunks in each dimension.</param>
    /// <param name="bytes">The size of a chunk that is not compressed.</param>
    /// <param name="isFiltered">Whether chunks are compressed.</param>
    /// <exception cref="CheckpointException">The index is broken, or of another kind.</exception>
    public static IEnumerable<Hdf5Chunk> Read(
        Hdf5Source source, string tensor, Hdf5Cursor layout, int flags, long[] grid, long bytes, bool isFiltered)
    {
        const int IsSingleFiltered = 0x02;
        long at = layout.Position;
        long count = 1;
        foreach (long size in grid)
        {
            count = Math.Min(count * size, int.MaxValue);
        }

        int kind = layout.Byte();
        switch (kind)
        {
            case Single when (flags & IsSingleFiltered) != 0:
                long size = layout.Length();
                uint mask = layout.UInt32();
                return [new Hdf5Chunk(0, layout.Address(), size, mask)];
            case Single:
                return [new Hdf5Chunk(0, layout.Address(), bytes, 0)];
            case Implicit:
                return InRow(source, layout.Address(), count, bytes);
            case FixedArray:
                layout.Skip(1);
                return InArray(source, tensor, layout.Address(), count, bytes, isFiltered);
            default:
                throw source.Broken(
                    at, $"expected an index of chunks of kind 1, 2 or 3, found {kind}. Write the file without libver='latest', or the dataset without maxshape.", tensor);
        }
    }

    private static IEnumerable<Hdf5Chunk> InRow(Hdf5Source source, long address, long count, long bytes)
    {
        for (long k = 0; k < count; k++)
        {
            source.Count(address);
            yield return new Hdf5Chunk(k, address == Hdf5Source.Undefined ? address : address + (k * bytes), bytes, 0);
        }
    }

    private static IEnumerable<Hdf5Chunk> InArray(Hdf5Source source, string tensor, long address, long count, long bytes, bool isFiltered)
    {
        source.Visit(address, "an array of chunks");
        Hdf5Cursor header = source.At(address, "an array of chunks");
        header.Signature("FAHD"u8);
        header.Version(0, 0);
        header.Skip(1);
        int entrySize = header.Byte();
        int pageBits = header.Byte();
        long entries = header.Length();
        long block = header.Address();
        int sizeOfSize = entrySize - source.OffsetSize - sizeof(uint);
        bool isPaged = entries > 1L << Math.Min(pageBits, 62);
        if (entries != count || isPaged || (isFiltered && sizeOfSize is < 1 or > sizeof(long)))
        {
            throw source.Broken(
                address, $"expected an array of {count} chunks in one page, found {entries} in {(isPaged ? "more" : "one")}. Write the file without libver='latest', or in larger chunks.", tensor);
        }

        Hdf5Cursor array = source.At(block, "an array of chunks");
        array.Signature("FADB"u8);
        array.Version(0, 0);
        array.Skip(1);
        array.Address();
        for (long k = 0; k < count; k++)
        {
            source.Count(array.Position);
            long chunk = array.Address();
            long size = isFiltered ? array.Unsigned(sizeOfSize) : bytes;
            uint mask = isFiltered ? array.UInt32() : 0;
            yield return new Hdf5Chunk(k, chunk, size, mask);
        }
    }
}
