namespace RnnGen.Checkpoints;

/// <summary>The element types of safetensors, by name.</summary>
internal static class ElementType
{
    public const string Float = "F32";
    public const string Double = "F64";
    public const string Long = "I64";
    public const string BFloat16 = "BF16";
    public const string SignedByte = "I8";
    public const string Byte = "U8";

    /// <summary>Bytes of one element; 0 for an unknown name.</summary>
    public static int SizeOf(string name) => name switch
    {
        "BOOL" or Byte or SignedByte or "F8_E5M2" or "F8_E4M3" or "F8_E8M0" => 1,
        "U16" or "I16" or "F16" or BFloat16 => 2,
        "U32" or "I32" or Float => 4,
        "U64" or Long or Double or "C64" => 8,
        _ => 0,
    };

    /// <summary>The name of a type that can be read and written.</summary>
    public static string NameOf<T>()
        where T : unmanaged =>
        typeof(T) == typeof(float) ? Float
        : typeof(T) == typeof(double) ? Double
        : typeof(T) == typeof(long) ? Long
        : throw new ArgumentException($"Tensors of {typeof(T)} cannot be read or written.");
}
