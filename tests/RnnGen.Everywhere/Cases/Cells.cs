namespace RnnGen.Everywhere;

/// <summary>Every recurrent layer, and the options that change its equations.</summary>
internal static class Cells
{
    public static IEnumerable<Case> Cases =>
    [
        .. Passes.Streamed<RnnTanh, float>(),
        .. Passes.Streamed<RnnRelu, float>(),
        .. Passes.Streamed<LstmPlain, float>(),
        .. Passes.Streamed<LstmPeepholes, float>(),
        .. Passes.Streamed<LstmProjected, float>(),
        .. Passes.Streamed<LstmNormalized, float>(),
        .. Passes.Streamed<LstmFunctions, float>(),
        .. Passes.Streamed<LstmPrecise, float>(),
        .. Passes.Streamed<GruPlain, float>(),
        .. Passes.Streamed<GruResetBefore, float>(),
        .. Passes.Streamed<GruClipped, float>(),
        .. Passes.Streamed<MguMin, float>(),
    ];
}

[RnnModel(5, 9), Rnn(19), Linear(2)]
internal sealed partial class RnnTanh;

[RnnModel(5, 9), Rnn(33, Activation = Activation.Relu, Bias = false)]
internal sealed partial class RnnRelu;

[RnnModel(5, 9), Lstm(24), Linear(2)]
internal sealed partial class LstmPlain;

[RnnModel(5, 9), Lstm(18, Peepholes = true, InputForget = true, LearnInitialState = true), Linear(2)]
internal sealed partial class LstmPeepholes;

[RnnModel(5, 9), Lstm(21, ProjectionSize = 6)]
internal sealed partial class LstmProjected;

[RnnModel(5, 9), Lstm(17, LayerNorm = true), Linear(2)]
internal sealed partial class LstmNormalized;

[RnnModel(5, 9)]
[Lstm(17, GateActivation = Activation.HardSigmoid, CellActivation = Activation.Softsign, OutputActivation = Activation.ScaledTanh)]
[Linear(2)]
internal sealed partial class LstmFunctions;

[RnnModel(5, 9, Precise = true), Lstm(24), Linear(2)]
internal sealed partial class LstmPrecise;

[RnnModel(5, 9), Gru(24), Linear(2)]
internal sealed partial class GruPlain;

[RnnModel(5, 9), Gru(20, LinearBeforeReset = false), Linear(2)]
internal sealed partial class GruResetBefore;

[RnnModel(5, 9), Gru(11, Clip = 0.4, GateActivation = Activation.Softplus, CandidateActivation = Activation.Elu), Linear(2)]
internal sealed partial class GruClipped;

[RnnModel(5, 9)]
internal sealed partial class MguMin
{
    [Mgu(21)] public partial Layer Low { get; }

    [MinGru(19)] public partial Layer High { get; }

    [Linear(2)] public partial Layer Answer { get; }
}
