namespace RnnGen;

/// <summary>Base of the attributes that declare one layer of a model.</summary>
/// <param name="size">Numbers that the layer puts out per step.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public abstract class LayerAttribute(int size) : Attribute
{
    /// <summary>Numbers that the layer puts out per step; 0 where it is the input's size.</summary>
    public int Size { get; } = size;
}

/// <summary>Base of the attributes of recurrent layers.</summary>
/// <param name="hiddenSize">Units of the layer, the size of its hidden state. At least 1.</param>
public abstract class RecurrentAttribute(int hiddenSize) : LayerAttribute(hiddenSize)
{
    /// <summary>
    /// <see langword="true"/> (the default) hands the output of every step to the next layer;
    /// <see langword="false"/> only that of the last step of a window (many to one).
    /// </summary>
    public bool ReturnSequences { get; set; } = true;

    /// <summary>Whether the layer has biases. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// ONNX's clip: the sums of the gates, that is what goes into their functions, stay within -Clip .. Clip. 0, the default, is for no bound.
    /// </summary>
    public float Clip { get; set; }
}
