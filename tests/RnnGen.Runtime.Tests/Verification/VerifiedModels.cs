namespace RnnGen.Tests.Verification;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6), Linear(2)]
internal sealed partial class OneLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, Layers = 2), Linear(2)]
internal sealed partial class TwoLstms;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6), Sigmoid(2)]
internal sealed partial class SigmoidLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, GateActivation = Activation.HardSigmoid), Linear(2)]
internal sealed partial class HardLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, Direction = Direction.Reverse), Linear(2)]
internal sealed partial class ReverseLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, LearnInitialState = true), Linear(2)]
internal sealed partial class StartedLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, Peepholes = true), Linear(2)]
internal sealed partial class PeepholeLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, Direction = Direction.Bidirectional, Merge = Merge.Sum), Linear(2)]
internal sealed partial class SummedLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Lstm(6, Direction = Direction.Bidirectional, Merge = Merge.Average), Linear(2)]
internal sealed partial class AveragedLstm;

[RnnModel(inputSize: 6, sequenceLength: 12), Gru(5), Linear(2)]
internal sealed partial class OneGru;

[RnnModel(inputSize: 6, sequenceLength: 12), Gru(5, Layers = 2), Linear(2)]
internal sealed partial class TwoGrus;

[RnnModel(inputSize: 6, sequenceLength: 12), Gru(5, LinearBeforeReset = false), Linear(2)]
internal sealed partial class BeforeGru;

[RnnModel(inputSize: 6, sequenceLength: 12), Gru(5, Layers = 2, LinearBeforeReset = false), Linear(2)]
internal sealed partial class BeforeGrus;

[RnnModel(inputSize: 6, sequenceLength: 12), Gru(5), Softmax(3)]
internal sealed partial class SoftmaxGru;

[RnnModel(inputSize: 6, sequenceLength: 12)]
internal sealed partial class TwoAnswers
{
    [Gru(5)]
    public partial Layer Memory { get; }

    [Sigmoid(3)]
    public partial Layer Gains { get; }

    [Linear(2, From = [nameof(Memory)])]
    public partial Layer Speech { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 12), Rnn(7), Linear(2)]
internal sealed partial class OneRnn;

[RnnModel(inputSize: 4, sequenceLength: 12), Rnn(7, Activation = Activation.Relu), Linear(2)]
internal sealed partial class ReluRnn;

[RnnModel(inputSize: 4, sequenceLength: 12), Rnn(7, Layers = 2, ReturnSequences = false), Linear(2)]
internal sealed partial class TwoRnns;

[RnnModel(inputSize: 4, sequenceLength: 12)]
internal sealed partial class BidirectionalGru
{
    [Gru(5, Direction = Direction.Bidirectional, Layers = 2, Merge = Merge.Average)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Answer { get; }
}

[RnnModel(inputSize: 9, sequenceLength: 12, Tokens = true)]
internal sealed partial class TokenLstm
{
    [Embedding(4)]
    public partial Layer Words { get; }

    [Lstm(6, LayerNorm = true, Zoneout = 0.25, ZoneoutCell = 0.5)]
    public partial Layer Memory { get; }

    [LayerNorm(Epsilon = 0.25)]
    public partial Layer Norm { get; }

    [Softmax(5)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 12)]
internal sealed partial class MinimalCells
{
    [Normalization]
    public partial Layer Scale { get; }

    [Mgu(5, Clip = 0.5)]
    public partial Layer First { get; }

    [MinGru(6)]
    public partial Layer Second { get; }

    [Dense(6, Residual = true)]
    public partial Layer Mixed { get; }

    [Activation(Activation.Softplus)]
    public partial Layer Bent { get; }
}
