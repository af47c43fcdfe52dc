namespace RnnGen.Tests.Models;

// Small models that together have every kind of input, layer and head. Sizes are odd, so that the packed weights have padding.

[RnnModel(inputSize: 5, sequenceLength: 6, Tokens = true)]
internal sealed partial class TokenRnn
{
    [Rnn(10)]
    public partial Layer Hidden { get; }

    [Softmax(4)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8), Lstm(9), Linear(2)]
internal sealed partial class ShortLstm;

// Large enough for two threads.
[RnnModel(inputSize: 6, sequenceLength: 8, Parallel = 2), Lstm(80)]
internal sealed partial class SharedLstm;

[RnnModel(inputSize: 4, sequenceLength: 7)]
internal sealed partial class GruStack
{
    [Gru(18)]
    public partial Layer Lower { get; }

    [Gru(5, ReturnSequences = false)]
    public partial Layer Upper { get; }

    [Sigmoid(3)]
    public partial Layer Answers { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class HeadlessGru
{
    [Gru(7, LinearBeforeReset = false)]
    public partial Layer Only { get; }
}

[RnnModel(inputSize: 7, sequenceLength: 5)]
internal sealed partial class EmbeddingMix
{
    [Embedding(6)]
    public partial Layer Words { get; }

    [Dense(5)]
    public partial Layer Mixed { get; }

    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    [Rnn(4, Activation = Activation.Sigmoid)]
    public partial Layer Hidden { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

/// <summary>Without a recurrent layer: nothing that is infinite meets a zero on the way back.</summary>
[RnnModel(inputSize: 2, sequenceLength: 4)]
internal sealed partial class Plain
{
    [Linear(1)]
    public partial Layer Value { get; }
}

/// <summary>Large enough for statistics of untrained weights.</summary>
[RnnModel(inputSize: 500, sequenceLength: 2)]
internal sealed partial class Wide
{
    [Embedding(20)]
    public partial Layer Words { get; }

    [Dense(50)]
    public partial Layer Mixed { get; }

    [Rnn(40)]
    public partial Layer First { get; }

    [Lstm(20)]
    public partial Layer Second { get; }

    [Gru(30)]
    public partial Layer Third { get; }

    [Linear(10)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 7, sequenceLength: 5)]
internal sealed partial class TiedWords
{
    [Embedding(3)]
    public partial Layer Words { get; }

    [Gru(3)]
    public partial Layer Memory { get; }

    [Softmax(7, Tied = nameof(Words), ClassWeights = [0, 1, 1, 2, 1, 1, 0.5])]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class Scaled
{
    [Normalization]
    public partial Layer Scale { get; }

    [Gru(4)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class Alarms
{
    [Rnn(4)]
    public partial Layer Memory { get; }

    [Sigmoid(2, PositiveWeights = [10, 0.5])]
    public partial Layer Answers { get; }
}

/// <summary>A class per step, and two numbers for the whole window.</summary>
[RnnModel(inputSize: 3, sequenceLength: 5)]
internal sealed partial class TwoHeads
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Rnn(4, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Softmax(3, From = [nameof(Memory)], Weight = 0.5)]
    public partial Layer Kind { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}
