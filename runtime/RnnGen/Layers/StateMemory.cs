using System.ComponentModel;
using RnnGen.Numerics;

namespace RnnGen.CompilerServices;

/// <summary>
/// Memory in which the states of many streams are side by side. Streams that take their steps in the order in which they were created find the next one's memory on its way into the cache, and
/// none of them has an array of its own.
/// </summary>
/// <param name="count">Number of streams.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateMemory(int count)
{
    // Large enough for the start of a piece not to matter, and small enough to be found room for.
    private const int FloatsOfPiece = 1 << 20;

    // References of kernels may point a little behind a block.
    private const int Guard = 64;

    private AlignedBuffer? _piece;
    private int _left = Check(count);
    private int _next;

    private static int Check(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return count;
    }

    /// <summary>The memory of the next stream, zeros.</summary>
    /// <param name="length">The same for all streams, in floats.</param>
    /// <returns>The piece of memory that it is in, and where it starts there.</returns>
    internal (AlignedBuffer Piece, int Start) Take(int length)
    {
        int stride = (length + (AlignedBuffer.Alignment / sizeof(float)) - 1) & -(AlignedBuffer.Alignment / sizeof(float));
        if (_piece is null || _piece.Length - _next < stride + Guard)
        {
            _piece = new AlignedBuffer((Math.Clamp(FloatsOfPiece / stride, 1, _left) * stride) + Guard);
            _next = 0;
        }

        int start = _next;
        _next += stride;
        _left--;
        return (_piece, start);
    }
}
