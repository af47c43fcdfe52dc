namespace RnnGen.Formats.Tests.Placing;

// The classes of published networks, as a person writes them who has read what the networks are.

[RnnModel(inputSize: 6, sequenceLength: 11)]
internal sealed partial class BiGru
{
    [Gru(9, Direction = Direction.Bidirectional, Layers = 2)]
    public partial Layer Memory { get; }

    [LayerNorm]
    public partial Layer Norm { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Linear(4)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 12, sequenceLength: 15)]
internal sealed partial class LanguageModel
{
    [Embedding(5)]
    public partial Layer Words { get; }

    [Lstm(8)]
    public partial Layer Memory { get; }

    [Softmax(12)]
    public partial Layer Next { get; }
}

/// <summary>The recurrent part of Silero's speech detector.</summary>
[RnnModel(inputSize: 128, sequenceLength: 300)]
internal sealed partial class SpeechDetector
{
    [Lstm(128)]
    public partial Layer Memory { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Sigmoid(1)]
    public partial Layer Speech { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 1000)]
internal sealed partial class StackedGru
{
    [Gru(8)]
    public partial Layer First { get; }

    [Gru(8, Layers = 3)]
    public partial Layer Second { get; }

    [Linear(1)]
    public partial Layer Sound { get; }
}
