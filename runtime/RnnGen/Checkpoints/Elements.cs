using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace RnnGen.Checkpoints;

/// <summary>The elements of tensors as floats.</summary>
internal static class Elements
{
    /// <summary>Bytes of one element; 0 for a type that is not read.</summary>
    /// <param name="type">The type in the spelling of safetensors.</param>
    public static int SizeOf(string type) => type switch
    {
        "BOOL" or "I8" or "U8" => 1,
        "F16" or "BF16" or "I16" or "U16" => 2,
        "F32" or "I32" or "U32" => 4,
        "F64" or "I64" or "U64" => 8,
        _ => 0,
    };

    /// <summary>Converts elements. Those of 32-bit floats keep their bits; others are rounded to the nearest float.</summary>
    /// <param name="type">The type in the spelling of safetensors.</param>
    /// <param name="bytes">A whole number of elements.</param>
    /// <param name="isBigEndian">Whether the bytes of an element stand in the opposite order.</param>
    public static float[] ToFloats(string type, ReadOnlySpan<byte> bytes, bool isBigEndian = false)
    {
        var values = new float[bytes.Length / SizeOf(type)];
        ToFloats(type, bytes, values, isBigEndian);
        return values;
    }

    /// <summary>Converts elements into memory that is there. Those of 32-bit floats keep their bits; others are rounded to the nearest float.</summary>
    /// <param name="type">The type in the spelling of safetensors.</param>
    /// <param name="bytes">The elements.</param>
    /// <param name="values">Takes as many floats.</param>
    /// <param name="isBigEndian">Whether the bytes of an element stand in the opposite order.</param>
    public static void ToFloats(string type, ReadOnlySpan<byte> bytes, Span<float> values, bool isBigEndian = false)
    {
        int size = SizeOf(type);
        if (type == "F32" && isBigEndian != BitConverter.IsLittleEndian)
        {
            bytes[..(values.Length * size)].CopyTo(MemoryMarshal.AsBytes(values));
            return;
        }

        // The type is looked at once, not for every element.
        Func<ulong, float> toFloat = ToFloat(type);
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = toFloat(Bits(bytes.Slice(k * size, size), isBigEndian));
        }
    }

    private static ulong Bits(ReadOnlySpan<byte> element, bool isBigEndian) => element.Length switch
    {
        1 => element[0],
        2 => isBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(element) : BinaryPrimitives.ReadUInt16LittleEndian(element),
        4 => isBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(element) : BinaryPrimitives.ReadUInt32LittleEndian(element),
        _ => isBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(element) : BinaryPrimitives.ReadUInt64LittleEndian(element),
    };

    private static Func<ulong, float> ToFloat(string type) => type switch
    {
        "BOOL" => static bits => bits == 0 ? 0 : 1,
        "I8" => static bits => (sbyte)bits,
        "U8" => static bits => (byte)bits,
        "I16" => static bits => (short)bits,
        "U16" => static bits => (ushort)bits,
        "I32" => static bits => (int)bits,
        "U32" => static bits => (uint)bits,
        "I64" => static bits => (long)bits,
        "U64" => static bits => bits,
        "F16" => static bits => (float)BitConverter.UInt16BitsToHalf((ushort)bits),
        "BF16" => static bits => BitConverter.UInt32BitsToSingle((uint)bits << 16),
        "F32" => static bits => BitConverter.UInt32BitsToSingle((uint)bits),
        "F64" => static bits => (float)BitConverter.UInt64BitsToDouble(bits),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type is read."),
    };
}
