namespace RnnGen.Formats.Tests.Layouts;

// Networks that also load by their names are in Placing.

/// <summary>own_keras2: every recurrent layer of Keras in one model.</summary>
[RnnModel(inputSize: 20, sequenceLength: 9, Tokens = true)]
internal sealed partial class KerasLayersModel
{
    [Embedding(6)]
    public partial Layer Words { get; }

    [Lstm(7)]
    public partial Layer First { get; }

    [Gru(5)]
    public partial Layer Second { get; }

    [Gru(4, LinearBeforeReset = false)]
    public partial Layer Third { get; }

    [Lstm(3, Direction = Direction.Bidirectional)]
    public partial Layer Both { get; }

    [Rnn(5, ReturnSequences = false)]
    public partial Layer Last { get; }

    [Softmax(3)]
    public partial Layer Answer { get; }
}

/// <summary>kws_GRU_S: keywords from 25 frames.</summary>
[RnnModel(inputSize: 10, sequenceLength: 25), Gru(154, LinearBeforeReset = false, ReturnSequences = false), Softmax(12)]
internal sealed partial class Keywords;

/// <summary>klon_centaur_0 to _100.</summary>
[RnnModel(inputSize: 1, sequenceLength: 512), Gru(8), Linear(1)]
internal sealed partial class Klon;

[RnnModel(inputSize: 3, sequenceLength: 512)]
internal sealed partial class KlonWithKnobs
{
    [Dense(8)]
    public partial Layer Dense { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Gru(16)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Answer { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 512)]
internal sealed partial class LargeKlon
{
    [Dense(4)]
    public partial Layer Dense { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Bent { get; }

    [Gru(24)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Answer { get; }
}

[RnnModel(inputSize: 1, sequenceLength: 512), Lstm(12), Linear(1)]
internal sealed partial class Aida;

/// <summary>rnnoise: a graph with two heads.</summary>
[RnnModel(inputSize: 42, sequenceLength: 200)]
internal sealed partial class RnNoise
{
    [Dense(24)]
    public partial Layer Sums { get; }

    [Activation(Activation.Tanh)]
    public partial Layer Input { get; }

    [Gru(24, LinearBeforeReset = false)]
    public partial Layer Voice { get; }

    [Gru(48, LinearBeforeReset = false, CandidateActivation = Activation.Relu, From = [nameof(Input), nameof(Voice), Layer.Input])]
    public partial Layer Noise { get; }

    [Gru(96, LinearBeforeReset = false, From = [nameof(Voice), nameof(Noise), Layer.Input])]
    public partial Layer Denoise { get; }

    [Sigmoid(22)]
    public partial Layer Gains { get; }

    [Sigmoid(1, From = [nameof(Voice)])]
    public partial Layer Speech { get; }
}

/// <summary>The first half of DTLN: a mask over the magnitudes.</summary>
[RnnModel(inputSize: 257, sequenceLength: 50)]
internal sealed partial class Dtln
{
    [Lstm(128)]
    public partial Layer First { get; }

    [Lstm(128)]
    public partial Layer Second { get; }

    [Sigmoid(257)]
    public partial Layer Mask { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 7), Lstm(6, Peepholes = true)]
internal sealed partial class OnnxPeepholes;

[RnnModel(inputSize: 4, sequenceLength: 7), Gru(5)]
internal sealed partial class OnnxGru;

[RnnModel(inputSize: 4, sequenceLength: 7), Gru(5, LinearBeforeReset = false)]
internal sealed partial class OnnxResetBefore;

[RnnModel(inputSize: 4, sequenceLength: 7), Gru(5, LinearBeforeReset = false, GateActivation = Activation.HardSigmoid, CandidateActivation = Activation.Relu)]
internal sealed partial class OnnxFunctions;

[RnnModel(inputSize: 4, sequenceLength: 7), Lstm(6, LearnInitialState = true)]
internal sealed partial class OnnxInitialStates;

[RnnModel(inputSize: 1, sequenceLength: 16)]
internal sealed partial class NamAmp
{
    [Lstm(3, Layers = 2, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [Linear(1)]
    public partial Layer Head { get; }
}
