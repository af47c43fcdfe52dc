namespace RnnGen.Generator.Tests;

/// <summary>
/// Declarations of models that between them reach everything that the generator prints: each kind of layer with each direction, level and option,
/// with and without batches, tokens, heads, joins and dropout, in sizes on both sides of every threshold.
/// </summary>
internal static class Corpus
{
    public static IEnumerable<string> Declarations() =>
    [
        .. RecurrentLayers(), .. SeveralHeads(), .. LearnedStates(), .. Stacks(), .. Loops(), .. Options(), .. Places(),
        Models.Hello, Models.Amp, Models.Stack, Models.Speech, Models.Memory, Models.Lanes, Models.LanesOfGraph, Models.Bytes, Models.Halves, Models.Twins, Models.Words, Models.Sensor,
        .. MinimalCells(), .. Alignments(), .. Mixtures(), .. Quantiles(), .. CleanModels(), .. ReproducibleModels(), .. NarrowLayers(), .. Nibbles(), .. SharedSteps(),
    ];

    /// <summary>Recurrent layers of three sizes by direction and level; batches, tokens, heads and dropout take turns.</summary>
    private static IEnumerable<string> RecurrentLayers()
    {
        string[] cells =
        [
            "Rnn({0}{1})", "Lstm({0}{1})", "Gru({0}{1})", "Gru({0}, LinearBeforeReset = false{1})", "Lstm({0}, LayerNorm = true{1})",
            "Lstm({0}, Zoneout = 0.1, RecurrentDropout = 0.2{1})",
        ];
        string[] options =
        [
            "", ", Direction = Direction.Reverse", ", Direction = Direction.Bidirectional", ", ReturnSequences = false",
            ", Direction = Direction.Reverse, ReturnSequences = false", ", Layers = 2, Residual = true",
        ];
        string[] heads =
        [
            "[Softmax(4)] public partial Layer Z { get; }", "[Linear(3)] public partial Layer Z { get; }", "",
            "[Softmax(4)] public partial Layer Y { get; } [Linear(2)] public partial Layer Z { get; }",
        ];
        for (int k = 0; k < cells.Length * options.Length; k++)
        {
            string option = options[k % options.Length];
            bool isResidual = option.Contains("Residual", StringComparison.Ordinal);
            int size = new[] { 5, 20, 64 }[k % 3];
            int input = isResidual ? size : new[] { 3, 20, 40 }[k / 3 % 3];
            string batch = k % 2 == 0 ? ", BatchSize = 8" : "";
            string tokens = k % 5 == 4 && !isResidual ? ", Tokens = true" : "";
            string layer = string.Format(null, cells[k / options.Length], size, option);
            string extra = k % 7 == 3 ? "[Dropout(0.2)] public partial Layer D { get; } [Dense(6)] public partial Layer E { get; }" : "";
            yield return $"using RnnGen; [RnnModel({input}, 40{batch}{tokens})] partial class M{k} {{ [{layer}] public partial Layer A {{ get; }} {extra} {heads[k % 4]} }}";
        }
    }

    /// <summary>Two heads, one of which reads the recurrent layer directly.</summary>
    private static IEnumerable<string> SeveralHeads()
    {
        string[] cells =
        [
            "Rnn(6)", "Gru(20, ReturnSequences = false)", "Lstm(9, Direction = Direction.Bidirectional, ReturnSequences = false)",
            "Lstm(9, Direction = Direction.Bidirectional, Merge = Merge.Multiply)", "Gru(33, Direction = Direction.Reverse)", "Lstm(40)",
        ];
        int k = 0;
        foreach (string batch in new[] { "", ", BatchSize = 16" })
        {
            foreach (string cell in cells)
            {
                yield return $"using RnnGen; [RnnModel(7, 40{batch})] partial class N{k++} {{ [{cell}] public partial Layer A {{ get; }} "
                    + "[Dropout(0.2, Variational = true)] public partial Layer D { get; } [Dense(5, From = [nameof(D), nameof(A)])] public partial Layer B { get; } "
                    + "[Softmax(3)] public partial Layer Y { get; } [Linear(2, From = [nameof(A)], Weight = 0.5)] public partial Layer Z { get; } }";
            }
        }
    }

    private static IEnumerable<string> LearnedStates()
    {
        string[] cells =
        [
            "Rnn(6, LearnInitialState = true)", "Lstm(40, LearnInitialState = true)", "Gru(20, LearnInitialState = true, Direction = Direction.Reverse)",
            "Lstm(9, LearnInitialState = true, Direction = Direction.Bidirectional)",
        ];
        return cells.Select((cell, k) =>
            $"using RnnGen; [RnnModel(7, 40, Trace = true)] partial class L{k} {{ [{cell}] public partial Layer A {{ get; }} [Softmax(3)] public partial Layer Y {{ get; }} }}");
    }

