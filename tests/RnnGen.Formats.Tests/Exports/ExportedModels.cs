namespace RnnGen.Formats.Tests.Exports;

// Together, these models have every layer and every option that an ONNX graph can have.

[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class Functions
{
    [Rnn(5, Activation = Activation.Elu, Alpha = 0.7)]
    public partial Layer A { get; }

    [Rnn(6, Activation = Activation.LeakyRelu, Alpha = 0.2, Clip = 0.8)]
    public partial Layer B { get; }

    [Rnn(5, Activation = Activation.ThresholdedRelu, Alpha = -0.3)]
    public partial Layer C { get; }

    [Rnn(5, Activation = Activation.Affine, Alpha = 0.5, Beta = 0.1, Clip = 1)]
    public partial Layer D { get; }

    [Rnn(5, Activation = Activation.ScaledTanh, Alpha = 1.3, Beta = 0.6)]
    public partial Layer E { get; }

    [Rnn(5, Activation = Activation.Softplus, Clip = 2)]
    public partial Layer F { get; }

    [Rnn(5, Activation = Activation.HardSigmoid)]
    public partial Layer G { get; }

    [Rnn(5, Activation = Activation.Relu)]
    public partial Layer H { get; }

    [Linear(3)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class LstmLevels
{
    [Lstm(6, Layers = 3, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [Linear(2, Bias = false)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class LstmPeepholes
{
    [Lstm(
        7, Peepholes = true, Clip = 1.5, GateActivation = Activation.HardSigmoid, GateAlpha = 0.3, CellActivation = Activation.ScaledTanh, CellAlpha = 1.2, CellBeta = 0.7,
        OutputActivation = Activation.Softsign)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class LstmCoupled
{
    [Lstm(5, InputForget = true, Peepholes = true)]
    public partial Layer First { get; }

    [Lstm(5, InputForget = true, Bias = false, Residual = true)]
    public partial Layer Second { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8)]
internal sealed partial class LstmBothWays
{
    [Lstm(4, Direction = Direction.Bidirectional, Layers = 2, Peepholes = true, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [Softmax(5)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 8)]
internal sealed partial class GruForms
{
    [Gru(5, Residual = true, Clip = 1)]
    public partial Layer After { get; }

    [Gru(6, LinearBeforeReset = false, LearnInitialState = true, Clip = 0.9)]
    public partial Layer Before { get; }

    [Gru(4, GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Elu, CandidateAlpha = 0.5, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Sigmoid(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 8)]
internal sealed partial class GruReverse
{
    [Gru(5, Direction = Direction.Reverse)]
    public partial Layer Memory { get; }

    [Gru(5, Direction = Direction.Reverse, LinearBeforeReset = false, ReturnSequences = false)]
    public partial Layer Last { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class Merges
{
    [Rnn(4, Direction = Direction.Bidirectional, Merge = Merge.Sum, Residual = true)]
    public partial Layer Sum { get; }

    [Rnn(5, Direction = Direction.Bidirectional, Merge = Merge.Average, Layers = 2)]
    public partial Layer Average { get; }

    [Gru(5, Direction = Direction.Bidirectional, Merge = Merge.Multiply, ReturnSequences = false)]
    public partial Layer Product { get; }

    [Dense(3)]
    public partial Layer Mixed { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class Graph
{
    [Normalization]
    public partial Layer Scale { get; }

    [Dense(4, Residual = true)]
    public partial Layer Mixed { get; }

    [Dropout(0.3)]
    public partial Layer Dropped { get; }

    [Gru(6, RecurrentDropout = 0.2)]
    public partial Layer Memory { get; }

    [LayerNorm]
    public partial Layer Norm { get; }

    [LayerNorm(Bias = false, Epsilon = 0.25)]
    public partial Layer Gains { get; }

    [Dense(7, Bias = false, From = [nameof(Gains), nameof(Mixed), Layer.Input])]
    public partial Layer Joined { get; }

    [Linear(2, From = [nameof(Memory)])]
    public partial Layer Pitch { get; }

    [Softmax(5, From = [nameof(Joined), nameof(Scale)])]
    public partial Layer input { get; }

    [Sigmoid(3)]
    public partial Layer Onset { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 8)]
internal sealed partial class Activations
{
    [Rnn(6)]
    public partial Layer Memory { get; }

    [Activation(Activation.Affine, Alpha = 2, Beta = -0.5)]
    public partial Layer A { get; }

    [Activation(Activation.ScaledTanh, Alpha = 1.5, Beta = 0.8)]
    public partial Layer B { get; }

    [Activation(Activation.LeakyRelu)]
    public partial Layer C { get; }

    [Activation(Activation.Elu, Alpha = 0.5)]
    public partial Layer D { get; }

    [Activation(Activation.Softsign)]
    public partial Layer E { get; }

    [Dense(6)]
    public partial Layer Between { get; }

    [Activation(Activation.Softplus)]
    public partial Layer F { get; }

    [Activation(Activation.ThresholdedRelu, Alpha = 0.4)]
    public partial Layer G { get; }

    [Activation(Activation.HardSigmoid, Alpha = 0.3)]
    public partial Layer H { get; }

    [Dense(4)]
    public partial Layer Again { get; }

    [Activation(Activation.Relu)]
    public partial Layer I { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 8)]
internal sealed partial class TiedWords
{
    [Embedding(5)]
    public partial Layer Words { get; }

    [Lstm(5)]
    public partial Layer Memory { get; }

    [Softmax(9, Tied = nameof(Words))]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 8, Tokens = true)]
internal sealed partial class OneHot
{
    [Rnn(5)]
    public partial Layer Memory { get; }

    [Dense(4, From = [Layer.Input])]
    public partial Layer Direct { get; }

    [Softmax(9, From = [nameof(Memory), nameof(Direct)])]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 8), Gru(5), Ctc(4)]
internal sealed partial class Labels;
