namespace RnnGen.Formats.Tests.Layouts;

// Networks whose answers are compared are in RnnGen.Tool.Tests.

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
