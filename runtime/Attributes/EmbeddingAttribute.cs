namespace RnnGen;

/// <summary>
/// A table with one learned vector per token; PyTorch's <c>nn.Embedding</c>. It must be the first layer, and makes the
/// model read integers in <c>0 .. InputSize - 1</c>.
/// </summary>
/// <param name="size">Numbers per vector. At least 1.</param>
public sealed class EmbeddingAttribute(int size) : LayerAttribute(size);
