namespace RnnGen;

/// <summary>
/// Brings every number of the model's input to mean 0 and variance 1: <c>y = (x - mean) / max(√variance, 1e-7)</c>, Keras' <c>Normalization</c>.
/// Mean and variance come from data, by <see cref="Layer.Adapt(ReadOnlySpan{float})"/>; before that they are 0 and 1. The checkpoint has them as
/// <c>mean</c> and <c>variance</c>. They are not trained: they have no gradient, and the layer is <see cref="Layer.Frozen"/> from the start.
/// </summary>
public sealed class NormalizationAttribute() : LayerAttribute(0);
