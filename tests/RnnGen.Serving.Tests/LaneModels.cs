namespace RnnGen.Tests.Serving;

[RnnModel(inputSize: 3, sequenceLength: 4, BatchSize = 16), Gru(12, LearnInitialState = true), Linear(2)]
internal sealed partial class LaneMeter;

[RnnModel(inputSize: 2, sequenceLength: 4, BatchSize = 5, NonFinite = NonFinite.Hold, Reproducible = true), Lstm(5), Linear(1)]
internal sealed partial class LaneHolding;

[RnnModel(inputSize: 7, sequenceLength: 4, BatchSize = 9, Tokens = true, Reproducible = true), Rnn(9), Softmax(7)]
internal sealed partial class LaneLetters;

[RnnModel(inputSize: 3, sequenceLength: 4, BatchSize = 10, Weights = WeightFormat.Int8), Lstm(20), Linear(2)]
internal sealed partial class LaneBytes;

[RnnModel(inputSize: 2, sequenceLength: 4, BatchSize = 8, NonFinite = NonFinite.Throw, Reproducible = true), Gru(4), Linear(2)]
internal sealed partial class LaneThrowing;

[RnnModel(inputSize: 2, sequenceLength: 4, BatchSize = 8, Reproducible = true)]
internal sealed partial class LaneHeads
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Softmax(3)]
    public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Memory)])]
    public partial Layer Level { get; }
}

/// <summary>As <see cref="Keyed"/>, with lanes: each step tells whose state it had, and which version computed it.</summary>
[RnnModel(inputSize: 1, sequenceLength: 4, BatchSize = 16)]
internal sealed partial class KeyedLanes
{
    [Rnn(2, Activation = Activation.Relu)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Out { get; }

    public static KeyedLanes Of(int version)
    {
        var model = new KeyedLanes(seed: 1);
        Keyed.SetWeights(model.Memory, model.Out, version);
        return model;
    }
}
