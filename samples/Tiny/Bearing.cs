using RnnGen;

/// <summary>Predicts the next sample of a vibration sensor.</summary>
[RnnModel(inputSize: 1, sequenceLength: 100)]
public sealed partial class Bearing
{
    /// <summary>The memory.</summary>
    [Gru(16)]
    public partial Layer Memory { get; }

    /// <summary>The next sample.</summary>
    [Linear(1)]
    public partial Layer Next { get; }
}
