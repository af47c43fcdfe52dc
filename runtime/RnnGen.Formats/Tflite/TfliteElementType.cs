namespace RnnGen.Formats.Tflite;

/// <summary>The element types of TensorFlow Lite.</summary>
internal static class TfliteElementType
{
    /// <summary>A type that has texts as elements.</summary>
    public const int Text = 5;

    /// <summary>The name in the spelling of safetensors; null for a type that is not read.</summary>
    /// <param name="number">Its number in <c>TensorType</c>.</param>
    public static string? NameOf(int number) => number switch
    {
        0 => "F32",
        1 => "F16",
        2 => "I32",
        3 => "U8",
        4 => "I64",
        6 => "BOOL",
        7 => "I16",
        9 => "I8",
        10 => "F64",
        12 => "U64",
        15 => "U32",
        16 => "U16",
        18 => "BF16",
        _ => null,
    };
}
