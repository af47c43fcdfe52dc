namespace RnnGen;

/// <summary>Base of the attributes that declare one layer of a model.</summary>
/// <param name="size">Numbers that the layer puts out per step.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public abstract class LayerAttribute(int size) : Attribute
{
    /// <summary>Numbers that the layer puts out per step; 0 where it is the input's size.</summary>
    public int Size { get; } = size;

    /// <summary>
    /// Names of the layers that the layer reads, side by side: <c>From = [nameof(Low), Layer.Input]</c>. They must be declared before it, and
    /// be no heads. By default it reads the last layer before it that is no head; the first layer reads the model's input.
    /// </summary>
    public string[] From { get; set; } = [];
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
    /// In which direction the layer goes through a window. A model with a layer that is not <see cref="Direction.Forward"/> needs whole
    /// windows: it has <c>Forward</c> and <c>Backward</c>, but cannot be streamed with <c>Step</c>. With <see cref="ReturnSequences"/> off
    /// a reverse layer hands on its output for the first step, the last one that it reaches.
    /// </summary>
    public Direction Direction { get; set; }

    /// <summary>What becomes of the two outputs of a bidirectional layer. Side by side by default.</summary>
    public Merge Merge { get; set; }

    /// <summary>
    /// Number of layers, one on top of the other, at least 1: PyTorch's <c>num_layers</c>, with its names for the parameters
    /// (<c>weight_ih_l1</c>, <c>weight_ih_l1_reverse</c>). The states of the upper ones are named likewise, such as <c>h_l1</c>. 1 by default.
    /// </summary>
    public int Layers { get; set; } = 1;

    /// <summary>Whether the layer's input is added to its output, which must be of the same size: a residual connection (He et al. 2016).</summary>
    public bool Residual { get; set; }

    /// <summary>
    /// ONNX's clip: the sums of the gates, that is what goes into their functions, stay within -Clip .. Clip. 0, the default, is for no bound.
    /// </summary>
    public double Clip { get; set; }

    /// <summary>
    /// Recurrent dropout, Keras' recurrent_dropout (Gal and Ghahramani 2016): the probability, at least 0 and less than 1, that a recorded
    /// <c>Forward</c> sets a number of h to 0 where the matrices read it; the others are divided by what is left of 1. The same numbers are
    /// dropped at every step of a window. <c>Step</c>, <c>Forward</c> without a tape and <c>Evaluate</c> leave it out, at no cost. The random
    /// numbers are the tape's: <see cref="Tape.Seed"/>. 0 by default.
    /// </summary>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// Zoneout (Krueger et al. 2017): the probability, at least 0 and less than 1, that a number of h stays as it was, drawn anew for every unit
    /// and step of a recorded <c>Forward</c>. Elsewhere the mean is taken, <c>h' = (1 - Zoneout) ∘ hNew + Zoneout ∘ h</c>. The random numbers
    /// are the tape's: <see cref="Tape.Seed"/>. 0 by default.
    /// </summary>
    public double Zoneout { get; set; }

    /// <summary>
    /// Whether the states that a sequence starts from are trained, and not zero. The checkpoint has them as <c>initial_h_l0</c> and
    /// <c>initial_c_l0</c>; they begin with zeros. A stream starts from them when it is created or reset, and a window that is recorded
    /// from there trains them. A state that is carried on, copied or set does not. <see langword="false"/> by default.
    /// </summary>
    public bool LearnInitialState { get; set; }
}
