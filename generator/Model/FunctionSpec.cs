namespace RnnGen.Generator.Model;

/// <summary>An element-wise function of ONNX's list.</summary>
/// <param name="Kind">The function.</param>
/// <param name="Alpha">Its alpha, or null for the default.</param>
/// <param name="Beta">Its beta, or null for the default.</param>
internal sealed record FunctionSpec(ActivationKind Kind, double? Alpha = null, double? Beta = null);
