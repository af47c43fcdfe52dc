using RnnGen;

/// <summary>Says after every reading of a pump how likely it is that something is wrong. Reproducible: it computes the same bits on every machine, so that anyone can check an answer.</summary>
[RnnModel(inputSize: 3, sequenceLength: 60, BatchSize = 16, Reproducible = true)]
public sealed partial class Detector
{
    /// <summary>Readings come as they are measured.</summary>
    [Normalization]
    public partial Layer Scale { get; }

    /// <summary>The memory: all that a stream has.</summary>
    [Gru(12)]
    public partial Layer Memory { get; }

    /// <summary>The probability.</summary>
    [Sigmoid(1)]
    public partial Layer Wrong { get; }
}
