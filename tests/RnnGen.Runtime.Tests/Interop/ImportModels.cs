namespace RnnGen.Tests.Interop;

[RnnModel(inputSize: 3, sequenceLength: 4), Lstm(5)]
internal sealed partial class ImportedLstm;

[RnnModel(inputSize: 3, sequenceLength: 4), Gru(5)]
internal sealed partial class ImportedGru;

[RnnModel(inputSize: 3, sequenceLength: 4), Gru(5, LinearBeforeReset = false)]
internal sealed partial class ImportedResetBefore;

[RnnModel(inputSize: 3, sequenceLength: 4), Rnn(5)]
internal sealed partial class ImportedRnn;

[RnnModel(inputSize: 3, sequenceLength: 4), Lstm(5, Direction = Direction.Bidirectional, Layers = 2)]
internal sealed partial class ImportedStack;

[RnnModel(inputSize: 3, sequenceLength: 4)]
internal sealed partial class EveryDeclaration
{
    [Normalization]
    public partial Layer Scale { get; }

    [Lstm(4, Peepholes = true, InputForget = true, ProjectionSize = 3, Clip = 2.5, GateActivation = RnnGen.Activation.HardSigmoid, GateAlpha = 0.25,
        Direction = Direction.Bidirectional, Merge = Merge.Sum, Layers = 2, LearnInitialState = true, Residual = true)]
    public partial Layer Memory { get; }

    [Dropout(0.25, Variational = true)]
    public partial Layer Drop { get; }

    [Activation(RnnGen.Activation.LeakyRelu, Alpha = 0.125)]
    public partial Layer Bent { get; }

    [Gru(3, LinearBeforeReset = false, Bias = false, CandidateActivation = RnnGen.Activation.Relu, From = [nameof(Bent), Layer.Input])]
    public partial Layer Last { get; }

    [Dense(3, Residual = true)]
    public partial Layer Mixed { get; }

    [Softmax(2, ClassWeights = [1, 2.5], Weight = 0.5)]
    public partial Layer Class { get; }

    [Linear(1, Loss = Loss.Huber, Delta = 0.5)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 6, sequenceLength: 4, Tokens = true)]
internal sealed partial class TiedDeclaration
{
    [Embedding(4)]
    public partial Layer Words { get; }

    [Rnn(4, ReturnSequences = false, Activation = RnnGen.Activation.Relu)]
    public partial Layer Memory { get; }

    [Softmax(6, Tied = nameof(Words))]
    public partial Layer Next { get; }
}