    /// <summary>Layers that share kernels, an embedding that a head shares, joins of values that are not adjacent.</summary>
    private static IEnumerable<string> Stacks() =>
    [
        "using RnnGen; [RnnModel(12, 30, BatchSize = 8)] partial class T1 { [Embedding(6)] public partial Layer W { get; } [Gru(24)] public partial Layer A { get; } "
            + "[Gru(24)] public partial Layer B { get; } [Dense(6)] public partial Layer N { get; } [Softmax(12, Tied = nameof(W))] public partial Layer Y { get; } }",
        "using RnnGen; [RnnModel(12, 30, BatchSize = 8)] partial class T2 { [Normalization] public partial Layer W { get; } [Rnn(12, From = [Layer.Input, nameof(W)])] "
            + "public partial Layer A { get; } [Rnn(12, Residual = true)] public partial Layer B { get; } [Sigmoid(5, From = [nameof(A), nameof(B)])] public partial Layer Y { get; } }",
        "using RnnGen; [RnnModel(24, 30, BatchSize = 8)] partial class T3 { [Lstm(24)] public partial Layer A { get; } [Lstm(24)] public partial Layer B { get; } "
            + "[Lstm(24)] public partial Layer C { get; } [Dense(24)] public partial Layer D { get; } [Lstm(24, Direction = Direction.Bidirectional)] public partial Layer E { get; } }",
    ];

    /// <summary>Rows all written out or none of them, precise functions, one input, many units.</summary>
    private static IEnumerable<string> Loops()
    {
        int k = 0;
        foreach (string cell in new[] { "Rnn(1", "Lstm(20", "Gru(130", "Lstm(40, LayerNorm = true", "Gru(12, Direction = Direction.Bidirectional" })
        {
            foreach (string unroll in new[] { ", Unroll = Unroll.Rows", ", Unroll = Unroll.None", "" })
            {
                string options = $"{(k % 2 == 0 ? ", BatchSize = 8" : "")}{(k % 3 == 0 ? ", Precise = true" : "")}{unroll}";
                yield return $"using RnnGen; [RnnModel(1, 40{options})] partial class U{k++} {{ [{cell})] public partial Layer A {{ get; }} [Gru(6)] public partial Layer B {{ get; }} [Softmax(3)] public partial Layer Y {{ get; }} }}";
            }
        }
    }

    /// <summary>Options of cells, merges and losses.</summary>
    private static IEnumerable<string> Options()
    {
        string[] cells =
        [
            "Lstm(20, Peepholes = true)", "Lstm(20, InputForget = true, Clip = 3)", "Lstm(20, ProjectionSize = 8)",
            "Lstm(40, GateActivation = Activation.HardSigmoid, OutputActivation = Activation.Elu)", "Lstm(64, ZoneoutCell = 0.1, Peepholes = true)",
            "Gru(20, Clip = 2, Zoneout = 0.1)", "Rnn(9, Activation = Activation.LeakyRelu, Alpha = 0.2f)", "Gru(9, Direction = Direction.Bidirectional, Merge = Merge.Sum)",
            "Lstm(20, Direction = Direction.Bidirectional, Merge = Merge.Average)", "Dense(7)", "Rnn(5, Bias = false)",
        ];
        int k = 0;
        foreach (string cell in cells)
        {
            foreach (string model in new[] { "12, 40", "12, 40, BatchSize = 8", "12, 40, Tokens = true", "12, 8, BatchSize = 16, Precise = true" })
            {
                yield return $"using RnnGen; [RnnModel({model})] partial class O{k++} {{ [{cell}] public partial Layer A {{ get; }} [LayerNorm] public partial Layer N {{ get; }} [Linear(3, Loss = Loss.Huber)] public partial Layer Y {{ get; }} }}";
            }
        }
    }

    /// <summary>Places where a class can stand, and names that a class can have.</summary>
    private static IEnumerable<string> Places() =>
    [
        "using RnnGen; namespace Acme.Audio; public partial class Engine { internal partial class Parts { [RnnModel(2, 3), Lstm(4), Linear(1)] protected internal sealed partial class Amp; } }",
        "using RnnGen; namespace Acme; public class Base { public int Layers; } [RnnModel(2, 3), Gru(4), Linear(1)] public partial class @event : Base;",
        "using RnnGen; namespace Acme; [RnnModel(2, 3), Gru(4), Linear(1)] public partial class Named { public required string Label { get; init; } }",
    ];

