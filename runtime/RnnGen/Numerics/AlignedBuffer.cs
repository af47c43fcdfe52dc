using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Numerics;

/// <summary>
/// Floats that start on a 64-byte boundary and never move: a vector load that straddles two cache lines costs up to twice as much.
/// </summary>
internal sealed class AlignedBuffer
{
    public const int Alignment = 64;

    private readonly float[] _array;
    private readonly int _start;
    private readonly nint _address;

    public AlignedBuffer(int length)
    {
        // The array is pinned, so its address never changes.
        _array = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((Alignment - (address % Alignment)) % Alignment) / sizeof(float);
        _address = address + (_start * sizeof(float));
        Length = length;
    }

    public int Length { get; }

    /// <summary>Where it starts, for <see cref="At"/>.</summary>
    public nint Address => _address;

    public ref float Origin => ref At(_address);

    public Span<float> Span => _array.AsSpan(_start, Length);

    /// <summary>
    /// A float of a buffer by its address, with no way through the buffer and its array, whose cache lines a step would wait for. The reference keeps the array alive, as any other into it.
    /// </summary>
    /// <param name="address">The address of a float of a buffer that is alive.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref float At(nint address) => ref Unsafe.AddByteOffset(ref Unsafe.NullRef<float>(), address);

    /// <summary>Asks for memory that will be read or written soon, and does not wait for it. There is no such instruction for Arm64 in .NET: it does nothing there.</summary>
    /// <param name="address">The address of the first float, which is only looked up: any address is allowed.</param>
    /// <param name="length">The number of floats.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Prefetch(nint address, int length)
    {
        for (int line = 0; Sse.IsSupported && line < length * sizeof(float); line += Alignment)
        {
            Sse.Prefetch0((void*)(address + line));
        }
    }
}
