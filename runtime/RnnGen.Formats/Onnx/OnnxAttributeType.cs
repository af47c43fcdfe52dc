namespace RnnGen.Formats.Onnx;

/// <summary>What an attribute holds, as <c>AttributeProto.AttributeType</c> numbers it.</summary>
internal enum OnnxAttributeType
{
    /// <summary>Nothing that is read here: a sparse tensor, a type, or a reference to an attribute of a function.</summary>
    Other = 0,

    /// <summary>A float.</summary>
    Float = 1,

    /// <summary>A whole number.</summary>
    Int = 2,

    /// <summary>A text.</summary>
    String = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph, such as a branch of an If.</summary>
    Graph = 5,

    /// <summary>A list of floats.</summary>
    Floats = 6,

    /// <summary>A list of whole numbers.</summary>
    Ints = 7,

    /// <summary>A list of texts.</summary>
    Strings = 8,

    /// <summary>A list of tensors.</summary>
    Tensors = 9,

    /// <summary>A list of graphs.</summary>
    Graphs = 10,
}
