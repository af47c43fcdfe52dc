namespace RnnGen.Numerics.Tests.Models;

// Layers in combination: stacks, heads, tokens, many to one.

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class DeepMix
{
    [Dense(5)]
    public partial Layer A { get; }

    [Activation(Activation.Relu)]
    public partial Layer B { get; }

    [Gru(7)]
    public partial Layer C { get; }

    [Lstm(4)]
    public partial Layer D { get; }

    [Rnn(6)]
    public partial Layer E { get; }

    [Linear(2)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6)]
internal sealed partial class ActivationFirst
{
    [Activation(Activation.Tanh)]
    public partial Layer A { get; }

    [Lstm(20)]
    public partial Layer B { get; }

    [Activation(Activation.Sigmoid)]
    public partial Layer C { get; }

    [Sigmoid(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class SigmoidHead
{
    [Gru(9)]
    public partial Layer A { get; }

    [Sigmoid(4)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 6)]
internal sealed partial class SoftmaxLast
{
    [Lstm(9)]
    public partial Layer A { get; }

    [Gru(18, LinearBeforeReset = false, ReturnSequences = false)]
    public partial Layer B { get; }

    [Dense(6)]
    public partial Layer C { get; }

    [Activation(Activation.Relu)]
    public partial Layer D { get; }

    [Softmax(5)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class LastWithoutHead
{
    [Gru(5, ReturnSequences = false)]
    public partial Layer A { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class LinearLast
{
    [Rnn(33)]
    public partial Layer A { get; }

    [Lstm(17, ReturnSequences = false)]
    public partial Layer B { get; }

    [Linear(2, Bias = false)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class OnlyDense
{
    [Dense(20, Bias = false)]
    public partial Layer A { get; }

    [Linear(18)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 7, sequenceLength: 6, Tokens = true)]
internal sealed partial class TokensRnn
{
    [Rnn(20)]
    public partial Layer A { get; }

    [Softmax(7)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 7, sequenceLength: 6, Tokens = true)]
internal sealed partial class TokensLstm
{
    [Lstm(33)]
    public partial Layer A { get; }

    [Softmax(9)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 5, sequenceLength: 6, Tokens = true)]
internal sealed partial class TokensGru
{
    [Gru(5, LinearBeforeReset = false)]
    public partial Layer A { get; }

    [Gru(17)]
    public partial Layer B { get; }

    [Softmax(5)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 11, sequenceLength: 6)]
internal sealed partial class TokensEmbedding
{
    [Embedding(19)]
    public partial Layer A { get; }

    [Lstm(7, ReturnSequences = false)]
    public partial Layer B { get; }

    [Sigmoid(3)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 6, sequenceLength: 6, Tokens = true)]
internal sealed partial class TokensDense
{
    [Dense(4)]
    public partial Layer A { get; }

    [Gru(3)]
    public partial Layer B { get; }

    [Linear(2)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6, Precise = true)]
internal sealed partial class PreciseMix
{
    [Lstm(17)]
    public partial Layer A { get; }

    [Rnn(5, Activation = Activation.Elu)]
    public partial Layer B { get; }

    [Activation(Activation.Softplus)]
    public partial Layer C { get; }

    [Linear(2)]
    public partial Layer Out { get; }
}

[RnnModel(inputSize: 24, sequenceLength: 1, Precise = true)]
internal sealed partial class PreciseSigmoid
{
    [Activation(Activation.Sigmoid)]
    public partial Layer Only { get; }
}

[RnnModel(inputSize: 24, sequenceLength: 1)]
internal sealed partial class UsualSigmoid
{
    [Activation(Activation.Sigmoid)]
    public partial Layer Only { get; }
}
