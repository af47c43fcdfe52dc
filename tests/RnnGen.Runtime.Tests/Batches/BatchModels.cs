namespace RnnGen.Tests.Batches;

// TokenRnn and models of two heads, as singles and as batches.

[RnnModel(inputSize: 5, sequenceLength: 6, Tokens = true, BatchSize = 9)]
internal sealed partial class TokenBatch
{
    [Rnn(10)]
    public partial Layer Hidden { get; }

    [Softmax(4)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9)]
internal sealed partial class TwoHeads
{
    [Gru(10)]
    public partial Layer Hidden { get; }

    [Dropout(0.25)]
    public partial Layer Some { get; }

    [Softmax(4)]
    public partial Layer Kind { get; }

    [Linear(2, Weight = 0.5, From = [nameof(Some)])]
    public partial Layer Size { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9)]
internal sealed partial class WholeWindows
{
    [Gru(10, Direction = Direction.Bidirectional)]
    public partial Layer Hidden { get; }

    [Linear(2)]
    public partial Layer Size { get; }
}

/// <summary>The model of the same name without batches.</summary>
[RnnModel(inputSize: 3, sequenceLength: 5, BatchSize = 4)]
internal sealed partial class TwoHeadsBatch
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

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9), Lstm(10, ReturnSequences = false), Softmax(4, ClassWeights = [1, 2, 0.5, 3])]
internal sealed partial class LastBatch;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9), Lstm(10, RecurrentDropout = 0.25, Zoneout = 0.1, ZoneoutCell = 0.5), Linear(2)]
internal sealed partial class MaskedBatch;

// Wide enough for its streams to be lanes.
[RnnModel(40, 6, BatchSize = 16), Lstm(64), Linear(4)]
internal sealed partial class Wide;

// Small enough for its streams to be elements of vectors.
[RnnModel(3, 6, BatchSize = 4), Gru(2), Linear(1)]
internal sealed partial class Tiny;
