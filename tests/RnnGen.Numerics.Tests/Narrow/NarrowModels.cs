namespace RnnGen.Numerics.Tests.Narrow;

// Models whose steps read narrow weights, each with the same model in floats.

[RnnModel(inputSize: 12, sequenceLength: 40), Lstm(33), Linear(2)]
internal sealed partial class FloatLstm;

[RnnModel(inputSize: 12, sequenceLength: 40, Weights = WeightFormat.BFloat16), Lstm(33), Linear(2)]
internal sealed partial class HalfLstm;

[RnnModel(inputSize: 12, sequenceLength: 40, Weights = WeightFormat.Int8), Lstm(33), Linear(2)]
internal sealed partial class ByteLstm;

[RnnModel(inputSize: 12, sequenceLength: 40, Weights = WeightFormat.Int4), Lstm(33), Linear(2)]
internal sealed partial class NibbleLstm;

[RnnModel(inputSize: 17, sequenceLength: 20), Gru(64), Linear(2)]
internal sealed partial class FloatGru;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.BFloat16), Gru(64), Linear(2)]
internal sealed partial class HalfGru;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.Int8), Gru(64), Linear(2)]
internal sealed partial class ByteGru;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.Int4), Gru(64), Linear(2)]
internal sealed partial class NibbleGru;

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

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int4)]
internal sealed partial class NibbleStack
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

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int4), Rnn(31), Linear(2)]
internal sealed partial class NibbleRnn;

// The padding of a source that is no multiple of four has no weights; one number per step is not worth bytes.
[RnnModel(inputSize: 1, sequenceLength: 20, Weights = WeightFormat.Int8, NonFinite = NonFinite.Hold), Lstm(128), Linear(1)]
internal sealed partial class HeldBytes;

[RnnModel(inputSize: 9, sequenceLength: 20, BatchSize = 9, Weights = WeightFormat.Int8), Gru(40), Linear(3)]
internal sealed partial class ByteLanes;

[RnnModel(inputSize: 9, sequenceLength: 20, BatchSize = 9, Weights = WeightFormat.Int4), Gru(40), Linear(3)]
internal sealed partial class NibbleLanes;

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

    [Gru(20, Weights = WeightFormat.Int4)]
    public partial Layer Highest { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

// Without heads: outputs are the states.
[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int8), Rnn(31)]
internal sealed partial class ByteCell;

[RnnModel(inputSize: 9, sequenceLength: 20, Weights = WeightFormat.Int4), Rnn(31)]
internal sealed partial class NibbleCell;

[RnnModel(inputSize: 17, sequenceLength: 20, Weights = WeightFormat.Int8), Gru(64)]
internal sealed partial class ByteGates;

// Blocks of 64 rows: one, one and a part of another, two, more than two.
[RnnModel(inputSize: 64, sequenceLength: 20, Weights = WeightFormat.Int4), Rnn(110)]
internal sealed partial class NibbleBlocks;

[RnnModel(inputSize: 140, sequenceLength: 20, Weights = WeightFormat.Int4), Rnn(208)]
internal sealed partial class ManyNibbleBlocks;

[RnnModel(inputSize: 128, sequenceLength: 20, Weights = WeightFormat.Int4), Gru(64)]
internal sealed partial class NibbleGates;
