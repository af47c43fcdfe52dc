namespace RnnGen.Formats.TensorFlow;

/// <summary>The element types of TensorFlow.</summary>
internal static class TensorFlowElementType
{
    /// <summary>Whether the elements are no numbers: texts, resources, variants.</summary>
    /// <param name="number">The number of the type in <c>DataType</c>.</param>
    public static bool IsNotNumeric(int number) => number is 7 or 20 or 21;

    /// <summary>The name in the spelling of safetensors; null for a type that is not read, such as complex numbers.</summary>
    /// <param name="number">The number of the type in <c>DataType</c>. Quantized types are the whole numbers that they are written as.</param>
    public static string? NameOf(int number) => number switch
    {
        1 => "F32",
        2 => "F64",
        3 or 13 => "I32",
        4 or 12 => "U8",
        5 or 15 => "I16",
        6 or 11 => "I8",
        9 => "I64",
        10 => "BOOL",
        14 => "BF16",
        16 or 17 => "U16",
        19 => "F16",
        22 => "U32",
        23 => "U64",
        _ => null,
    };
}
