namespace RnnGen;

/// <summary>
/// The weights of a dense layer, a head, an embedding or a layer normalization as another library has them:
/// <c>layer.Import(new LayerWeights { Weight = kernel, Bias = bias, Transposed = true })</c> for Keras' Dense.
/// </summary>
public sealed class LayerWeights
{
    /// <summary>
    /// The matrix of a dense layer or head, [units, inputs], as in PyTorch; the table of an embedding, [tokens, size], as everywhere; the gains of a layer
    /// normalization, [size], which others call gamma or scale. Dimensions of size 1 are ignored, and a vector fits any shape of as many elements.
    /// </summary>
    public required WeightTensor Weight { get; init; }

    /// <summary>The bias, [units]; the offsets of a layer normalization, which others call beta. Null for zero.</summary>
    public WeightTensor? Bias { get; init; }

    /// <summary>Whether the matrix is the other way round: [inputs, units], as in Keras and TensorFlow. <see langword="false"/> by default.</summary>
    public bool Transposed { get; init; }
}