    /// <summary>Other cells than those of ONNX.</summary>
    private static IEnumerable<string> MinimalCells()
    {
        int k = 0;
        foreach (string cell in new[] { "MinGru", "Mgu" })
        {
            foreach (string model in new[] { "12, 40", "12, 40, BatchSize = 8", "12, 40, Tokens = true", "90, 40, BatchSize = 16" })
            {
                foreach (string options in new[] { "5", "20, Direction = Direction.Bidirectional", "64, Zoneout = 0.1, Clip = 2, Bias = false" })
                {
                    yield return $"using RnnGen; [RnnModel({model})] partial class C{k++} {{ [{cell}({options})] public partial Layer A {{ get; }} [Softmax(3)] public partial Layer Y {{ get; }} }}";
                }
            }
        }
    }

    /// <summary>Labels that are not aligned, as the only head and beside another one.</summary>
    private static IEnumerable<string> Alignments()
    {
        int k = 0;
        foreach (string model in new[] { "12, 40", "12, 40, BatchSize = 8", "12, 40, Tokens = true" })
        {
            foreach (string cell in new[] { "Gru(20", "Lstm(20, Direction = Direction.Bidirectional" })
            {
                yield return $"using RnnGen; [RnnModel({model})] partial class A{k++} {{ [{cell})] public partial Layer A {{ get; }} [Ctc(9)] public partial Layer Y {{ get; }} }}";
                yield return $"using RnnGen; [RnnModel({model})] partial class A{k++} {{ [{cell})] public partial Layer A {{ get; }} [Linear(2)] public partial Layer Z {{ get; }} "
                    + "[Ctc(9, Blank = CtcBlank.Last, Reduction = CtcReduction.Sum, ZeroInfinity = true)] public partial Layer Y { get; } }";
            }
        }
    }

    /// <summary>Quantiles, as the only head and beside another one.</summary>
    private static IEnumerable<string> Quantiles()
    {
        int k = 0;
        foreach (string model in new[] { "12, 40", "12, 40, BatchSize = 8", "12, 40, Tokens = true" })
        {
            foreach (string cell in new[] { "Gru(20", "Lstm(20, Direction = Direction.Bidirectional", "Gru(20, ReturnSequences = false" })
            {
                yield return $"using RnnGen; [RnnModel({model})] partial class Q{k++} {{ [{cell})] public partial Layer A {{ get; }} [Quantile(0.1, 0.5, 0.9)] public partial Layer Y {{ get; }} }}";
                yield return $"using RnnGen; [RnnModel({model})] partial class Q{k++} {{ [{cell})] public partial Layer A {{ get; }} [Linear(2)] public partial Layer Z {{ get; }} "
                    + "[Quantile([0.25, 0.75], Targets = 5, Weight = 0.5)] public partial Layer Y { get; } }";
            }
        }
    }

    /// <summary>Models that keep their streams clean.</summary>
    private static IEnumerable<string> CleanModels()
    {
        int k = 0;
        foreach (string model in new[] { "12, 40, NonFinite = NonFinite.Throw", "12, 40, NonFinite = NonFinite.Hold" })
        {
            foreach (string batch in new[] { "", ", BatchSize = 8" })
            {
                yield return $"using RnnGen; [RnnModel({model}{batch}), Lstm(20), Softmax(4)] partial class Clean{k++};";
                yield return $"using RnnGen; [RnnModel({model}{batch}), Gru(20, ReturnSequences = false)] partial class Clean{k++};";
                yield return $"using RnnGen; [RnnModel({model}{batch})] partial class Clean{k++} {{ [Gru(80)] public partial Layer A {{ get; }} [Linear(2)] public partial Layer Z {{ get; }} [Ctc(9)] public partial Layer Y {{ get; }} }}";
            }
        }
    }

    /// <summary>Models whose bits are the same everywhere.</summary>
    private static IEnumerable<string> ReproducibleModels()
    {
        int k = 0;
        foreach (string cell in new[] { "Rnn(70)", "Lstm(20)", "Lstm(64)", "Gru(35, LinearBeforeReset = false)", "Lstm(20, LayerNorm = true, Direction = Direction.Bidirectional)" })
        {
            foreach (string model in new[] { "12, 40", "40, 40, BatchSize = 8", "12, 40, Tokens = true, Precise = true", "40, 40, Unroll = Unroll.None" })
            {
                yield return $"using RnnGen; [RnnModel({model}, Reproducible = true)] partial class Same{k++} {{ [{cell}] public partial Layer A {{ get; }} [Softmax(3)] public partial Layer Y {{ get; }} }}";
            }
        }
    }

