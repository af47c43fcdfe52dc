namespace RnnGen.Numerics.Tests.Narrow;

// Models whose steps read narrow weights, each with the same model in floats.

[RnnModel(inputSize: 12, sequenceLength: 40), Lstm(33), Linear(2)]
internal sealed partial class FloatLstm;

[RnnModel(inputSize: 12, sequenceLength: 40, Weights = WeightFormat.BFloat16), Lstm(33), Linear(2)]
internal sealed partial class HalfLstm;

[RnnModel(inputSize: 12, sequenceLength: 40, Weights = WeightFormat.Int8), Lstm(33), Linear(2)]
internal sealed partial class ByteLstm;

[RnnModel(inputSize: 17, sequenceLength: 20), Gru(64), Linear(2)]
internal sealed partial class FloatGru;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.BFloat16), Gru(64), Linear(2)]
internal sealed partial class HalfGru;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.Int8), Gru(64), Linear(2)]
internal sealed partial class ByteGru;

// Products with a value of the step, several levels with the same kernels, a layer that goes backwards.
[RnnModel(inputSize: 9, sequenceLength: 20)]
internal sealed partial class FloatStack
{
    [Gru(20, LinearBeforeReset = false)]
    public partial Layer Low { get; }

    [Lstm(20, Layers = 2, Peepholes = true, ProjectionSize = 11)]
    public partial Layer Middle { get; }

    [Mgu(40, Direction = Direction.Bidirectional)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.BFloat16)]
internal sealed partial class HalfStack
{
    [Gru(20, LinearBeforeReset = false)]
    public partial Layer Low { get; }

    [Lstm(20, Layers = 2, Peepholes = true, ProjectionSize = 11)]
    public partial Layer Middle { get; }

    [Mgu(40, Direction = Direction.Bidirectional)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8)]
internal sealed partial class ByteStack
{
    [Gru(20, LinearBeforeReset = false)]
    public partial Layer Low { get; }

    [Lstm(20, Layers = 2, Peepholes = true, ProjectionSize = 11)]
    public partial Layer Middle { get; }

    [Mgu(40, Direction = Direction.Bidirectional)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 20), Rnn(31), Linear(2)]
internal sealed partial class FloatRnn;

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.BFloat16), Rnn(31), Linear(2)]
internal sealed partial class HalfRnn;

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8), Rnn(31), Linear(2)]
internal sealed partial class ByteRnn;

// The padding of a source that is no multiple of four has no weights; one number per step is not worth bytes.
[RnnModel(inputSize: 1, sequenceLength: 20, Weights = WeightFormat.Int8, NonFinite = NonFinite.Hold), Lstm(128), Linear(1)]
internal sealed partial class HeldBytes;

[RnnModel(inputSize: 9, sequenceLength: 20, BatchSize = 9, Weights = WeightFormat.Int8), Gru(40), Linear(3)]
internal sealed partial class ByteLanes;

// Each layer its own: two with the same equations that read different bytes, and one that stays exact.
[RnnModel(inputSize: 20, sequenceLength: 20, Weights = WeightFormat.Int8)]
internal sealed partial class MixedStack
{
    [Gru(20)]
    public partial Layer Low { get; }

    [Gru(20, Weights = WeightFormat.BFloat16)]
    public partial Layer Middle { get; }

    [Gru(20, Weights = WeightFormat.Float32)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

// Without heads: outputs are the states.
[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8), Rnn(31)]
internal sealed partial class ByteCell;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.Int8), Gru(64)]
internal sealed partial class ByteGates;
