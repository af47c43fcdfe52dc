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

[RnnModel(inputSize: 1, sequenceLength: 4), Lstm(1, Bias = false)]
internal sealed partial class ImportedOne;

[RnnModel(inputSize: 7, sequenceLength: 4), Lstm(6, Peepholes = true, ProjectionSize = 2, LearnInitialState = true)]
internal sealed partial class ImportedProjection;

[RnnModel(inputSize: 2, sequenceLength: 4), Lstm(17, InputForget = true, Peepholes = true)]
internal sealed partial class ImportedCoupled;

[RnnModel(inputSize: 4, sequenceLength: 4), Gru(18, Layers = 2, Direction = Direction.Bidirectional, LearnInitialState = true)]
internal sealed partial class ImportedGruStack;

[RnnModel(inputSize: 4, sequenceLength: 4), Gru(4, Bias = false, Direction = Direction.Reverse)]
internal sealed partial class ImportedReverse;

[RnnModel(inputSize: 3, sequenceLength: 4), Mgu(5)]
internal sealed partial class ImportedMgu;

[RnnModel(inputSize: 3, sequenceLength: 4), MinGru(5)]
internal sealed partial class ImportedMinGru;

/// <summary>All of them.</summary>
internal static class ImportModels
{
    public static IRnnModel Create(int kind, int seed) => kind switch
    {
        0 => new ImportedLstm(seed),
        1 => new ImportedGru(seed),
        2 => new ImportedResetBefore(seed),
        3 => new ImportedRnn(seed),
        4 => new ImportedStack(seed),
        5 => new ImportedOne(seed),
        6 => new ImportedProjection(seed),
        7 => new ImportedCoupled(seed),
        8 => new ImportedGruStack(seed),
        9 => new ImportedReverse(seed),
        10 => new ImportedMgu(seed),
        _ => new ImportedMinGru(seed),
    };

    public const int Count = 12;
}
