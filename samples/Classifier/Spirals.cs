using RnnGen;

/// <summary>Says to which of three spirals a point of the plane belongs. One step, no memory: one to one.</summary>
[RnnModel(inputSize: 2, sequenceLength: 1)]
public sealed partial class Spirals
{
    /// <summary>First hidden layer.</summary>
    [Dense(24)]
    public partial Layer First { get; }

    /// <summary>Its activation.</summary>
    [Activation(Activation.Tanh)]
    public partial Layer FirstTanh { get; }

    /// <summary>Second hidden layer.</summary>
    [Dense(24)]
    public partial Layer Second { get; }

    /// <summary>Its activation.</summary>
    [Activation(Activation.Tanh)]
    public partial Layer SecondTanh { get; }

    /// <summary>Probabilities of the three arms.</summary>
    [Softmax(3)]
    public partial Layer Arm { get; }
}
