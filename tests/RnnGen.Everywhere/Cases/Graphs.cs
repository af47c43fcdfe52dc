namespace RnnGen.Everywhere;

/// <summary>Directions, levels, joins, layers that are not recurrent, tokens, many to one.</summary>
internal static class Graphs
{
    public static IEnumerable<Case> Cases =>
    [
        .. Passes.Windowed<Reversed, float>(),
        .. Passes.Windowed<BothConcatenated, float>(),
        .. Passes.Windowed<BothAveraged, float>(),
        .. Passes.Windowed<LastOnly, float>(),
        .. Passes.Streamed<Stacked, float>(),
        .. Passes.Streamed<Joined, int>(),
        .. Passes.Streamed<OneHot, int>(),
        .. Passes.Streamed<Mixed, float>(),
    ];
}

[RnnModel(5, 7), Lstm(13, Direction = Direction.Reverse), Linear(2)]
internal sealed partial class Reversed;

[RnnModel(5, 7), Gru(13, Direction = Direction.Bidirectional, Layers = 2), Linear(2)]
internal sealed partial class BothConcatenated;

[RnnModel(5, 7), Rnn(17, Direction = Direction.Bidirectional, Merge = Merge.Average), Linear(2)]
internal sealed partial class BothAveraged;

[RnnModel(5, 7), Lstm(20, ReturnSequences = false), Softmax(4)]
internal sealed partial class LastOnly;

[RnnModel(20, 7), Lstm(20, Layers = 3, Residual = true), Linear(2)]
internal sealed partial class Stacked;

[RnnModel(9, 7, Tokens = true)]
internal sealed partial class Joined
{
    [Embedding(7)] public partial Layer Letters { get; }

    [Gru(18)] public partial Layer Low { get; }

    [Lstm(18, Residual = true)] public partial Layer High { get; }

    [LayerNorm] public partial Layer Even { get; }

    [Softmax(9, From = [nameof(Even), nameof(Letters)])] public partial Layer Next { get; }
}

[RnnModel(27, 7, Tokens = true), Gru(24), Softmax(27)]
internal sealed partial class OneHot;

[RnnModel(5, 7)]
internal sealed partial class Mixed
{
    [Dense(16)] public partial Layer Low { get; }

    [Activation(Activation.Tanh)] public partial Layer Bent { get; }

    [Rnn(16, Residual = true)] public partial Layer Memory { get; }

    [Dense(16, Residual = true)] public partial Layer High { get; }

    [Sigmoid(3)] public partial Layer Answer { get; }
}
