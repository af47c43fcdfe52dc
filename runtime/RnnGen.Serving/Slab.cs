using RnnGen.Numerics;

namespace RnnGen.Serving;

/// <summary>Rows of equal size in large blocks, which never move. It grows by a block at a time and keeps what is returned for later streams.</summary>
internal sealed class Slab
{
    // Few objects, and not much more than is needed where there are only few streams.
    private const int BlockBytes = 64 << 10;

    // A row starts on a cache line.
    private const int Line = 16;

    private readonly int _rowSize;
    private readonly int _stride;
    private readonly int _shift;
    private readonly Stack<int> _free = new();
    private AlignedBuffer[] _blocks = [];
    private int _count;

    /// <param name="rowSize">Floats per row.</param>
    public Slab(int rowSize)
    {
        _rowSize = rowSize;
        _stride = Math.Max(1, (rowSize + Line - 1) / Line) * Line;
        _shift = int.Log2(Math.Max(1, BlockBytes / sizeof(float) / _stride));
    }

    public Span<float> this[int row] => _blocks[row >> _shift].Span.Slice((row & ((1 << _shift) - 1)) * _stride, _rowSize);

    /// <summary>Takes a row, whose content is whatever it was.</summary>
    public int Take()
    {
        if (_free.TryPop(out int row))
        {
            return row;
        }

        if (_count >> _shift == _blocks.Length)
        {
            _blocks = [.. _blocks, new AlignedBuffer(_stride << _shift)];
        }

        return _count++;
    }

    public void Return(int row) => _free.Push(row);
}
