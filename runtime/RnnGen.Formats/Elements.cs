using System.Runtime.InteropServices;

namespace RnnGen.Formats;

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
        int size = SizeOf(type);
        var values = new float[bytes.Length / size];
        if (type == "F32" && isBigEndian != BitConverter.IsLittleEndian)
        {
            bytes[..(values.Length * size)].CopyTo(MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }

        for (int k = 0; k < values.Length; k++)
        {
            ulong bits = 0;
            ReadOnlySpan<byte> element = bytes.Slice(k * size, size);
            for (int b = 0; b < size; b++)
            {
                bits = (bits << 8) | element[isBigEndian ? b : size - 1 - b];
            }

            values[k] = ToFloat(type, bits);
        }

        return values;
    }

    private static float ToFloat(string type, ulong bits) => type switch
    {
        "BOOL" => bits == 0 ? 0 : 1,
        "I8" => (sbyte)bits,
        "U8" => (byte)bits,
        "I16" => (short)bits,
        "U16" => (ushort)bits,
        "I32" => (int)bits,
        "U32" => (uint)bits,
        "I64" => (long)bits,
        "U64" => bits,
        "F16" => (float)BitConverter.UInt16BitsToHalf((ushort)bits),
        "BF16" => BitConverter.UInt32BitsToSingle((uint)bits << 16),
        "F32" => BitConverter.UInt32BitsToSingle((uint)bits),
        "F64" => (float)BitConverter.UInt64BitsToDouble(bits),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such element type is read."),
    };
}
