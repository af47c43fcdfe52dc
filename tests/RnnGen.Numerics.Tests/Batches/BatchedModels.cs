namespace RnnGen.Numerics.Tests.Batches;

// Sizes that leave lanes, rows and units over, every cell, and what else a model can have. Layers with too little work for groups are in it, too.
[RnnModel(3, 7, BatchSize = 19)]
internal sealed partial class BatchedRnn
{
    [Rnn(37)] public partial Layer Memory { get; }

    [Linear(2)] public partial Layer Answer { get; }
}

[RnnModel(6, 9, BatchSize = 19)]
internal sealed partial class BatchedLstm
{
    [Lstm(21)] public partial Layer Low { get; }

    [Lstm(33)] public partial Layer High { get; }

    [Softmax(4)] public partial Layer Answer { get; }
}

// One set of kernels for all but the first layer's step, whose inputs are the caller's.
[RnnModel(20, 5, BatchSize = 11)]
internal sealed partial class BatchedTwins
{
    [Lstm(20)] public partial Layer Low { get; }

    [Lstm(20)] public partial Layer Middle { get; }

    [Lstm(20)] public partial Layer High { get; }

    [Linear(4)] public partial Layer Answer { get; }
}

[RnnModel(18, 6, BatchSize = 11)]
internal sealed partial class BatchedGru
{
    [Gru(40)] public partial Layer Memory { get; }

    [Sigmoid(3)] public partial Layer Answer { get; }
}

// Two phases, no head.
[RnnModel(4, 6, BatchSize = 16), Gru(70, LinearBeforeReset = false)]
internal sealed partial class BatchedResetBefore;

// Tokens, both directions, levels, joins.
[RnnModel(9, 6, Tokens = true, BatchSize = 17)]
internal sealed partial class BatchedGraph
{
    [Embedding(7)] public partial Layer Letters { get; }

    [Gru(21, Direction = Direction.Bidirectional, Layers = 2)] public partial Layer Memory { get; }

    [Dense(42, Residual = true)] public partial Layer Mixed { get; }

    [Softmax(4, From = [nameof(Mixed), nameof(Letters)])] public partial Layer Answer { get; }
}

// Tokens without an embedding, joins in a step, and means.
[RnnModel(9, 6, Tokens = true, BatchSize = 17)]
internal sealed partial class BatchedTokens
{
    [Lstm(18, LayerNorm = true, Peepholes = true)] public partial Layer Low { get; }

    [Gru(18, Residual = true)] public partial Layer High { get; }

    [LayerNorm] public partial Layer Even { get; }

    [Linear(2, From = [nameof(Even), nameof(Low)])] public partial Layer Answer { get; }
}

[RnnModel(3, 6, BatchSize = 11)]
internal sealed partial class BatchedMinimal
{
    [MinGru(21)] public partial Layer Low { get; }

    [Mgu(37)] public partial Layer High { get; }

    [Linear(2)] public partial Layer Answer { get; }
}

// Many to one, with layers that run once per window.
[RnnModel(5, 6, BatchSize = 9)]
internal sealed partial class BatchedLast
{
    [Lstm(17, ReturnSequences = false, ProjectionSize = 6)] public partial Layer Memory { get; }

    [Dense(10)] public partial Layer Mixed { get; }

    [Softmax(4, From = [nameof(Mixed), nameof(Memory)])] public partial Layer Answer { get; }
}

// Both final states side by side.
[RnnModel(5, 6, BatchSize = 9)]
internal sealed partial class BatchedEnds
{
    [Gru(19, ReturnSequences = false, Direction = Direction.Bidirectional)] public partial Layer Memory { get; }

    [Dropout(0)] public partial Layer Some { get; }

    [Sigmoid(4)] public partial Layer Answer { get; }
}
