namespace RnnGen.Formats.Onnx;

/// <summary>One dimension of an input, an output or a value between nodes.</summary>
/// <param name="Size">The size, or null where it is only known when the graph runs.</param>
/// <param name="Name">The name of a size that is not known, such as <c>batch</c>; empty if it has none.</param>
internal readonly record struct OnnxDimension(long? Size, string Name);
