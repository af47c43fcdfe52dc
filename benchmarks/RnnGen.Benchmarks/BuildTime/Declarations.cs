namespace RnnGen.Benchmarks;

/// <summary>The models of a project: ten kinds in turn, each time larger.</summary>
internal static class Declarations
{
    /// <summary>The source text of so many models.</summary>
    public static string Of(int models) => "using RnnGen;\n" + string.Join('\n', Enumerable.Range(0, models).Select(k => Model(k, name: $"Model{k}", more: k / 10 * 3)));

    private static string Model(int kind, string name, int more) => (kind % 10) switch
    {
        0 => $"[RnnModel(1, 64), Lstm({20 + more}), Linear(1)] partial class {name};",
        1 => $"[RnnModel(60, 64, Tokens = true, BatchSize = 32), Gru({128 + more}), Softmax(60)] partial class {name};",
        2 => $"[RnnModel(4, 4, Tokens = true), Rnn({10 + more}), Softmax(4)] partial class {name};",
        3 => $"[RnnModel(9, 128, BatchSize = 16), Lstm({32 + more}, Direction = Direction.Bidirectional, ReturnSequences = false), Softmax(6)] partial class {name};",
        4 => $$"""[RnnModel(40, 100)] partial class {{name}} { [Dense(24)] public partial Layer A { get; } [Gru({{48 + more}})] public partial Layer B { get; } [Sigmoid(22)] public partial Layer C { get; } }""",
        5 => $$"""[RnnModel(500, 50, Tokens = true, BatchSize = 16)] partial class {{name}} { [Embedding(64)] public partial Layer A { get; } [Lstm({{64 + more}}, Layers = 2)] public partial Layer B { get; } [Softmax(500)] public partial Layer C { get; } }""",
        6 => $"[RnnModel(12, 96, BatchSize = 32), MinGru({32 + more}), Linear(3)] partial class {name};",
        7 => $"[RnnModel(7, 168, BatchSize = 32), Gru({64 + more}), Quantile(0.1, 0.5, 0.9, Targets = 7)] partial class {name};",
        8 => $"[RnnModel(26, 200, BatchSize = 8), Gru({48 + more}, Direction = Direction.Bidirectional, LinearBeforeReset = false), Ctc(28)] partial class {name};",
        _ => $$"""[RnnModel(16, 32)] partial class {{name}} { [Lstm({{40 + more}}, Peepholes = true)] public partial Layer A { get; } [LayerNorm] public partial Layer B { get; } [Linear(4)] public partial Layer C { get; } }""",
    };
}
