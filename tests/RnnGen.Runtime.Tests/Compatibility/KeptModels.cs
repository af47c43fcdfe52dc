namespace RnnGen.Tests.Compatibility;

// The models whose files tests/compatibility keeps. Their names, layers and sizes never change: they stand for the models of users.

[RnnModel(inputSize: 6, sequenceLength: 8, Tokens = true)]
internal sealed partial class KeptLetters
{
    [Rnn(11)]
    public partial Layer Hidden { get; }

    [Softmax(6)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class KeptSensor
{
    [Lstm(9, Peepholes = true, LearnInitialState = true)]
    public partial Layer Lower { get; }

    [Gru(5, Layers = 2)]
    public partial Layer Upper { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class KeptFrames
{
    [Normalization]
    public partial Layer Scale { get; }

    [Gru(7, Direction = Direction.Bidirectional, LinearBeforeReset = false)]
    public partial Layer Memory { get; }

    [Dense(6)]
    public partial Layer Mixed { get; }

    [Sigmoid(3)]
    public partial Layer Labels { get; }
}

[RnnModel(inputSize: 7, sequenceLength: 8, BatchSize = 4, Tokens = true)]
internal sealed partial class KeptWords
{
    [Embedding(5)]
    public partial Layer Words { get; }

    [Dropout(0.2)]
    public partial Layer Thinned { get; }

    [Lstm(5)]
    public partial Layer Memory { get; }

    [Softmax(7, Tied = nameof(Words))]
    public partial Layer Next { get; }
}

/// <summary>No recurrent layer: a stream without a state.</summary>
[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class KeptLine
{
    [Linear(2)]
    public partial Layer Value { get; }
}
