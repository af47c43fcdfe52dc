using RnnGen;

/// <summary>Hears a whole utterance, forward and backward, before it writes down what was said.</summary>
[RnnModel(inputSize: LogMel.StepSize, sequenceLength: LogMel.LongestSteps, BatchSize = 16)]
public sealed partial class Transcriber
{
    /// <summary>Every band with mean 0 and variance 1.</summary>
    [Normalization]
    public partial Layer Scale { get; }

    /// <summary>The memory, in both directions.</summary>
    [Gru(48, Direction = Direction.Bidirectional)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the ten digits and of the blank.</summary>
    [Ctc(labels: 10, Blank = CtcBlank.Last)]
    public partial Layer Digits { get; }
}

/// <summary>Hears speech while it is spoken, and writes down every digit as soon as it is certain.</summary>
[RnnModel(inputSize: LogMel.StepSize, sequenceLength: LogMel.LongestSteps, BatchSize = 16)]
public sealed partial class Captioner
{
    /// <summary>Every band with mean 0 and variance 1.</summary>
    [Normalization]
    public partial Layer Scale { get; }

    /// <summary>The memory of what has been heard.</summary>
    [Gru(96)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the ten digits and of the blank.</summary>
    [Ctc(labels: 10, Blank = CtcBlank.Last)]
    public partial Layer Digits { get; }
}
