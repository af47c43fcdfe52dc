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
