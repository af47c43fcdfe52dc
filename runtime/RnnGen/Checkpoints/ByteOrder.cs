using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RnnGen.Checkpoints;

/// <summary>The files are little-endian on every machine.</summary>
internal static class ByteOrder
{
    /// <summary>Converts elements between the machine's byte order and little-endian, in place.</summary>
    public static void ToOrFromLittleEndian(Span<byte> bytes, int elementSize)
    {
        if (!BitConverter.IsLittleEndian)
        {
            Reverse(bytes, elementSize);
        }
    }

    internal static void Reverse(Span<byte> bytes, int elementSize)
    {
        if (elementSize == 4)
        {
            Span<int> elements = MemoryMarshal.Cast<byte, int>(bytes);
            BinaryPrimitives.ReverseEndianness(elements, elements);
        }
        else
        {
            Span<long> elements = MemoryMarshal.Cast<byte, long>(bytes);
            BinaryPrimitives.ReverseEndianness(elements, elements);
        }
    }
}
