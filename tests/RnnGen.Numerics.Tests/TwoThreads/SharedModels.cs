namespace RnnGen.Numerics.Tests.TwoThreads;

// Models whose steps two threads share, each with the same model for one thread.

[RnnModel(64, 40), Lstm(128)]
internal sealed partial class AloneLstm;

[RnnModel(64, 40, Parallel = 2), Lstm(128)]
internal sealed partial class SharedLstm;

// An odd number of tiles, a product with a value of the step, and layers that one thread has to itself, before, between and behind those that are shared.
[RnnModel(20, 40, BatchSize = 4)]
internal sealed partial class AloneStack
{
    [Dense(50)] public partial Layer First { get; }

    [Gru(176, LinearBeforeReset = false)] public partial Layer Second { get; }

    [LayerNorm] public partial Layer Third { get; }

    [Lstm(112, Peepholes = true, LearnInitialState = true)] public partial Layer Fourth { get; }

    [Rnn(9)] public partial Layer Fifth { get; }

    [Softmax(3)] public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Fourth)])] public partial Layer Size { get; }
}

[RnnModel(20, 40, BatchSize = 4, Parallel = 2)]
internal sealed partial class SharedStack
{
    [Dense(50)] public partial Layer First { get; }

    [Gru(176, LinearBeforeReset = false)] public partial Layer Second { get; }

    [LayerNorm] public partial Layer Third { get; }

    [Lstm(112, Peepholes = true, LearnInitialState = true)] public partial Layer Fourth { get; }

    [Rnn(9)] public partial Layer Fifth { get; }

    [Softmax(3)] public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Fourth)])] public partial Layer Size { get; }
}

[RnnModel(128, 40, Weights = WeightFormat.BFloat16), Gru(192), Linear(4)]
internal sealed partial class AloneHalves;

[RnnModel(128, 40, Weights = WeightFormat.BFloat16, Parallel = 2), Gru(192), Linear(4)]
internal sealed partial class SharedHalves;

// Levels with the same kernels, whose weights are in different places.
[RnnModel(128, 40, Weights = WeightFormat.Int8), Lstm(128, Layers = 3), Linear(4)]
internal sealed partial class AloneBytes;

[RnnModel(128, 40, Weights = WeightFormat.Int8, Parallel = 2), Lstm(128, Layers = 3), Linear(4)]
internal sealed partial class SharedBytes;

[RnnModel(64, 40, Weights = WeightFormat.Int4), Gru(256, LinearBeforeReset = false), Linear(4)]
internal sealed partial class AloneNibbles;

[RnnModel(64, 40, Weights = WeightFormat.Int4, Parallel = 2), Gru(256, LinearBeforeReset = false), Linear(4)]
internal sealed partial class SharedNibbles;

[RnnModel(30, 40, Tokens = true), Lstm(160), Softmax(30)]
internal sealed partial class AloneTokens;

[RnnModel(30, 40, Tokens = true, Parallel = 2), Lstm(160), Softmax(30)]
internal sealed partial class SharedTokens;

[RnnModel(64, 40, NonFinite = NonFinite.Hold), Lstm(128, Residual = false), Linear(2)]
internal sealed partial class AloneHeld;

[RnnModel(64, 40, NonFinite = NonFinite.Hold, Parallel = 2), Lstm(128, Residual = false), Linear(2)]
internal sealed partial class SharedHeld;

[RnnModel(64, 40), Lstm(128, ReturnSequences = false), Softmax(3)]
internal sealed partial class AloneToOne;

[RnnModel(64, 40, Parallel = 2), Lstm(128, ReturnSequences = false), Softmax(3)]
internal sealed partial class SharedToOne;
