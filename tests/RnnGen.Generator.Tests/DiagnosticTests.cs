using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Every wrong declaration: its id, what the message names, where it points, and that the build fails without the analyzer too.</summary>
public class DiagnosticTests
{
    /// <summary>Id, words that the message must contain (separated by |), and the class with the expected place marked.</summary>
    public static TheoryData<string, string, string> Wrong => new()
    {
        // The class.
        { "RNN0001", "'Amp'|partial", "[RnnModel(1, 64), Lstm(20)] class [|Amp|];" },
        { "RNN0001", "'Amp'", "[RnnModel(1, 64), Lstm(20)] partial class Amp; class [|Amp|];" },
        { "RNN0002", "'Amp'|'Outer'", "class [|Outer|] { [RnnModel(1, 64), Lstm(20)] partial class Amp; }" },
        { "RNN0002", "'Amp'|'First'", "struct [|First|] { partial class Second { [RnnModel(1, 64), Lstm(20)] partial class Amp; } }" },
        { "RNN0003", "'Amp' cannot|'Amp' is generic", "[RnnModel(1, 64), Lstm(20)] partial class Amp[|<T>|];" },
        { "RNN0003", "'Amp'|'Outer' is generic", "partial class Outer[|<T>|] { [RnnModel(1, 64), Lstm(20)] partial class Amp; }" },
        { "RNN0004", "'Amp'|static", "[RnnModel(1, 64), Lstm(20)] [|static|] partial class Amp;" },
        { "RNN0005", "'Amp'|abstract", "[RnnModel(1, 64), Lstm(20)] public [|abstract|] partial class Amp;" },
        { "RNN0006", "'Amp'|file", "[RnnModel(1, 64), Lstm(20)] [|file|] partial class Amp;" },
        { "RNN0006", "'Amp'|'Outer'", "[|file|] partial class Outer { [RnnModel(1, 64), Lstm(20)] partial class Amp; }" },
        { "RNN0007", "'Amp'|record", "[RnnModel(1, 64), Lstm(20)] partial [|record|] Amp;" },
        { "RNN0008", "'Amp'|constructor", "[RnnModel(1, 64), Lstm(20)] partial class Amp { public [|Amp|]() { } }" },
        { "RNN0008", "'Amp'|constructor", "[RnnModel(1, 64), Lstm(20)] partial class Amp[|(int seed)|];" },

        // Arguments.
        { "RNN0010", "inputSize|[RnnModel]|'Amp'|is 0", "[RnnModel([|0|], 64), Lstm(20)] partial class Amp;" },
        { "RNN0010", "sequenceLength|[RnnModel]|'Amp'|is -3", "[RnnModel(sequenceLength: [|-3|], inputSize: 1), Lstm(20)] partial class Amp;" },
        { "RNN0010", "hiddenSize|[Lstm]|'Amp'|is 0", "[RnnModel(1, 64), Lstm(hiddenSize: [|0|])] partial class Amp;" },
        { "RNN0010", "size|[Softmax]|'Next'|is -2147483648", "[RnnModel(1, 64)] partial class Amp { [Softmax([|int.MinValue|])] public partial Layer Next { get; } }" },
        { "RNN0010", "hiddenSize|is 0", "[RnnModel(1, 64), Lstm([|default|])] partial class Amp;" },
        { "RNN0011", "hiddenSize|[Lstm]|'Amp'|constant", "[RnnModel(1, 64), Lstm([|Sizes.Field|])] partial class Amp; static class Sizes { public static int Field = 3; }" },
        { "RNN0011", "inputSize|[RnnModel]|'Amp'", "[RnnModel([|System.Environment.ProcessorCount|], 64), Lstm(3)] partial class Amp;" },
        { "RNN0011", "Bias|[Gru]|'Low'", "[RnnModel(1, 64)] partial class Amp { static bool B => true; [Gru(3, Bias = [|B|])] partial Layer Low { get; } }" },
        { "RNN0011", "Tokens|[RnnModel]|'Amp'", "[RnnModel(1, 64, Tokens = [|System.Environment.HasShutdownStarted|]), Lstm(3)] partial class Amp;" },
        { "RNN0011", "Activation|[Rnn]|'Amp'", "[RnnModel(1, 64), Rnn(3, Activation = [|\"tanh\"|])] partial class Amp;" },
        { "RNN0012", "'Amp'|6,437,760,064 bytes|'Lstm'|2,147,483,647", "[RnnModel(100, 64), Lstm([|20_000|]), Linear(1)] partial class Amp;" },
        { "RNN0012", "'Amp'|'Big'", "[RnnModel(1, 1)] partial class Amp { [Dense(50_000)] partial Layer Small { get; } [Dense([|50_000|])] partial Layer Big { get; } }" },
        { "RNN0012", "'Amp'|'Mixed'", "[RnnModel(2000000000, 4)] partial class Amp { [Dense([|3|], From = [Layer.Input, Layer.Input])] public partial Layer Mixed { get; } }" },
        { "RNN0012", "'Amp'|'Gru'", "[RnnModel(1, 4), Gru([|1073741824|], Direction = Direction.Bidirectional)] partial class Amp;" },
        { "RNN0013", "'Amp'|4 steps", "[RnnModel(2000000000, [|4|])] partial class Amp { [Activation(Activation.Tanh, From = [Layer.Input, Layer.Input])] public partial Layer Mixed { get; } }" },
        { "RNN0013", "'Amp'|50,000,000 steps|108,800,021,888 bytes", "[RnnModel(1, [|50_000_000|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0041", "'Amp'|1,024 windows of 50,000 steps", "[RnnModel(1, 50_000, BatchSize = [|1_024|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0035", "BatchSize|[RnnModel]|'Amp'|0", "[RnnModel(1, 64, BatchSize = [|0|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0035", "Parallel|[RnnModel]|'Amp'|3", "[RnnModel(64, 64, Parallel = [|3|]), Lstm(256)] partial class Amp;" },
        { "RNN0035", "BatchSize|65537", "[RnnModel(1, 64, BatchSize = [|65_537|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0035", "NonFinite|[RnnModel]|'Amp'|7", "[RnnModel(1, 64, NonFinite = [|(NonFinite)7|]), Lstm(20)] partial class Amp;" },
        { "RNN0035", "Unroll|[RnnModel]|'Amp'|3", "[RnnModel(1, 64, Unroll = [|(Unroll)3|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0011", "BatchSize|[RnnModel]|'Amp'", "[RnnModel(1, 64, BatchSize = [|System.Environment.ProcessorCount|]), Lstm(3)] partial class Amp;" },
        { "RNN0014", "99|[Rnn]|'Amp'|Activation.Tanh", "[RnnModel(1, 64), Rnn(3, Activation = [|(Activation)99|])] partial class Amp;" },
        { "RNN0014", "-1|[Activation]|'Squash'", "[RnnModel(1, 64)] partial class Amp { [Activation([|(Activation)(-1)|])] partial Layer Squash { get; } }" },
        { "RNN0015", "[Lstm]|'Amp'", "[RnnModel(1, 64), [|Lstm|]] partial class Amp;" },
        { "RNN0015", "[Lstm]|'Amp'", "[RnnModel(1, 64), [|Lstm(\"20\")|]] partial class Amp;" },
        { "RNN0015", "[Lstm]|'Low'", "[RnnModel(1, 64)] partial class Amp { [[|Lstm(20L)|]] partial Layer Low { get; } }" },
        { "RNN0015", "[RnnModel]|'Amp'", "[[|RnnModel(1)|], Lstm(3)] partial class Amp;" },
        { "RNN0015", "[Mine]|'Amp'", "class MineAttribute() : LayerAttribute(3); [RnnModel(1, 64), [|Mine|]] partial class Amp;" },
        { "RNN0036", "Clip|[Gru]|'Amp'|is -1|at least 0", "[RnnModel(1, 64), Gru(3, Clip = [|-1|])] partial class Amp;" },
        { "RNN0036", "Clip|[Rnn]|is NaN", "[RnnModel(1, 64), Rnn(3, Clip = [|float.NaN|])] partial class Amp;" },
        { "RNN0036", "RecurrentDropout|[Rnn]|'Amp'|is 1|less than 1", "[RnnModel(1, 64), Rnn(3, RecurrentDropout = [|1|])] partial class Amp;" },
        { "RNN0036", "Zoneout|[Gru]|is -0.1|probability", "[RnnModel(1, 64), Gru(3, Zoneout = [|-0.1|])] partial class Amp;" },
        { "RNN0036", "ZoneoutCell|[Lstm]|is NaN", "[RnnModel(1, 64), Lstm(3, ZoneoutCell = [|double.NaN|])] partial class Amp;" },
        { "RNN0036", "ProjectionSize|[Lstm]|'Amp'|is 3|less than the size of the layer, 3", "[RnnModel(1, 64), Lstm(3, ProjectionSize = [|3|])] partial class Amp;" },
        { "RNN0036", "ProjectionSize|is -1", "[RnnModel(1, 64), Lstm(3, ProjectionSize = [|-1|])] partial class Amp;" },
        { "RNN0036", "GateAlpha|finite", "[RnnModel(1, 64), Lstm(3, GateActivation = Activation.HardSigmoid, GateAlpha = [|float.PositiveInfinity|])] partial class Amp;" },
        { "RNN0037", "Alpha|[Rnn]|'Amp'|Activation.Tanh", "[RnnModel(1, 64), Rnn(3, Alpha = [|2|])] partial class Amp;" },
        { "RNN0037", "Weights|[RnnModel]|'Amp'|the model has no recurrent layer", "[RnnModel(5, 64, Weights = [|WeightFormat.Int8|])] partial class Amp { [Linear(2)] public partial Layer Out { get; } }" },
        { "RNN0037", "Weights|[RnnModel]|'Amp'|every recurrent layer has its own", "[RnnModel(9, 64, Weights = [|WeightFormat.Int8|]), Gru(9, Weights = WeightFormat.Float32)] partial class Amp;" },
        { "RNN0037", "Weights|[Gru]|'Amp'|multiplied by 8 numbers or more", "[RnnModel(7, 64), Gru(7, Weights = [|WeightFormat.Int8|])] partial class Amp;" },
        { "RNN0037", "Weights|[MinGru]|'Low'|8 numbers", "[RnnModel(40, 64, Tokens = true)] partial class Amp { [MinGru(40, Weights = [|WeightFormat.BFloat16|])] public partial Layer Low { get; } [Linear(2)] public partial Layer Out { get; } }" },
        { "RNN0037", "NonFinite|[RnnModel]|'Amp'|tokens are always finite", "[RnnModel(5, 64, Tokens = true, NonFinite = [|NonFinite.Throw|]), Gru(3)] partial class Amp;" },
        { "RNN0037", "Parallel|[RnnModel]|'Amp'|'Gru' runs from the end", "[RnnModel(64, 64, Parallel = [|2|]), Gru(256, Direction = Direction.Reverse)] partial class Amp;" },
        { "RNN0037", "Parallel|[RnnModel]|'Amp'|no layer is large enough", "[RnnModel(1, 64, Parallel = [|2|]), Gru(20)] partial class Amp;" },
        { "RNN0037", "NonFinite|[RnnModel]|'Amp'|'Gru' runs from the end", "[RnnModel(1, 64, NonFinite = [|NonFinite.Hold|]), Gru(3, Direction = Direction.Bidirectional)] partial class Amp;" },
        { "RNN0037", "Delta|[Linear]|'Amp'|Loss.Huber", "[RnnModel(1, 64), Gru(3), Linear(2, Delta = [|5|])] partial class Amp;" },
        { "RNN0037", "Delta|[Linear]|'Value'", "[RnnModel(1, 64)] partial class Amp { [Linear(2, Loss = Loss.AbsoluteError, Delta = [|5|])] public partial Layer Value { get; } }" },
        { "RNN0037", "RecurrentDropout|[MinGru]|'Low'|no matrix reads the state", "[RnnModel(1, 64)] partial class Amp { [MinGru(3, RecurrentDropout = [|0.5|])] partial Layer Low { get; } }" },
        { "RNN0036", "Zoneout|[MinGru]|is 1", "[RnnModel(1, 64), MinGru(3, Zoneout = [|1|])] partial class Amp;" },
        { "RNN0037", "GateAlpha|[Mgu]|Activation.Sigmoid", "[RnnModel(1, 64), Mgu(3, GateAlpha = [|2|])] partial class Amp;" },
        { "RNN0010", "hiddenSize|[Mgu]|'Amp'|is 0", "[RnnModel(1, 64), Mgu([|0|])] partial class Amp;" },
        { "RNN0017", "[MinGru] and [Mgu] are both recurrent layers", "[RnnModel(1, 64), MinGru(3), [|Mgu(20)|]] partial class Amp;" },
        { "RNN0037", "Merge|[Gru]|one direction", "[RnnModel(1, 64), Gru(3, Direction = Direction.Reverse, Merge = [|Merge.Sum|])] partial class Amp;" },
        { "RNN0037", "Weight|[Softmax]|'Kind'|no other head", "[RnnModel(1, 64)] partial class Amp { [Softmax(3, Weight = [|0.5|])] public partial Layer Kind { get; } }" },
        { "RNN0037", "Beta|[Activation]|'Squash'|Activation.Elu", "[RnnModel(1, 64)] partial class Amp { [Activation(Activation.Elu, Beta = [|2|])] partial Layer Squash { get; } }" },
        { "RNN0037", "CellBeta|[Lstm]|Activation.LeakyRelu", "[RnnModel(1, 64), Lstm(3, CellActivation = Activation.LeakyRelu, CellBeta = [|2|])] partial class Amp;" },
        { "RNN0037", "CandidateAlpha|[Gru]|Activation.Tanh", "[RnnModel(1, 64), Gru(3, CandidateAlpha = [|2|])] partial class Amp;" },

        // Layers.
        { "RNN0016", "'Amp'|[Lstm(20)]", "[[|RnnModel(1, 64)|]] partial class Amp;" },
        { "RNN0017", "'Amp'|[Gru] and [Lstm] are both recurrent layers", "[RnnModel(1, 64), Gru(3), [|Lstm(20)|]] partial class Amp;" },
        { "RNN0017", "[Linear] and [Softmax] are both heads", "[RnnModel(1, 64), Gru(3), Linear(2), [|Softmax(2)|]] partial class Amp;" },
        { "RNN0017", "[Dense]", "[RnnModel(1, 64), Gru(3), [|Dense(20)|]] partial class Amp;" },
        { "RNN0017", "[Activation]", "[RnnModel(1, 64), Gru(3), [|Activation(Activation.Relu)|]] partial class Amp;" },
        { "RNN0017", "no recurrent layer", "[[|RnnModel(1, 64)|], Linear(3)] partial class Amp;" },
        { "RNN0018", "'Amp'|[Gru]", "[RnnModel(1, 64), [|Gru(3)|]] partial class Amp { [Linear(1)] partial Layer Out { get; } }" },
        { "RNN0020", "'Low'|[Gru] and [Lstm]", "[RnnModel(1, 64)] partial class Amp { [Gru(3), [|Lstm(4)|]] partial Layer Low { get; } }" },
        { "RNN0021", "'Low'|field", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] Layer [|Low|]; }" },
        { "RNN0021", "'Low'|method", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] Layer [|Low|]() => null!; }" },
        { "RNN0021", "'Low'|event", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] event System.Action? [|Low|]; }" },
        { "RNN0021", "indexer", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] Layer [|this|][int index] => null!; }" },
        { "RNN0021", "'Low'|not partial", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] Layer [|Low|] { get; } = null!; }" },
        { "RNN0021", "'Low'|static", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] static partial Layer [|Low|] { get; } }" },
        { "RNN0021", "'Low'|setter", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] { get; set; } }" },
        { "RNN0021", "'Low'|setter", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] { get; init; } }" },
        { "RNN0021", "'Low'|setter", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] { set; } }" },
        { "RNN0021", "'Low'|'int'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial int [|Low|] { get; } }" },
        { "RNN0021", "'Low'|nullable", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer? [|Low|] { get; } }" },
        { "RNN0021", "'Low'|reference", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial ref Layer [|Low|] { get; } }" },
        { "RNN0021", "'Low'|body", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] => null!; }" },
        { "RNN0021", "'Low'|by hand", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] { get; } partial Layer Low => null!; }" },
        { "RNN0022", "'Low'", "[RnnModel(1, 64)] partial class Amp { partial Layer [|Low|] { get; } }" },
        { "RNN0023", "'State'|be named", "[RnnModel(3, 4), Gru(2), Linear(1)] internal sealed partial class [|State|];" },
        { "RNN0023", "'Warmup'", "partial class Outer { [RnnModel(3, 4), Gru(2)] private sealed partial class [|Warmup|]; }" },
        { "RNN0023", "'PitchSize'", "[RnnModel(3, 4)] partial class [|PitchSize|] { [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer Pitch { get; } }" },
        { "RNN0023", "'Amp'|'PitchSize'", "[RnnModel(3, 4)] partial class Amp { const int [|PitchSize|] = 3; [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer Pitch { get; } }" },
        { "RNN0044", "'Output'|'OutputSize'|generated member", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer [|Output|] { get; } }" },
        { "RNN0044", "'pitch'|after 'Pitch'", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Pitch { get; } [Linear(1)] public partial Layer [|pitch|] { get; } }" },
        { "RNN0044", "'pitchTargets'|after 'Pitch'", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Pitch { get; } [Linear(1)] public partial Layer [|PitchTargets|] { get; } }" },
        { "RNN0044", "'Equals'|tuple", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Pitch { get; } [Linear(1)] public new partial Layer [|Equals|] { get; } }" },
        { "RNN0048", "'Amp'|namespace System", "class [|System|] { } namespace Acme { [RnnModel(3, 4), Gru(2)] partial class Amp; }" },
        { "RNN0045", "'Amp'|'Base'|constructor", "class Base(int size) { public int Size => size; } [RnnModel(3, 4), Gru(2)] partial class Amp : [|Base|];" },
        { "RNN0045", "'Amp'|'Base'|constructor", "class Base { private Base() { } } [RnnModel(3, 4), Gru(2)] partial class Amp : [|Base|], System.IDisposable { public void Dispose() { } }" },
        { "RNN0045", "'Amp'|'Base'|'Save'", "abstract class Base { public abstract void Save(string path); } [RnnModel(3, 4), Gru(2)] partial class Amp : [|Base|];" },
        { "RNN0023", "'Amp'|'State'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|State|] { get; } }" },
        { "RNN0023", "'Amp'|'Step'", "[RnnModel(1, 64), Gru(3)] partial class Amp { void [|Step|](int a, int b, int c, int d) { } }" },
        { "RNN0023", "'Amp'|'Tape'", "[RnnModel(1, 64), Gru(3)] partial class Amp { class [|Tape|]; }" },
        { "RNN0023", "'Amp'|'InputSize'", "[RnnModel(1, 64), Gru(3)] partial class Amp { const int [|InputSize|] = 3; }" },
        { "RNN0023", "'Amp'|'Amp'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Amp|] { get; } }" },
        { "RNN0024", "'Out'|'Low'", "[RnnModel(1, 64)] partial class Amp { [Linear(3)] partial Layer Out { get; } [[|Gru(3)|]] partial Layer Low { get; } }" },
        { "RNN0024", "'Yes'|'Late'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Sigmoid(3)] partial Layer Yes { get; } [Softmax(3)] partial Layer No { get; } [[|Gru(3)|]] partial Layer Late { get; } }" },
        { "RNN0025", "'Vector'|'Low'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Embedding(3)|]] partial Layer Vector { get; } }" },
        { "RNN0026", "'Squash'", "[RnnModel(1, 64, Tokens = true)] partial class Amp { [[|Activation(Activation.Tanh)|]] partial Layer Squash { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0026", "'Norm'", "[RnnModel(1, 64, Tokens = true)] partial class Amp { [[|LayerNorm|]] partial Layer Norm { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0027", "'High'|'Low'", "[RnnModel(1, 64)] partial class Amp { [Gru(3, ReturnSequences = false)] partial Layer Low { get; } [Dense(2)] partial Layer Mix { get; } [[|Lstm(3)|]] partial Layer High { get; } }" },
        { "RNN0029", "'High'|'Lower'|not a layer of this model", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Gru(3, From = [|[\"Lower\"]|])] partial Layer High { get; } }" },
        { "RNN0029", "'Low'|'High'|not declared before", "[RnnModel(1, 64)] partial class Amp { [Gru(3, From = [|[nameof(High)]|])] partial Layer Low { get; } [Gru(3)] partial Layer High { get; } }" },
        { "RNN0029", "'Low'|not declared before", "[RnnModel(1, 64)] partial class Amp { [Gru(3, From = [|[nameof(Low)]|])] partial Layer Low { get; } }" },
        { "RNN0029", "'No'|'Yes'|is a head", "[RnnModel(1, 64)] partial class Amp { [Sigmoid(3)] partial Layer Yes { get; } [Softmax(3, From = [|[nameof(Yes)]|])] partial Layer No { get; } }" },
        { "RNN0055", "'Digits'|'Low'", "[RnnModel(1, 64)] partial class Amp { [Gru(3, ReturnSequences = false)] partial Layer Low { get; } [[|Ctc(3)|]] partial Layer Digits { get; } }" },
        { "RNN0010", "labels|[Ctc]|'Amp'|is 0", "[RnnModel(1, 64), Gru(3), Ctc(labels: [|0|])] partial class Amp;" },
        { "RNN0035", "Blank|[Ctc]|'Amp'|2", "[RnnModel(1, 64), Gru(3), Ctc(3, Blank = [|(CtcBlank)2|])] partial class Amp;" },
        { "RNN0012", "'Amp'|'Ctc'", "[RnnModel(1, 64), Gru(3), Ctc([|int.MaxValue|])] partial class Amp;" },
        { "RNN0013", "'Amp'|20,000 steps", "[RnnModel(1, [|20_000|]), Gru(3), Ctc(4)] partial class Amp;" },
        { "RNN0010", "components|[Mixture]|'Amp'|is 0", "[RnnModel(1, 64), Gru(3), Mixture([|0|], 2)] partial class Amp;" },
        { "RNN0010", "dimensions|[Mixture]|'Amp'|is -1", "[RnnModel(1, 64), Gru(3), Mixture(2, [|-1|])] partial class Amp;" },
        { "RNN0015", "[Mixture]|'Amp'", "[RnnModel(1, 64), Gru(3), [|Mixture(2)|]] partial class Amp;" },
        { "RNN0036", "Binary|[Mixture]|'Amp'|is -1|0 .. 1000", "[RnnModel(1, 64), Gru(3), Mixture(2, 2, Binary = [|-1|])] partial class Amp;" },
        { "RNN0037", "Covariance|[Mixture]|'Amp'|two dimensions", "[RnnModel(1, 64), Gru(3), Mixture(2, 3, Covariance = [|Covariance.Full|])] partial class Amp;" },
        { "RNN0010", "number of levels|[Quantile]|'Amp'|is 0", "[RnnModel(1, 64), Gru(3), [|Quantile()|]] partial class Amp;" },
        { "RNN0036", "levels|[Quantile]|'Amp'|is 1|less than 1", "[RnnModel(1, 64), Gru(3), Quantile(0.5, [|1|])] partial class Amp;" },
        { "RNN0036", "levels|[Quantile]|'Amp'|is 0.5|the level before it", "[RnnModel(1, 64), Gru(3), Quantile(0.5, [|0.5|], 0.9)] partial class Amp;" },
        { "RNN0036", "Targets|[Quantile]|'Amp'|is 0|1 .. 1000000", "[RnnModel(1, 64), Gru(3), Quantile(0.5, Targets = [|0|])] partial class Amp;" },
        { "RNN0012", "'Amp'|'Mixture'", "[RnnModel(1, 64), Gru(3), Mixture([|int.MaxValue|], int.MaxValue)] partial class Amp;" },
        { "RNN0056", "'Amp'|[Sigmoid(1)]", "[RnnModel(1, 64), Gru(3), Softmax([|1|])] partial class Amp;" },
        { "RNN0035", "'rate' of [Dropout] on 'Dropped' is 50|less than 1 (50 % is 0.5)", "[RnnModel(3, 64)] partial class Amp { [Dropout([|50|])] partial Layer Dropped { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0035", "'BatchSize'|is 100000|in 1 .. 65,536", "[RnnModel(1, 64, BatchSize = [|100_000|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0030", "'Mix'|'Low'", "[RnnModel(1, 64)] partial class Amp { [Gru(3, ReturnSequences = false)] partial Layer Low { get; } [Dense(2, From = [|[nameof(Low), Layer.Input]|])] partial Layer Mix { get; } }" },
        { "RNN0030", "'Low'", "[RnnModel(3, 64)] partial class Amp { [[|Gru(3, ReturnSequences = false, Residual = true)|]] partial Layer Low { get; } }" },
        { "RNN0031", "'Low'|input has size 1|output size 3", "[RnnModel(1, 64)] partial class Amp { [[|Gru(3, Residual = true)|]] partial Layer Low { get; } }" },
        { "RNN0031", "'Low'|input has size 3|output size 6", "[RnnModel(3, 64)] partial class Amp { [[|Gru(3, Residual = true, Direction = Direction.Bidirectional)|]] partial Layer Low { get; } }" },
        { "RNN0032", "'Low'", "[RnnModel(1, 64)] partial class Amp { [[|Gru(3)|]] partial Layer Low { get; } [Gru(3, From = [Layer.Input])] partial Layer High { get; } }" },
        { "RNN0032", "'Last'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Dropout(0.5)|]] partial Layer Last { get; } }" },
        { "RNN0026", "'Dropped'", "[RnnModel(3, 64, Tokens = true)] partial class Amp { [[|Dropout(0.5)|]] partial Layer Dropped { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0035", "'rate'|'Dropped'|1", "[RnnModel(3, 64)] partial class Amp { [Dropout([|1|])] partial Layer Dropped { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0033", "'Low'|added", "[RnnModel(3, 64, Tokens = true)] partial class Amp { [[|Gru(3, Residual = true)|]] partial Layer Low { get; } }" },
        { "RNN0033", "'High'|concatenated", "[RnnModel(3, 64, Tokens = true)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Gru(3, From = [nameof(Low), Layer.Input])|]] partial Layer High { get; } }" },
        { "RNN0035", "'Layers'|'Low'|0", "[RnnModel(3, 64)] partial class Amp { [Gru(3, Layers = [|0|])] partial Layer Low { get; } }" },
        { "RNN0035", "'Direction'|'Low'|7", "[RnnModel(3, 64)] partial class Amp { [Gru(3, Direction = [|(Direction)7|])] partial Layer Low { get; } }" },
        { "RNN0035", "'Merge'|'Low'|-1", "[RnnModel(3, 64)] partial class Amp { [Gru(3, Direction = Direction.Bidirectional, Merge = [|(Merge)(-1)|])] partial Layer Low { get; } }" },
        { "RNN0036", "Delta|[Linear]|'Out'|is 0|greater than 0", "[RnnModel(3, 64)] partial class Amp { [Linear(3, Loss = Loss.Huber, Delta = [|0|])] partial Layer Out { get; } }" },
        { "RNN0036", "Epsilon|[LayerNorm]|'Even'|is 0|greater than 0", "[RnnModel(3, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [LayerNorm(Epsilon = [|0|])] partial Layer Even { get; } }" },
        { "RNN0036", "Epsilon|[LayerNorm]|'Even'|is 1E-60|greater than 0", "[RnnModel(3, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [LayerNorm(Epsilon = [|1e-60|])] partial Layer Even { get; } }" },
        { "RNN0035", "'Loss'|'Out'|9", "[RnnModel(3, 64)] partial class Amp { [Linear(3, Loss = [|(Loss)9|])] partial Layer Out { get; } }" },
        { "RNN0036", "Weight|[Linear]|'Out'|is -1|at least 0", "[RnnModel(3, 64)] partial class Amp { [Linear(3, Weight = [|-1|])] partial Layer Out { get; } }" },
        { "RNN0036", "ClassWeights|[Softmax]|'Out'|is -1|at least 0", "[RnnModel(3, 64)] partial class Amp { [Softmax(3, ClassWeights = [|[1, -1, 2]|])] partial Layer Out { get; } }" },
        { "RNN0036", "PositiveWeights|[Sigmoid]|is NaN|finite", "[RnnModel(3, 64)] partial class Amp { [Sigmoid(1, PositiveWeights = [|[double.NaN]|])] partial Layer Out { get; } }" },
        { "RNN0038", "ClassWeights|[Softmax]|'Out'|length 2|size 3", "[RnnModel(3, 64)] partial class Amp { [Softmax(3, ClassWeights = [|[1, 2]|])] partial Layer Out { get; } }" },
        { "RNN0038", "PositiveWeights|[Sigmoid]|'Amp'|length 3|size 1", "[RnnModel(3, 64), Gru(2), Sigmoid(1, PositiveWeights = [|new double[] { 1, 2, 3 }|])] partial class Amp;" },
        { "RNN0039", "'Next'|'Words'|not an embedding", "[RnnModel(9, 64)] partial class Amp { [Embedding(3)] partial Layer Word { get; } [Gru(3)] partial Layer Low { get; } [Softmax(9, Tied = [|\"Words\"|])] partial Layer Next { get; } }" },
        { "RNN0039", "'Next'|'Low'|not an embedding", "[RnnModel(9, 64)] partial class Amp { [Embedding(3)] partial Layer Word { get; } [Gru(3)] partial Layer Low { get; } [Softmax(9, Tied = [|nameof(Low)|])] partial Layer Next { get; } }" },
        { "RNN0039", "'Next'|'Word'|9 tokens|size 8", "[RnnModel(9, 64)] partial class Amp { [Embedding(3)] partial Layer Word { get; } [Gru(3)] partial Layer Low { get; } [Softmax(8, Tied = [|nameof(Word)|])] partial Layer Next { get; } }" },
        { "RNN0039", "'Softmax'|'Embedding'|size 4|input size 3|[Dense(4)] before the head", "[RnnModel(9, 64), Embedding(4), Gru(3), Softmax(9, Tied = [|\"Embedding\"|])] partial class Amp;" },
        { "RNN0040", "'Scaled'|Layer.Input", "[RnnModel(3, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Normalization|]] partial Layer Scaled { get; } }" },
        { "RNN0040", "'Scaled'", "[RnnModel(3, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Normalization(From = [nameof(Low), Layer.Input])|]] partial Layer Scaled { get; } }" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Reports_one_error_at_the_place_and_fails_the_build(string id, string mentions, string marked)
    {
        Marked source = Marked.Parse("using RnnGen;\n" + marked);

        await AssertReportsAsync(GeneratorRun.Of(source.Source), id, mentions, source);
    }

    /// <summary>The compiler and the analyzer know a constant of generated code, the generator does not.</summary>
    [Theory]
    [InlineData("inputSize|[RnnModel]|'Amp'|const of your own", "[RnnModel([|Other.OutputSize|], 64), Lstm(20)] partial class Amp;")]
    [InlineData("hiddenSize|[Lstm]|'Low'", "[RnnModel(1, 64)] partial class Amp { [Lstm([|2 * Other.OutputSize|])] partial Layer Low { get; } }")]
    [InlineData("BatchSize|[RnnModel]|'Amp'", "[RnnModel(1, 64, BatchSize = [|Other.InputSize|]), Lstm(20)] partial class Amp;")]
    public async Task A_constant_of_generated_code(string mentions, string marked)
    {
        Marked source = Marked.Parse("using RnnGen;\n[RnnModel(2, 4), Gru(2), Linear(3)] partial class Other;\n" + marked);
        GeneratorRun run = GeneratorRun.Of(source.Source);
        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(run));

        Assert.Equal("RNN0011", diagnostic.Id);
        Assert.All(mentions.Split('|'), mention => Assert.Contains(mention, diagnostic.GetMessage(), StringComparison.Ordinal));
        Assert.Equal(source.Start, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(source.Text.Length, diagnostic.Location.SourceSpan.Length);
        Assert.Single(run.Errors);
    }

    /// <summary>Errors must not be suppressed: nothing else stops the build.</summary>
    [Theory]
    [InlineData("#pragma warning disable\nusing RnnGen; [RnnModel(0, 64), Lstm(20)] partial class Amp;")]
    [InlineData("// <auto-generated/>\nusing RnnGen; [RnnModel(0, 64), Lstm(20)] partial class Amp;")]
    public async Task An_error_cannot_be_suppressed(string source)
    {
        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(GeneratorRun.Of(source)));

        Assert.Equal("RNN0010", diagnostic.Id);
        Assert.False(diagnostic.IsSuppressed);
    }

    /// <summary>But by this attribute they can.</summary>
    [Theory]
    [InlineData("using RnnGen; [System.Diagnostics.CodeAnalysis.SuppressMessage(\"RnnGen\", \"RNN0010\")] [RnnModel(0, 64), Lstm(20)] partial class Amp;")]
    [InlineData("using RnnGen; [assembly: System.Diagnostics.CodeAnalysis.SuppressMessage(\"RnnGen\", \"RNN0010:Size\")] [RnnModel(0, 64), Lstm(20)] partial class Amp;")]
    public void A_suppressed_error_fails_the_build(string source)
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(source), isAnalyzed: true);

        Assert.StartsWith("RNN0010", Assert.Single(run.Errors), StringComparison.Ordinal);
    }

    /// <summary>There is no model to generate, so only the analyzer can report these.</summary>
    [Theory]
    [InlineData("[Linear]|'Amp'", "[[|Linear(1)|], Lstm(20)] partial class Amp;")]
    [InlineData("[Gru]|'Amp'", "partial class Amp { [[|Gru(3)|]] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }")]
    [InlineData("[Dense]|'Amp'", "[System.Serializable] struct Amp { [[|Dense(3)|]] public Layer? Low { get; } }")]
    public async Task Layers_without_a_model(string mentions, string marked)
    {
        Marked source = Marked.Parse("using RnnGen;\n" + marked);
        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(GeneratorRun.Of(source.Source)));

        Assert.Equal("RNN0043", diagnostic.Id);
        Assert.All(mentions.Split('|'), mention => Assert.Contains(mention, diagnostic.GetMessage(), StringComparison.Ordinal));
        Assert.Equal(source.Start, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(source.Text.Length, diagnostic.Location.SourceSpan.Length);
    }

    [Fact]
    public async Task Layers_in_two_files()
    {
        Marked second = Marked.Parse("using RnnGen; partial class Amp { [Linear(1)] public partial Layer [|Out|] { get; } }");
        GeneratorRun run = GeneratorRun.Of(
            "using RnnGen; [RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer Low { get; } }",
            second.Source);

        await AssertReportsAsync(run, "RNN0019", "'Amp'|'Low'|'Out'", second);
    }

    [Fact]
    public async Task Language_version()
    {
        Marked source = Marked.Parse("using RnnGen; [RnnModel(1, 64), Lstm(3)] partial class [|Amp|] { }");
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(new CSharpParseOptions(LanguageVersion.CSharp12), source.Source));

        await AssertReportsAsync(run, "RNN0009", "'Amp'|C# 12.0|C# 13", source);
    }

    [Fact]
    public async Task Several_errors_are_reported_together()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using RnnGen;
            [RnnModel(0, 64)] abstract class Amp
            {
                public Amp() { }
                [Gru(-1)] public partial Layer Load { get; }
            }
            """);

        Assert.Equal(
            ["RNN0001", "RNN0005", "RNN0008", "RNN0010", "RNN0010", "RNN0023"],
            (await Analysis.RunAsync(run)).Select(diagnostic => diagnostic.Id).Order());
        Assert.Equal(6, run.Errors.Count());
    }

    [Theory]
    [InlineData(Models.Hello)]
    [InlineData(Models.Amp)]
    [InlineData(Models.Stack)]
    [InlineData(Models.Everything)]
    [InlineData(Models.Words)]
    [InlineData(Models.Sensor)]
    public async Task Reports_nothing_for_a_correct_model_and_its_generated_half(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);

        Assert.Empty(await Analysis.RunAsync(run));
        Assert.Empty(run.Errors);
    }

    [Theory]
    [InlineData("[RnnModel(1, 64)] partial class Amp { [Lstmm(3)] public partial Layer Low { get; } }")]
    [InlineData("[RnnModel(1, 64), Lstmm(3)] partial class Amp;")]
    [InlineData("[RnnModell(1, 64), Lstm(3)] partial class Amp;")]
    [InlineData("[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; } [Gru(3)] public partial Layer A { get; } }")]
    public async Task Leaves_to_the_compiler_what_it_reports_itself(string source)
    {
        GeneratorRun run = GeneratorRun.Of("using RnnGen;\n" + source);

        Assert.Empty(await Analysis.RunAsync(run));
        Assert.Empty(run.Errors);
        Assert.Contains(run.Compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void A_wrong_model_gets_stubs_so_that_only_its_own_error_shows()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using RnnGen;
            namespace @class.Space;
            public interface IOuter;
            partial interface @event
            {
                partial record struct Inner
                {
                    /// <summary>A model.</summary>
                    [RnnModel(0, 64)] public partial class @is
                    {
                        [Gru(3)] public partial Layer @if { get; }
                        [Gru(3)] private protected partial Layer Low { get; }
                    }
                }
            }
            """);

        Diagnostic error = Assert.Single(run.Compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error && diagnostic.Id != "CS1591");
        Assert.Equal("CS1029", error.Id);
        Assert.Contains("RNN0010", error.GetMessage(), StringComparison.Ordinal);
    }

    private static async Task AssertReportsAsync(GeneratorRun run, string id, string mentions, Marked source)
    {
        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(run));
        string message = diagnostic.GetMessage();
        Assert.Equal(id, diagnostic.Id);
        Assert.All(mentions.Split('|'), mention => Assert.Contains(mention, message, StringComparison.Ordinal));
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);

        // The marked text is the user's own.
        Assert.Equal(source.Text, diagnostic.Location.SourceTree!.ToString().Substring(diagnostic.Location.SourceSpan.Start, diagnostic.Location.SourceSpan.Length));
        Assert.Equal(source.Start, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(source.Source, diagnostic.Location.SourceTree.ToString());

        // Without the analyzer, the same text fails the build.
        Assert.Equal([$"{id} {message}"], run.Errors);
        Diagnostic failure = Assert.Single(run.Compilation.GetDiagnostics(), candidate => candidate.Id == "CS1029");
        Assert.Equal($"#error: '{id} {message}'", failure.GetMessage());
    }
}