    /// <summary>Formats of single layers, beside others and on several levels.</summary>
    private static IEnumerable<string> NarrowLayers()
    {
        int k = 0;
        foreach (string layers in new[]
        {
            "[Gru(20, Weights = WeightFormat.Int8)] public partial Layer A { get; } [Gru(20)] public partial Layer B { get; } [Linear(3)] public partial Layer Y { get; }",
            "[Lstm(64, Layers = 2, Weights = WeightFormat.BFloat16)] public partial Layer A { get; } [Softmax(3)] public partial Layer Y { get; }",
            "[Lstm(20)] public partial Layer A { get; } [Rnn(40, Weights = WeightFormat.Float32)] public partial Layer B { get; }",
        })
        {
            foreach (string model in new[] { "20, 40", "12, 40, BatchSize = 8, Weights = WeightFormat.Int8", "12, 40, Tokens = true, Weights = WeightFormat.BFloat16" })
            {
                // The option of a model needs a layer that follows it.
                string declared = layers.StartsWith("[Lstm(64", StringComparison.Ordinal) ? model.Replace(", Weights = WeightFormat.Int8", "", StringComparison.Ordinal).Replace(", Weights = WeightFormat.BFloat16", "", StringComparison.Ordinal) : model;
                yield return $"using RnnGen; [RnnModel({declared})] partial class Narrow{k++} {{ {layers} }}";
            }
        }
    }

    /// <summary>Weights of four bits, in blocks of 64 rows: parts of one, one, several.</summary>
    private static IEnumerable<string> Nibbles()
    {
        yield return Models.Nibbles;
        int k = 0;
        foreach (string layer in new[] { "Gru(64)", "Rnn(200)", "Lstm(256)", "Lstm(20, Direction = Direction.Bidirectional)", "Mgu(130, Layers = 2)" })
        {
            foreach (string model in new[] { "40, 40", "140, 40, BatchSize = 8", "64, 40, Unroll = Unroll.Rows" })
            {
                yield return $"using RnnGen; [RnnModel({model}, Weights = WeightFormat.Int4)] partial class Four{k++} {{ [{layer}] public partial Layer A {{ get; }} [Linear(3)] public partial Layer Y {{ get; }} }}";
            }
        }
    }

    /// <summary>Steps that two threads share: one stage and two, bytes of each part, layers of one thread, tokens.</summary>
    private static IEnumerable<string> SharedSteps()
    {
        int k = 0;
        foreach (string layer in new[] { "Lstm(128)", "Gru(192, LinearBeforeReset = false)", "Lstm(160, Weights = WeightFormat.Int8)", "Gru(256, Weights = WeightFormat.Int4)" })
        {
            foreach (string model in new[] { "128, 40", "128, 40, Tokens = true", "128, 40, BatchSize = 8, NonFinite = NonFinite.Hold" }.Where(m => !(m.Contains("Tokens", StringComparison.Ordinal) && layer.Contains("Weights", StringComparison.Ordinal))))
            {
                yield return $"using RnnGen; [RnnModel({model}, Parallel = 2)] partial class Shared{k++} {{ [{layer}] public partial Layer A {{ get; }} [LayerNorm] public partial Layer B {{ get; }} "
                    + "[Rnn(150)] public partial Layer C { get; } [Linear(3)] public partial Layer Y { get; } }";
            }
        }
    }

    /// <summary>Mixtures of Gaussians, as the only head and beside another one.</summary>
    private static IEnumerable<string> Mixtures()
    {
        int k = 0;
        foreach (string model in new[] { "12, 40", "12, 40, BatchSize = 8", "12, 40, Tokens = true" })
        {
            foreach (string cell in new[] { "Gru(20", "Lstm(20, Direction = Direction.Bidirectional", "Gru(20, ReturnSequences = false" })
            {
                yield return $"using RnnGen; [RnnModel({model})] partial class X{k++} {{ [{cell})] public partial Layer A {{ get; }} [Mixture(5, 3)] public partial Layer Y {{ get; }} }}";
                yield return $"using RnnGen; [RnnModel({model})] partial class X{k++} {{ [{cell})] public partial Layer A {{ get; }} [Linear(2)] public partial Layer Z {{ get; }} "
                    + "[Mixture(4, 2, Covariance = Covariance.Full, Binary = 3)] public partial Layer Y { get; } }";
            }
        }
    }
}
