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

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class KeptGates
{
    [Mgu(6)]
    public partial Layer Lower { get; }

    [LayerNorm]
    public partial Layer Scaled { get; }

    [Activation(Activation.LeakyRelu, Alpha = 0.2)]
    public partial Layer Bent { get; }

    [MinGru(6, Residual = true)]
    public partial Layer Upper { get; }

    [Quantile(0.1, 0.5, 0.9)]
    public partial Layer Range { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 8)]
internal sealed partial class KeptPen
{
    [Lstm(8, ProjectionSize = 5, Zoneout = 0.1, ZoneoutCell = 0.1)]
    public partial Layer Lower { get; }

    [Lstm(5, LayerNorm = true, InputForget = true, Clip = 3, RecurrentDropout = 0.1)]
    public partial Layer Upper { get; }

    [Mixture(2, 2, Covariance = Covariance.Full, Binary = 1)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8, BatchSize = 3)]
internal sealed partial class KeptSpeech
{
    [Lstm(6, Direction = Direction.Bidirectional, Merge = Merge.Sum)]
    public partial Layer Memory { get; }

    [Ctc(3)]
    public partial Layer Labels { get; }
}

/// <summary>Reads a window to its end, backwards and forwards, and answers once, with two heads.</summary>
[RnnModel(inputSize: 3, sequenceLength: 8, Precise = true)]
internal sealed partial class KeptAnswers
{
    [Rnn(5, Direction = Direction.Reverse, Activation = Activation.Relu)]
    public partial Layer Back { get; }

    [Gru(6, From = [nameof(Back), Layer.Input], ReturnSequences = false)]
    public partial Layer Memory { get; }

    [Softmax(4)]
    public partial Layer Kind { get; }

    [Linear(2, Loss = Loss.Huber, Weight = 0.5f)]
    public partial Layer Value { get; }
}
