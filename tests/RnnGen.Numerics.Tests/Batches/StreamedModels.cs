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
