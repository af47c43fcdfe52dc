namespace RnnGen;

/// <summary>
/// A table with one trained vector per token, PyTorch's <c>nn.Embedding</c>. It must be the first layer. The model then reads
/// tokens, integers in <c>0 .. InputSize - 1</c>. The checkpoint has the table as <c>weight</c> [InputSize, size].
/// </summary>
/// <param name="size">Size of a vector. At least 1.</param>
public sealed class EmbeddingAttribute(int size) : LayerAttribute(size);
