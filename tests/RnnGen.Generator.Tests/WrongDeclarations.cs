namespace RnnGen.Generator.Tests;

/// <summary>Wrong declarations of a class <c>Amp</c>, each with one mistake, and the kind of code that uses the class.</summary>
internal static class WrongDeclarations
{
    private const string Class = "public sealed partial class Amp;";

    /// <summary>Id, how the model is used, and the declaration.</summary>
    public static TheoryData<string, Use, string> All => new()
    {
        // The class.
        { "RNN0001", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] public sealed class Amp;" },
        { "RNN0001", Use.Numbers, "[RnnModel(1, 64)] public sealed class Amp { [Lstm(20)] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0002", Use.Inside, "public static class Outer { [RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial class Amp; }" },
        { "RNN0003", Use.Generic, "[RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial class Amp<T>;" },
        { "RNN0004", Use.Static, "[RnnModel(1, 64), Lstm(20), Linear(1)] public static partial class Amp;" },
        { "RNN0005", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] public abstract partial class Amp;" },
        { "RNN0006", Use.Once, "[RnnModel(1, 64), Lstm(20), Linear(1)] file partial class Amp;" },
        { "RNN0007", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial record Amp;" },
        { "RNN0008", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial class Amp { public Amp() { } }" },
        { "RNN0008", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial class Amp(int seed) { public int Seed => seed; }" },
        { "RNN0009", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(1)] " + Class },
        { "RNN0045", Use.Numbers, "public class Base(int size) { public int Size => size; } [RnnModel(1, 64), Lstm(20), Linear(1)] public sealed partial class Amp : Base;" },
        { "RNN0048", Use.Once, "public class System { } [RnnModel(1, 64), Lstm(20), Linear(1)] " + Class },

        // Arguments.
        { "RNN0010", Use.Numbers, "[RnnModel(0, 64), Lstm(20), Linear(1)] " + Class },
        { "RNN0010", Use.Numbers, "[RnnModel(1, 64), Lstm(20), Linear(-1)] " + Class },
        { "RNN0010", Use.Classes, "[RnnModel(1, 64), Lstm(0), Softmax(3)] " + Class },
        { "RNN0011", Use.Numbers, "public static class Sizes { public static int Field = 3; } [RnnModel(Sizes.Field, 64), Lstm(20), Linear(1)] " + Class },
        { "RNN0011", Use.Numbers, "[RnnModel(1, 4), Gru(2), Linear(3)] public sealed partial class Other; [RnnModel(Other.OutputSize, 64), Lstm(20), Linear(1)] " + Class },
        { "RNN0011", Use.Numbers, "[RnnModel(1, 4), Gru(2), Linear(3)] public sealed partial class Other; [RnnModel(1, 64)] public sealed partial class Amp { [Lstm(2 * Other.OutputSize)] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0012", Use.Numbers, "[RnnModel(100, 64), Lstm(20_000), Linear(1)] " + Class },
        { "RNN0013", Use.Numbers, "[RnnModel(1, 50_000_000), Lstm(20), Linear(1)] " + Class },
        { "RNN0014", Use.Numbers, "[RnnModel(1, 64), Rnn(3, Activation = (Activation)99), Linear(1)] " + Class },
        { "RNN0015", Use.Numbers, "public sealed class MineAttribute() : LayerAttribute(3); [RnnModel(1, 64), Lstm(20), Mine, Linear(1)] " + Class },
        { "RNN0015", Use.Numbers, "[RnnModel(1, 64), Lstm, Linear(1)] " + Class },
        { "RNN0015", Use.Numbers, "[RnnModel(1), Lstm(20), Linear(1)] " + Class },
        { "RNN0035", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Lstm(20, Layers = 0)] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0035", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Lstm(20)] public partial Layer Low { get; } [Dropout(50)] public partial Layer Mask { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0035", Use.Batches, "[RnnModel(1, 64, BatchSize = 100_000), Lstm(20), Linear(1)] " + Class },
        { "RNN0036", Use.Numbers, "[RnnModel(1, 64), Gru(3, Clip = -1), Linear(1)] " + Class },
        { "RNN0037", Use.Numbers, "[RnnModel(1, 64), Gru(3), Linear(2, Delta = 5)] " + Class },
        { "RNN0038", Use.Classes, "[RnnModel(1, 64), Gru(3), Softmax(3, ClassWeights = [1, 2])] " + Class },
        { "RNN0041", Use.Batches, "[RnnModel(1, 50_000, BatchSize = 1_024), Lstm(20), Linear(1)] " + Class },
        { "RNN0047", Use.Batches, """
            [RnnModel(20, 16, BatchSize = 2)] public sealed partial class Amp
            {
                [Lstm(20, Layers = 100, Direction = Direction.Bidirectional, LayerNorm = true, Peepholes = true)] public partial Layer Low { get; }
                [Lstm(20, Layers = 100, Direction = Direction.Bidirectional, LayerNorm = true, Peepholes = true)] public partial Layer Mid { get; }
                [Lstm(20, Layers = 100, Direction = Direction.Bidirectional, LayerNorm = true, Peepholes = true)] public partial Layer High { get; }
                [Linear(1)] public partial Layer Value { get; }
            }
            """ },

        // Layers.
        { "RNN0016", Use.NoHead, "[RnnModel(1, 64)] " + Class },
        { "RNN0017", Use.Classes, "[RnnModel(1, 64), Gru(3), Lstm(20), Softmax(3)] " + Class },
        { "RNN0017", Use.Numbers, "[RnnModel(1, 64), Gru(3), Dense(20), Linear(3)] " + Class },
        { "RNN0018", Use.Numbers, "[RnnModel(1, 64), Gru(3)] public sealed partial class Amp { [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0019", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } } // Other file:\npublic sealed partial class Amp { [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0020", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3), Lstm(4)] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0021", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public Layer Low { get; } = null!; [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0021", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; set; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0022", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0023", Use.Numbers, "[RnnModel(1, 64), Gru(3), Linear(1)] public sealed partial class Amp { public void Warmup() { } }" },
        { "RNN0023", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Parameters { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0044", Use.Heads, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer Output { get; } }" },
        { "RNN0024", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Linear(1)] public partial Layer Out { get; } [Gru(3)] public partial Layer Low { get; } }" },
        { "RNN0025", Use.Tokens, "[RnnModel(9, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } [Embedding(3)] public partial Layer Word { get; } [Softmax(9)] public partial Layer Next { get; } }" },
        { "RNN0026", Use.Tokens, "[RnnModel(9, 64, Tokens = true)] public sealed partial class Amp { [LayerNorm] public partial Layer Even { get; } [Gru(3)] public partial Layer Low { get; } [Softmax(9)] public partial Layer Next { get; } }" },
        { "RNN0027", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3, ReturnSequences = false)] public partial Layer Low { get; } [Gru(3)] public partial Layer High { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0055", Use.Classes, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3, ReturnSequences = false)] public partial Layer Low { get; } [Ctc(3)] public partial Layer Digits { get; } }" },

        { "RNN0056", Use.Classes, "[RnnModel(1, 64), Gru(3), Softmax(1)] " + Class },

        // The graph.
        { "RNN0029", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } [Gru(3, From = [\"Lower\"])] public partial Layer High { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0030", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3, ReturnSequences = false)] public partial Layer Low { get; } [Dense(2, From = [nameof(Low), Layer.Input])] public partial Layer Mix { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0031", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3, Residual = true)] public partial Layer Low { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0032", Use.Numbers, "[RnnModel(1, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } [Gru(3, From = [Layer.Input])] public partial Layer High { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0033", Use.Tokens, "[RnnModel(3, 64, Tokens = true)] public sealed partial class Amp { [Gru(3, Residual = true)] public partial Layer Low { get; } [Softmax(3)] public partial Layer Next { get; } }" },
        { "RNN0034", Use.Stream, "[RnnModel(1, 64), Gru(3, Direction = Direction.Bidirectional), Linear(1)] " + Class },
        { "RNN0039", Use.Tokens, "[RnnModel(9, 64), Embedding(4), Gru(3), Softmax(9, Tied = \"Embedding\")] " + Class },
        { "RNN0040", Use.Numbers, "[RnnModel(3, 64)] public sealed partial class Amp { [Gru(3)] public partial Layer Low { get; } [Normalization] public partial Layer Scaled { get; } [Linear(1)] public partial Layer Out { get; } }" },
        { "RNN0043", Use.Once, "[Lstm(20), Linear(1)] " + Class },
        { "RNN0043", Use.None, "public sealed partial class Amp { [Lstm(20)] public partial Layer Low { get; } }" },

        // The weights file.
        { "RNN0049", Use.Embedded, "[RnnModel(1, 64, WeightsFile = \"other.safetensors\", Embed = true), Lstm(20), Linear(1)] " + Class },
        { "RNN0050", Use.Numbers, "[RnnModel(1, 64, WeightsFile = \"amp.bin\"), Lstm(20), Linear(1)] " + Class },
        { "RNN0051", Use.Embedded, "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\", Embed = true), Lstm(20), Linear(1)] " + Class },
        { "RNN0052", Use.Numbers, "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), Lstm(20, Layers = 2), Linear(1)] " + Class },
        { "RNN0053", Use.Numbers, "[RnnModel(3, 64, WeightsFile = \"amp.safetensors\"), Lstm(20), Linear(1)] " + Class },
        { "RNN0054", Use.NoHead, "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), Lstm(20)] " + Class },
    };

    /// <summary>The code that uses the class: what a program does with a model that works.</summary>
    public static string Code(Use use) => use switch
    {
        Use.None => "",
        Use.Once => "internal static class Program { internal static object Create() => new Amp(seed: 1); }",
        Use.Static => "internal static class Program { internal static int Size() => Amp.InputSize + Amp.OutputSize; }",
        Use.Inside => "public static partial class Outer { " + Code(Use.Numbers) + " }",
        Use.Generic => Code(Use.Numbers).Replace("Amp", "Amp<int>", StringComparison.Ordinal),
        Use.Embedded => Code(Use.Numbers).Replace("new Amp(seed: 1)", "new Amp()", StringComparison.Ordinal),
        _ => $$"""
            public static class Program
            {
                public static float Run()
                {
                    var model = new Amp(seed: 1);
                    Amp.State state = model.CreateState();
                    var inputs = new {{Input(use)}}[Amp.SequenceLength * Amp.InputSize];
                    {{Answer(use)}}
                    float loss = 0;
                    {{Training(use)}}
                    Amp.Tape tape = model.CreateTape();
                    tape.Clear();
                    state.Reset();
                    model.Save("amp.safetensors");
                    model = Amp.Load("amp.safetensors");
                    return loss + model.Parameters[0] + model.Layers.Count + Amp.ParameterCount;
                }
            }
            """,
    };

    private static string Input(Use use) => use == Use.Tokens ? "int" : "float";

    private static string Answer(Use use) => use switch
    {
        Use.Heads => """
            model.Forward(state, inputs, new float[Amp.SequenceLength * Amp.KindSize], new float[Amp.SequenceLength]);
            """,
        Use.Stream => """
            model.Step(state, inputs, new float[Amp.OutputSize]);
            """,
        Use.Batches => """
            Amp.Batch batch = model.CreateBatch();
            model.Step(batch, inputs, new float[Amp.BatchSize * Amp.OutputSize]);
            """,
        _ => $"""
            var outputs = new float[Amp.SequenceLength * Amp.OutputSize];
            model.Step(state, {(use == Use.Tokens ? "token: 0" : "inputs")}, outputs);
            model.Forward(state, inputs, outputs);
            """,
    };

    private static string Training(Use use) => use switch
    {
        Use.NoHead => "",
        Use.Heads => """
            Amp.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
            loss += trainer.Train(inputs, new int[1], new float[1]);
            """,
        _ => $$"""
            Amp.Trainer trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
            var targets = new {{(use is Use.Classes or Use.Tokens ? "int" : "float")}}[Amp.OutputSize];
            loss += trainer.Train(inputs, targets) + trainer.Train(state, inputs, targets);
            loss += (float)model.Evaluate(state, inputs, targets).Loss;
            trainer.Fit(new Sequences<{{Input(use)}}, {{(use is Use.Classes or Use.Tokens ? "int" : "float")}}>([inputs], [targets]), validation: null, new FitOptions { Updates = 3 });
            """,
    };
}

/// <summary>How code uses a model.</summary>
public enum Use
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>It creates one: no generated text can reach the class.</summary>
    Once,

    /// <summary>It reads constants: a static class has no instances.</summary>
    Static,

    Numbers,
    Inside,
    Generic,
    Embedded,
    Classes,
    Tokens,
    Batches,
    Heads,
    NoHead,

    /// <summary>It calls Step.</summary>
    Stream,
}
