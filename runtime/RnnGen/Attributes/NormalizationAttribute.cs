namespace RnnGen;

/// <summary>
/// Scales every input of the model to mean 0 and variance 1: <c>y = (x - mean) / max(√variance, 1e-7)</c>, Keras' <c>Normalization</c>.
/// <see cref="Layer.Adapt(ReadOnlySpan{float})"/> computes mean and variance from data; before that, they are 0 and 1. The checkpoint has them as
/// <c>mean</c> and <c>variance</c>. They are not trained: they have no gradient, and the layer is <see cref="Layer.Frozen"/> from the start.
/// </summary>
public sealed class NormalizationAttribute() : LayerAttribute(0);
