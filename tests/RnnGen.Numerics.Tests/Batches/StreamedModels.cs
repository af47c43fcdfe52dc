namespace RnnGen.Numerics.Tests.Batches;

// Wide enough for lanes, unless something is against it, and with what a step can have besides.
[RnnModel(40, 6, BatchSize = 19), Lstm(64), Softmax(3)]
internal sealed partial class StreamedInLanes;

[RnnModel(40, 6), Lstm(64), Softmax(3)]
internal sealed partial class StreamedWide;

[RnnModel(40, 6, BatchSize = 19, Weights = WeightFormat.Int8), Lstm(64), Softmax(3)]
internal sealed partial class StreamedBytes;

[RnnModel(40, 6, Tokens = true, BatchSize = 64), Gru(72), Softmax(5)]
internal sealed partial class StreamedTokens;

[RnnModel(40, 6, BatchSize = 8), Gru(72, LearnInitialState = true), Linear(2)]
internal sealed partial class StreamedFromLearned;

[RnnModel(40, 6, BatchSize = 19, NonFinite = NonFinite.Hold), Lstm(64), Linear(3)]
internal sealed partial class StreamedHeld;

[RnnModel(4, 6, NonFinite = NonFinite.Hold), Gru(5), Linear(3)]
internal sealed partial class StreamedSmallHeld;

// Small enough for pairs: one sum and several, tiles that are not full, layers behind each other, and other states than h.
[RnnModel(3, 6, BatchSize = 4), Rnn(2)]
internal sealed partial class StreamedTiny;

[RnnModel(8, 6, BatchSize = 4)]
internal sealed partial class StreamedPairs
{
    [Lstm(20, Peepholes = true)] public partial Layer First { get; }

    [Gru(33)] public partial Layer Second { get; }

    [Dense(7)] public partial Layer Third { get; }

    [Softmax(3)] public partial Layer Kind { get; }
}

[RnnModel(16, 6, BatchSize = 4), Gru(32, LinearBeforeReset = false), Linear(2)]
internal sealed partial class StreamedStages;

[RnnModel(8, 6, BatchSize = 4, Reproducible = true), Lstm(24), Linear(3)]
internal sealed partial class StreamedSameBits;

// Its head runs once per window, so that it does so in each step that may be the last one.
[RnnModel(40, 6, BatchSize = 19), Lstm(64, ReturnSequences = false), Softmax(3)]
internal sealed partial class StreamedToOne;

[RnnModel(40, 6, BatchSize = 19)]
internal sealed partial class StreamedHeads
{
    [Lstm(64)] public partial Layer Memory { get; }

    [Softmax(3)] public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Memory)])] public partial Layer Size { get; }
}

// Few enough units for streams to be the elements of vectors: widths of rows that are whole blocks of four numbers, and others; every cell; values in scratch memory; heads.
[RnnModel(7, 6, BatchSize = 4)]
internal sealed partial class StreamedTinyCells
{
    [Lstm(2)] public partial Layer First { get; }

    [Gru(3, Layers = 2)] public partial Layer Second { get; }

    [Rnn(1)] public partial Layer Third { get; }

    [Mgu(5)] public partial Layer Fourth { get; }

    [MinGru(4)] public partial Layer Fifth { get; }

    [Lstm(2, Peepholes = true, InputForget = true)] public partial Layer Sixth { get; }

    [Linear(3)] public partial Layer Answer { get; }
}

[RnnModel(2, 6, BatchSize = 4)]
internal sealed partial class StreamedTinyStages
{
    [Gru(4, LinearBeforeReset = false)] public partial Layer First { get; }

    [Dense(3)] public partial Layer Second { get; }

    [Activation(Activation.Tanh)] public partial Layer Third { get; }

    [Linear(1)] public partial Layer Answer { get; }
}

[RnnModel(5, 6, BatchSize = 4, Precise = true), Lstm(3)]
internal sealed partial class StreamedTinyPrecise;

[RnnModel(1, 6, BatchSize = 4), Gru(2, Bias = false), Softmax(5)]
internal sealed partial class StreamedTinyClasses;

[RnnModel(4, 6, BatchSize = 4), Lstm(2), Quantile(0.1, 0.5, 0.9)]
internal sealed partial class StreamedTinyQuantiles;

[RnnModel(6, 6, BatchSize = 4)]
internal sealed partial class StreamedTinyDense
{
    [Dense(3)] public partial Layer First { get; }

    [Activation(Activation.Relu)] public partial Layer Second { get; }

    [Sigmoid(4)] public partial Layer Answer { get; }
}

[RnnModel(1, 6, BatchSize = 4), Lstm(20)]
internal sealed partial class StreamedLoose;

[RnnModel(9, 6, BatchSize = 4)]
internal sealed partial class StreamedLooseCells
{
    [Gru(10)] public partial Layer First { get; }

    [Rnn(20)] public partial Layer Second { get; }

    [Lstm(9, Peepholes = true)] public partial Layer Third { get; }

    [Sigmoid(3)] public partial Layer Answer { get; }
}

[RnnModel(3, 6, BatchSize = 4, Reproducible = true)]
internal sealed partial class StreamedLooseSameBits
{
    [Lstm(20)] public partial Layer First { get; }

    [Gru(10)] public partial Layer Second { get; }

    [Linear(3)] public partial Layer Answer { get; }
}
