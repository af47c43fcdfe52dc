using System.Numerics;

namespace RnnGen.Formats;

/// <summary>A heap of small objects, in blocks that grow: the rows of a table double their size.</summary>
internal sealed class Hdf5FractalHeap
{
    private readonly Hdf5Source _source;
    private readonly long _address;
    private readonly long _largestObject;
    private readonly int _width;
    private readonly long _firstSize;
    private readonly long _largestBlock;
    private readonly int _offsetBits;
    private readonly long _root;
    private readonly int _rows;

    /// <summary>Reads the header of a heap.</summary>
    /// <exception cref="CheckpointException">It is broken, or compressed.</exception>
    public Hdf5FractalHeap(Hdf5Source source, long address)
    {
        _source = source;
        _address = address;
        source.Visit(address, "a heap");
        Hdf5Cursor header = source.At(address, "a heap");
        header.Signature("FRHP"u8);
        header.Version(0, 0);
        header.Skip(2);
        int filters = header.UInt16();
        header.Skip(1);
        _largestObject = header.UInt32();

        // Where large objects and free space are, and numbers for statistics.
        header.Skip((2 * source.OffsetSize) + (10 * source.LengthSize));
        _width = header.UInt16();
        _firstSize = header.Length();
        _largestBlock = header.Length();
        _offsetBits = header.UInt16();
        header.Skip(2);
        _root = header.Address();
        _rows = header.UInt16();
        bool areSizesRight = _firstSize > 0 && _largestBlock >= _firstSize && BitOperations.IsPow2(_firstSize) && BitOperations.IsPow2(_largestBlock)
            && _width > 0 && BitOperations.IsPow2(_width) && _offsetBits is > 0 and <= 64 && _largestBlock <= int.MaxValue;
        if (filters != 0 || !areSizesRight)
        {
            throw source.Broken(
                address, $"expected a heap without filters, of blocks whose sizes are powers of two, found {filters} bytes of filters and blocks of {_firstSize} to {_largestBlock} bytes. Write the file without libver='latest'.");
        }
    }

    /// <summary>Finds an object.</summary>
    /// <param name="identifier">What refers to it.</param>
    /// <exception cref="CheckpointException">It is not there, or too large for the heap.</exception>
    public Hdf5Cursor Find(Hdf5Cursor identifier)
    {
        const int Managed = 0;
        const int Tiny = 2;
        long at = identifier.Position;
        int flags = identifier.Byte();
        switch ((flags >> 4) & 3)
        {
            case Managed:
                long offset = identifier.Unsigned((_offsetBits + 7) / 8);
                int sizeOfLength = Math.Min((BitOperations.Log2((ulong)_largestBlock) + 7) / 8, (BitOperations.Log2((uint)_largestObject) / 8) + 1);
                return FindInBlocks(offset, identifier.Unsigned(sizeOfLength));
            case Tiny:
                return identifier.Part((flags & 0x0F) + 1, "an object of a heap");
            default:
                throw _source.Broken(at, $"expected an object in the blocks of a heap, found a larger one. Write the file without track_order and libver='latest'.");
        }
    }

    private Hdf5Cursor FindInBlocks(long offset, long length)
    {
        long block = _root;
        int rows = _rows;
        long size = _firstSize;
        while (rows > 0)
        {
            (long inBlock, int row, int column) = FindRow(offset, rows);
            size = SizeOf(row);
            int entry = (row * _width) + column;
            _source.Count(block);
            Hdf5Cursor table = _source.At(block, "a table of a heap");
            table.Signature("FHIB"u8);
            table.Version(0, 0);
            table.Skip(_source.OffsetSize + ((_offsetBits + 7) / 8) + ((long)entry * _source.OffsetSize));
            block = table.Address();
            offset = inBlock;
            rows = size <= _largestBlock ? 0 : RowsOf(size);
        }

        Hdf5Cursor data = _source.At(block, "a block of a heap");
        data.Signature("FHDB"u8);
        data = _source.At(block, size, "a block of a heap");
        data.Skip(offset);
        return data.Part(length, "an object of a heap");
    }

    /// <summary>Finds the block of a table with an offset, and the offset in it.</summary>
    private (long Offset, int Row, int Column) FindRow(long offset, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            long size = SizeOf(row);
            if (size > long.MaxValue / _width)
            {
                break;
            }

            if (offset < size * _width)
            {
                return (offset % size, row, (int)(offset / size));
            }

            offset -= size * _width;
        }

        throw _source.Broken(_address, $"expected an object within a heap of {rows} rows, found one behind it. The file is damaged: copy it again.");
    }

    // The first two rows have blocks of the same size. A row that no file has room for is larger than all that are asked for.
    private long SizeOf(int row) => row == 0 ? _firstSize
        : row - 1 < BitOperations.LeadingZeroCount((ulong)_firstSize) - 1 ? _firstSize << (row - 1)
        : long.MaxValue;

    // Each table below is smaller than the one above: this ends.
    private int RowsOf(long size) => BitOperations.Log2((ulong)size) - BitOperations.Log2((ulong)_firstSize) - BitOperations.Log2((uint)_width) + 1;
}
