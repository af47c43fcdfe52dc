namespace RnnGen.Tests.States;

// Models that keep their streams clean, and the same ones that do not.

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9, NonFinite = NonFinite.Throw), Lstm(10), Linear(2)]
internal sealed partial class StrictLstm;

[RnnModel(inputSize: 3, sequenceLength: 6, NonFinite = NonFinite.Throw), Gru(10, Direction = Direction.Bidirectional), Linear(2)]
internal sealed partial class StrictWindows;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9, NonFinite = NonFinite.Hold), Lstm(10), Linear(2)]
internal sealed partial class CleanLstm;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9), Lstm(10), Linear(2)]
internal sealed partial class PlainLstm;

/// <summary>Without a head: the output of a step is the state itself. It starts from what it has learned.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9, NonFinite = NonFinite.Hold), Gru(20, LearnInitialState = true)]
internal sealed partial class CleanGru;

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9), Gru(20, LearnInitialState = true)]
internal sealed partial class PlainGru;

/// <summary>A head that reads every step, and layers that run once per window.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9, NonFinite = NonFinite.Hold)]
internal sealed partial class CleanHeads
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Rnn(4, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Dense(5)]
    public partial Layer Mix { get; }

    [Softmax(3, From = [nameof(Memory), Layer.Input])]
    public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Mix)])]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9)]
internal sealed partial class PlainHeads
{
    [Gru(6)]
    public partial Layer Memory { get; }

    [Rnn(4, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Dense(5)]
    public partial Layer Mix { get; }

    [Softmax(3, From = [nameof(Memory), Layer.Input])]
    public partial Layer Kind { get; }

    [Linear(2, From = [nameof(Mix)])]
    public partial Layer Value { get; }
}

/// <summary>So large that the inputs of 16 steps of a window are summed ahead.</summary>
[RnnModel(inputSize: 40, sequenceLength: 40, BatchSize = 3, NonFinite = NonFinite.Hold), Lstm(64), Softmax(4)]
internal sealed partial class CleanWide;

[RnnModel(inputSize: 40, sequenceLength: 40, BatchSize = 3), Lstm(64), Softmax(4)]
internal sealed partial class PlainWide;

/// <summary>Without a state.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9, NonFinite = NonFinite.Hold)]
internal sealed partial class CleanDense
{
    [Dense(5)]
    public partial Layer First { get; }

    [Sigmoid(2)]
    public partial Layer Second { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, BatchSize = 9)]
internal sealed partial class PlainDense
{
    [Dense(5)]
    public partial Layer First { get; }

    [Sigmoid(2)]
    public partial Layer Second { get; }
}

/// <summary>A cell that finite inputs can make infinite.</summary>
[RnnModel(inputSize: 1, sequenceLength: 8, BatchSize = 2, NonFinite = NonFinite.Hold), Rnn(5, Activation = Activation.Relu), Linear(1)]
internal sealed partial class CleanRelu;
