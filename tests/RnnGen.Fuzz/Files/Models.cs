namespace RnnGen.Fuzz;

// Small models that together have every kind of tensor that a file may have.

[RnnModel(inputSize: 5, sequenceLength: 6, Tokens = true)]
internal sealed partial class Letters
{
    [Rnn(4)]
    public partial Layer Hidden { get; }

    [Softmax(5)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(3), Linear(2)]
internal sealed partial class Amp;

[RnnModel(inputSize: 3, sequenceLength: 4)]
internal sealed partial class Speech
{
    [Normalization]
    public partial Layer Scale { get; }

    [Gru(3, Direction = Direction.Bidirectional, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [Sigmoid(2)]
    public partial Layer Answers { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 4)]
internal sealed partial class Stateless
{
    [Linear(1)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 4, Weights = WeightFormat.Int8)]
internal sealed partial class Bytes
{
    [Gru(8)]
    public partial Layer Low { get; }

    [Rnn(8, Weights = WeightFormat.BFloat16)]
    public partial Layer High { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 4, Weights = WeightFormat.Int4), Lstm(8)]
internal sealed partial class Nibbles;

/// <summary>Large enough for a kill to meet it while it is written.</summary>
[RnnModel(inputSize: 100, sequenceLength: 1)]
internal sealed partial class Large
{
    [Dense(500)]
    public partial Layer Value { get; }
}
