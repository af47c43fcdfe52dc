using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Numerics;

/// <summary>
/// Floats that start on a 64-byte boundary and never move: a vector load that straddles two cache lines costs up to twice as much.
/// </summary>
internal sealed class AlignedBuffer
{
    private const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _start;

    public AlignedBuffer(int length)
    {
        // The array is pinned, so its address never changes.
        _array = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(float);
        Length = length;
    }

    public int Length { get; }

    // Called several times in every step of a stream, where leaving out a check that cannot fail is worth it.
    public ref float Origin => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_array), _start);

    public Span<float> Span => _array.AsSpan(_start, Length);
}
