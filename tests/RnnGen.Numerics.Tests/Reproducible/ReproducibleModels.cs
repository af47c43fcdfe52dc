namespace RnnGen.Numerics.Tests.Reproducible;

// Models that give the same bits on every machine: every cell, head and option that computes in a way of its own.

// Large enough that the products with the inputs are computed ahead of the steps.
[RnnModel(inputSize: 40, sequenceLength: 36, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleLstm
{
    [Lstm(64)]
    public partial Layer Memory { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 12, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleGru
{
    [Gru(35)]
    public partial Layer Low { get; }

    [Gru(17, LinearBeforeReset = false)]
    public partial Layer High { get; }

    [Softmax(37)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 12, BatchSize = 9, Reproducible = true, Unroll = Unroll.None)]
internal sealed partial class ReproducibleRnn
{
    [LayerNorm]
    public partial Layer Scale { get; }

    [Rnn(70, Clip = 0.5, LearnInitialState = true)]
    public partial Layer Low { get; }

    [Rnn(20, Activation = Activation.Relu, Residual = false)]
    public partial Layer High { get; }

    [Sigmoid(19, PositiveWeights = new[] { 2.0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 3, 1 })]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 12, BatchSize = 9, Reproducible = true, Precise = true)]
internal sealed partial class ReproducibleNormalized
{
    [Normalization]
    public partial Layer Scale { get; }

    [Lstm(37, LayerNorm = true, ProjectionSize = 21, Peepholes = true)]
    public partial Layer Memory { get; }

    [Activation(Activation.Softplus)]
    public partial Layer Positive { get; }

    [Linear(20, Loss = Loss.Huber, Delta = 0.2)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 12, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleBidirectional
{
    [Lstm(18, Direction = Direction.Bidirectional, Layers = 2, Merge = Merge.Average)]
    public partial Layer Low { get; }

    [Dropout(0.25)]
    public partial Layer Some { get; }

    [Gru(9, Direction = Direction.Bidirectional, Merge = Merge.Multiply, From = [nameof(Some), Layer.Input])]
    public partial Layer High { get; }

    [Mixture(3, 2, Covariance = Covariance.Full, Binary = 1)]
    public partial Layer Pen { get; }
}

[RnnModel(inputSize: 23, sequenceLength: 12, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleWords
{
    [Embedding(19)]
    public partial Layer Words { get; }

    [Lstm(19, RecurrentDropout = 0.2, ZoneoutCell = 0.1, InputForget = true)]
    public partial Layer Memory { get; }

    [Softmax(23, Tied = nameof(Words))]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 12, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleQuantiles
{
    [Mgu(6)]
    public partial Layer Low { get; }

    [MinGru(33)]
    public partial Layer Middle { get; }

    [Quantile(0.1, 0.5, 0.9, Targets = 2)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 6, sequenceLength: 12, BatchSize = 9, Reproducible = true)]
internal sealed partial class ReproducibleLabels
{
    [Gru(21)]
    public partial Layer Memory { get; }

    [Ctc(5)]
    public partial Layer Labels { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 12, BatchSize = 9, Reproducible = true, Unroll = Unroll.Rows)]
internal sealed partial class ReproducibleFunctions
{
    [Rnn(17, Activation = Activation.Elu)]
    public partial Layer A { get; }

    [Dense(17)]
    public partial Layer B { get; }

    [Activation(Activation.Softplus)]
    public partial Layer C { get; }

    [Rnn(18, Activation = Activation.Softsign)]
    public partial Layer D { get; }

    [Activation(Activation.LeakyRelu, Alpha = 0.3)]
    public partial Layer E { get; }

    [Gru(7, GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.ScaledTanh, CandidateAlpha = 1.1, CandidateBeta = 0.7)]
    public partial Layer F { get; }

    [Activation(Activation.ThresholdedRelu, Alpha = -0.2)]
    public partial Layer G { get; }

    [Linear(2, Loss = Loss.AbsoluteError)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 12, BatchSize = 9, Reproducible = true, Weights = WeightFormat.Int8)]
internal sealed partial class ReproducibleBytes
{
    [Lstm(37)]
    public partial Layer Low { get; }

    [Gru(18, LinearBeforeReset = false)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 12, BatchSize = 9, Reproducible = true, Weights = WeightFormat.BFloat16)]
internal sealed partial class ReproducibleHalves
{
    [Gru(35)]
    public partial Layer Low { get; }

    [Lstm(18, Direction = Direction.Bidirectional)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 70, sequenceLength: 12, BatchSize = 9, Reproducible = true, Weights = WeightFormat.Int4)]
internal sealed partial class ReproducibleNibbles
{
    [Lstm(137)]
    public partial Layer Low { get; }

    [Gru(18, LinearBeforeReset = false)]
    public partial Layer High { get; }

    [Linear(3)]
    public partial Layer Out { get; }
}
