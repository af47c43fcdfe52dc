namespace RnnGen;

/// <summary>Base class of the attributes that declare a layer of a model.</summary>
/// <param name="size">Number of outputs per step; 0 if it is that of the layer's input.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property, Inherited = false)]
public abstract class LayerAttribute(int size) : Attribute
{
    /// <summary>Number of outputs per step; 0 if it is that of the layer's input.</summary>
    public virtual int Size { get; } = size;

    /// <summary>
    /// The names of the layers whose concatenated outputs this layer reads: <c>From = [nameof(Low), Layer.Input]</c>. They must be declared before it and
    /// must not be heads. By default, a layer reads the last layer before it that is not a head, and the first layer reads the model's input.
    /// </summary>
    public string[] From { get; set; } = [];
}

/// <summary>Base class of the attributes of recurrent layers.</summary>
/// <param name="hiddenSize">Number of units, the size of the hidden state. At least 1.</param>
public abstract class RecurrentAttribute(int hiddenSize) : LayerAttribute(hiddenSize)
{
    /// <summary>
    /// Whether the next layer gets the output of every step (<see langword="true"/>, the default)
    /// or only that of the last step of a window (<see langword="false"/>, many to one).
    /// </summary>
    public bool ReturnSequences { get; set; } = true;

    /// <summary>Whether the layer has biases. <see langword="true"/> by default.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>
    /// The direction in which the layer runs through a window. A model with a layer that is not <see cref="Direction.Forward"/> needs whole
    /// windows: it has <c>Forward</c> and <c>Backward</c>, but cannot be streamed with <c>Step</c>. If <see cref="ReturnSequences"/> is off, a reverse layer
    /// returns its output at the first step of the window, which is the last one that it computes.
    /// </summary>
    public Direction Direction { get; set; }

    /// <summary>How the two outputs of a bidirectional layer are combined. Concatenated by default.</summary>
    public Merge Merge { get; set; }

    /// <summary>
    /// Number of stacked levels, at least 1, 1 by default: PyTorch's <c>num_layers</c>, with its names of the parameters
    /// (<c>weight_ih_l1</c>, <c>weight_ih_l1_reverse</c>). The states of upper levels are named in the same way, such as <c>h_l1</c>.
    /// </summary>
    public int Layers { get; set; } = 1;

    /// <summary>
    /// Whether the layer's input is added to its output, which must be of the same size: a residual connection (He et al. 2016). <see langword="false"/>
    /// by default.
    /// </summary>
    public bool Residual { get; set; }

    /// <summary>
    /// ONNX's clip: the arguments of the gates' activation functions are limited to -Clip .. Clip. Finite and at least 0; 0, the default, means no limit.
    /// </summary>
    public double Clip { get; set; }

    /// <summary>
    /// Recurrent dropout, Keras' recurrent_dropout (Gal and Ghahramani 2016): the probability, at least 0 and less than 1, that a recorded
    /// <c>Forward</c> sets an element of h to 0 where the matrices read it; the others are divided by <c>1 - RecurrentDropout</c>. One mask is used for all
    /// steps of a window. <c>Step</c>, <c>Forward</c> without a tape and <c>Evaluate</c> skip it, at no cost. The masks are drawn from the tape's random
    /// numbers: <see cref="Tape.Seed"/>. 0 by default.
    /// </summary>
    public double RecurrentDropout { get; set; }

    /// <summary>
    /// Zoneout (Krueger et al. 2017): the probability, at least 0 and less than 1, that an element of h keeps its value, drawn for every unit and step of a
    /// recorded <c>Forward</c>. <c>Step</c>, <c>Forward</c> without a tape and <c>Evaluate</c> use the mean, <c>h' = (1 - Zoneout) ∘ hNew + Zoneout ∘ h</c>.
    /// The masks are drawn from the tape's random numbers: <see cref="Tape.Seed"/>. 0 by default.
    /// </summary>
    public double Zoneout { get; set; }

    /// <summary>
    /// Whether the initial states of a sequence are trained instead of zero. The checkpoint has them as <c>initial_h_l0</c> and
    /// <c>initial_c_l0</c>; they are initialized to zero. A stream starts from them when it is created or reset, and a window that is recorded
    /// from there trains them; a window that starts from a state that was carried over, copied or set does not. <see langword="false"/> by default.
    /// </summary>
    public bool LearnInitialState { get; set; }

    /// <summary>
    /// What <c>Step</c>, <c>Forward</c> and <c>Evaluate</c> read the weights of this layer as: fewer bytes are faster from some 64 units on, and less exact;
    /// <see cref="WeightFormat.Float32"/> keeps a layer exact. By default, what <see cref="RnnModelAttribute.Weights"/> says.
    /// </summary>
    public WeightFormat Weights { get; set; }
}
