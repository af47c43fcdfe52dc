using RnnGen;

/// <summary>Says after every frame of an accelerometer what its wearer does.</summary>
[RnnModel(inputSize: Wearer.Axes, sequenceLength: 200)]
public sealed partial class Watch
{
    /// <summary>The memory.</summary>
    [Gru(32)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the activities.</summary>
    [Softmax(4)]
    public partial Layer Activity { get; }
}
