namespace RnnGen;

/// <summary>Where the values of one parameter are from.</summary>
/// <param name="Name">The parameter, such as <c>Memory.weight_ih_l0</c>.</param>
/// <param name="FileName">The name of the tensor in the file; null if the values are from none.</param>
/// <param name="FileShape">Its shape in the file.</param>
/// <param name="ElementType">Its element type in the file, in the spelling of safetensors, such as <c>F32</c>.</param>
/// <param name="Conversion">What was done, in words, such as <c>as is</c> or <c>rounded from F64</c>.</param>
public sealed record LoadedTensor(string Name, string? FileName, IReadOnlyList<int>? FileShape, string? ElementType, string Conversion);
