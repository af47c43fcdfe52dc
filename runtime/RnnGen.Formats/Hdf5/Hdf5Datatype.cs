namespace RnnGen.Formats;

/// <summary>The type of the elements of a dataset or an attribute.</summary>
/// <param name="Class">What kind of type it is.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="Element">The type in the spelling of safetensors; null if it is none of those.</param>
/// <param name="IsBigEndian">Whether the bytes of an element stand in the opposite order.</param>
/// <param name="IsTextOfAnyLength">Whether the elements refer to texts in a global heap.</param>
internal readonly record struct Hdf5Datatype(Hdf5Class Class, int Size, string? Element, bool IsBigEndian, bool IsTextOfAnyLength)
{
    /// <summary>Whether the elements are numbers, be they such that we read or not.</summary>
    public bool IsNumber => Class is Hdf5Class.Integer or Hdf5Class.Float or Hdf5Class.Enumeration;

    /// <summary>Reads a type.</summary>
    /// <param name="source">The file.</param>
    /// <param name="type">The message, or a part of one.</param>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public static Hdf5Datatype Read(Hdf5Source source, Hdf5Cursor type)
    {
        const int BigEndian = 0x01;
        const int IsText = 1;
        long start = type.Position;
        int head = type.Byte();
        var kind = (Hdf5Class)(head & 0x0F);
        int flags = type.Byte();
        int moreFlags = type.Byte();
        type.Skip(1);
        uint size = type.UInt32();
        if (size is 0 or > int.MaxValue)
        {
            throw source.Broken(start, $"expected elements of at least one byte, found {size}. The file is damaged: copy it again.");
        }

        bool isBigEndian = (flags & BigEndian) != 0;
        var plain = new Hdf5Datatype(kind, (int)size, null, isBigEndian, IsTextOfAnyLength: false);
        switch (kind)
        {
            case Hdf5Class.Integer:
                return plain with { Element = Integer(flags, (int)size, ref type) };
            case Hdf5Class.Float:
                return plain with { Element = Float(flags, moreFlags, (int)size, ref type) };
            case Hdf5Class.Enumeration:
                // Booleans of NumPy are an enumeration of 8-bit integers. The type of the numbers is first.
                Hdf5Cursor number = type;
                if ((number.Byte() & 0x0F) != (int)Hdf5Class.Integer)
                {
                    return plain;
                }

                Hdf5Datatype numbers = Read(source, type);
                return numbers.Size == plain.Size ? numbers with { Class = kind } : plain;
            case Hdf5Class.AnyLength:
                return plain with { IsTextOfAnyLength = (flags & 0x0F) == IsText };
            default:
                return plain;
        }
    }

    private static string? Integer(int flags, int size, ref Hdf5Cursor properties)
    {
        const int Signed = 0x08;
        bool isWhole = properties.UInt16() == 0 && properties.UInt16() == 8 * size;
        bool isSigned = (flags & Signed) != 0;
        return !isWhole ? null : size switch
        {
            1 => isSigned ? "I8" : "U8",
            2 => isSigned ? "I16" : "U16",
            4 => isSigned ? "I32" : "U32",
            8 => isSigned ? "I64" : "U64",
            _ => null,
        };
    }

    private static string? Float(int flags, int sign, int size, ref Hdf5Cursor properties)
    {
        const int Vax = 0x40;
        const int Normalization = 0x30;
        const int HiddenBit = 0x20;
        if ((flags & Vax) != 0 || (flags & Normalization) != HiddenBit || sign != (8 * size) - 1)
        {
            return null;
        }

        int offset = properties.UInt16();
        int precision = properties.UInt16();
        int exponentAt = properties.Byte();
        int exponentSize = properties.Byte();
        int mantissaAt = properties.Byte();
        int mantissaSize = properties.Byte();
        uint bias = properties.UInt32();
        if (offset != 0 || precision != 8 * size || mantissaAt != 0 || exponentAt != mantissaSize)
        {
            return null;
        }

        return (size, exponentSize, mantissaSize, bias) switch
        {
            (2, 5, 10, 15) => "F16",
            (2, 8, 7, 127) => "BF16",
            (4, 8, 23, 127) => "F32",
            (8, 11, 52, 1023) => "F64",
            _ => null,
        };
    }
}

/// <summary>The kinds of types.</summary>
internal enum Hdf5Class
{
    /// <summary>Integers.</summary>
    Integer = 0,

    /// <summary>Floats.</summary>
    Float = 1,

    /// <summary>Texts that all have the same number of bytes.</summary>
    Text = 3,

    /// <summary>Bytes that only the program that wrote them knows the meaning of.</summary>
    Opaque = 5,

    /// <summary>Integers with names.</summary>
    Enumeration = 8,

    /// <summary>Lists and texts of any length, kept in a global heap.</summary>
    AnyLength = 9,
}
