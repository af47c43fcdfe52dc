namespace RnnGen.Formats.Onnx;

/// <summary>The element types of ONNX, in the spelling of safetensors.</summary>
internal static class OnnxElementType
{
    /// <summary>A type that has texts as elements.</summary>
    public const string Text = "STRING";

    /// <summary>A type that nothing was said about.</summary>
    public const string None = "UNDEFINED";

    /// <summary>The name of a type. A type that <see cref="Elements"/> does not read has the name that ONNX gives it.</summary>
    /// <param name="number">Its number in <c>TensorProto.DataType</c>.</param>
    public static string NameOf(int number) => number switch
    {
        0 => None,
        1 => "F32",
        2 => "U8",
        3 => "I8",
        4 => "U16",
        5 => "I16",
        6 => "I32",
        7 => "I64",
        8 => Text,
        9 => "BOOL",
        10 => "F16",
        11 => "F64",
        12 => "U32",
        13 => "U64",
        14 => "COMPLEX64",
        15 => "COMPLEX128",
        16 => "BF16",
        17 => "FLOAT8E4M3FN",
        18 => "FLOAT8E4M3FNUZ",
        19 => "FLOAT8E5M2",
        20 => "FLOAT8E5M2FNUZ",
        21 => "UINT4",
        22 => "INT4",
        23 => "FLOAT4E2M1",
        _ => FormattableString.Invariant($"type {number}"),
    };
}
