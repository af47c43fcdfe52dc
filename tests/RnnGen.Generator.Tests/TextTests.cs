using System.Text;
using Microsoft.CodeAnalysis;
using RnnGen.Fuzz;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>How much text a model has, and what its header says about it.</summary>
public class TextTests
{
    private const int MostBytes = 300 * 1024;

    private static readonly (int Input, int Hidden, int Steps)[] Sizes =
        [(4, 2, 6), (1, 20, 64), (8, 16, 32), (16, 32, 64), (40, 64, 100), (64, 128, 100), (128, 256, 50)];

    public static TheoryData<string, int, int, int, string> Layers =>
        [.. from cell in new[] { "Rnn", "Lstm", "Gru" } from size in Sizes from option in new[] { "", ", BatchSize = 32" } select (cell, size.Input, size.Hidden, size.Steps, option)];

    [Theory]
    [MemberData(nameof(Layers))]
    public void One_layer_is_small(string cell, int input, int hidden, int steps, string option) =>
        Assert.InRange(Bytes($"using RnnGen; [RnnModel({input}, {steps}{option}), {cell}({hidden})] partial class Model;"), 10_000, MostBytes);

    [Theory]
    [InlineData(128, 2, "", MostBytes)]
    [InlineData(256, 3, "", MostBytes)]
    [InlineData(128, 2, ", BatchSize = 32", 500 * 1024)]
    [InlineData(256, 3, ", BatchSize = 32", 500 * 1024)]
    public void A_stack_with_a_head_is_small(int size, int layers, string option, int most) =>
        Assert.InRange(Bytes($"using RnnGen; [RnnModel({size}, 32{option}), Lstm({size}, Layers = {layers}), Linear(32)] partial class Model;"), 10_000, most);

    [Theory]
    [InlineData("Lstm", 128, "")]
    [InlineData("Gru", 20, "")]
    [InlineData("Lstm", 128, ", BatchSize = 32")]
    public void Another_layer_with_the_same_sizes_has_no_kernels(string cell, int size, string option)
    {
        int three = Bytes(Stack(3));
        int four = Bytes(Stack(4));

        Assert.InRange(four - three, 1_000, 25_000);

        string Stack(int layers) =>
            $"using RnnGen; [RnnModel({size}, 64{option})] partial class Model {{ {string.Concat(Enumerable.Range(0, layers).Select(k => $"[{cell}({size})] public partial Layer L{k} {{ get; }} "))} }}";
    }

    [Theory]
    [InlineData("Auto", "Lstm(32)", "2 of the 16 rows of x, 2 of the 32 rows of h per iteration (full unrolling was measured to gain less than 2 %).")]
    [InlineData("Auto", "Lstm(32)", "the row of the token, 2 of the 32 rows of h per iteration (full unrolling was measured to gain less than 2 %).", "Tokens = true")]
    [InlineData("Auto", "Embedding(3), Lstm(4)", "all 3 rows of x, all 4 rows of h.")]
    [InlineData("Rows", "Lstm(20)", "all 16 rows of x, all 20 rows of h (Unroll.Rows).")]
    [InlineData("Rows", "Lstm(64)", "all 16 rows of x, all 64 rows of h. Unroll.Rows asks for all of them, but BackwardStep, BackwardStatesStep would exceed 20,000 bytes of IL.")]
    [InlineData("Rows", "Lstm(128)", "2 of the 16 rows of x, 2 of the 128 rows of h per iteration. Unroll.Rows asks for all of them, but Step, RecordStep, SummedStep, RecordSummedStep, BackwardStep, BackwardStatesStep would exceed 20,000 bytes of IL.")]
    [InlineData("None", "Lstm(32)", "1 of the 16 rows of x, 1 of the 32 rows of h per iteration (Unroll.None).")]
    public void The_header_says_what_was_unrolled_and_why(string unroll, string layer, string rows, string option = "Trace = false")
    {
        IReadOnlyDictionary<string, string> files = GeneratorRun.Of($"using RnnGen; [RnnModel(16, 64, Unroll = Unroll.{unroll}, {option}), {layer}] partial class Model;").Files;
        Assert.Contains($"\n// Unrolled: {rows}\n", files["Model-Lstm.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Much_text_is_a_warning_that_names_the_layer_and_the_option()
    {
        Marked marked = Marked.Parse("using RnnGen; [RnnModel(20, 40, BatchSize = 8), Lstm(20, Layers = [|100|], Direction = Direction.Bidirectional, Peepholes = true, LayerNorm = true, Zoneout = 0.1)] partial class Deep;");
        GeneratorRun run = GeneratorRun.Of(marked.Source);

        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(TestCompilation.Create(marked.Source)));
        Assert.Equal("RNN0046", diagnostic.Id);
        Assert.Equal(marked.Start, diagnostic.Location.SourceSpan.Start);
        Assert.Contains("'Lstm' (Layers = 100)", diagnostic.GetMessage(), StringComparison.Ordinal);
        Assert.Contains($"{run.Files.Values.Sum(text => text.Length) / 1e6:0.0} MB", diagnostic.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Lstm(128, Layers = 2, Direction = Direction.Bidirectional, LayerNorm = true, Peepholes = true)", "LayerNorm = true")]
    [InlineData("Lstm(40, Layers = 3, Peepholes = true), Softmax(40)", "Unroll = Unroll.Rows")]
    public async Task Much_text_names_the_option_that_is_the_cause(string layer, string option)
    {
        string source = $"using RnnGen; [RnnModel(128, 40, BatchSize = 8, Unroll = Unroll.Rows), {layer}] partial class Wide;";

        Assert.Contains($"'Lstm' ({option})", Assert.Single(await Analysis.RunAsync(TestCompilation.Create(source))).GetMessage(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Too_much_text_is_an_error()
    {
        const string Layers = "Layers = 100, Direction = Direction.Bidirectional, LayerNorm = true, Peepholes = true";
        string source = $"using RnnGen; [RnnModel(20, 16, BatchSize = 2)] partial class Deep {{ [Lstm(20, {Layers})] public partial Layer Low {{ get; }} [Lstm(24, {Layers})] public partial Layer Mid {{ get; }} [Lstm(28, {Layers})] public partial Layer High {{ get; }} }}";
        GeneratorRun run = GeneratorRun.Of(source);

        Assert.Equal("RNN0047", Assert.Single(await Analysis.RunAsync(run)).Id);
        Assert.StartsWith("RNN0047 'Deep' generates more than 16 MB", Assert.Single(run.Errors), StringComparison.Ordinal);
        Assert.Single(run.Files);
    }

    /// <summary>A model whose bound is low is not measured, so the bound must not be too low.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(", Trace = true")]
    [InlineData(", BatchSize = 8")]
    [InlineData(", BatchSize = 8, Unroll = Unroll.Rows, Precise = true")]
    [InlineData(", BatchSize = 8, Unroll = Unroll.Rows, Reproducible = true")]
    public void The_bound_is_above_what_is_written(string option)
    {
        string[] layers =
        [
            "Lstm(33)", "Gru(33)", "Lstm(48)", "Gru(7)", "Rnn(1)", "Lstm(128, Peepholes = true, Zoneout = 0.1, ZoneoutCell = 0.1, RecurrentDropout = 0.1)",
            "Lstm(20, LayerNorm = true, Peepholes = true, Zoneout = 0.1)", "Lstm(128, LayerNorm = true, ProjectionSize = 64)", "Lstm(33, ProjectionSize = 20, Peepholes = true)", "Gru(128, LinearBeforeReset = false)",
            .. RecurrentKinds.Names.Select(kind => kind + "(128)"), "Dense(128)", "LayerNorm", "Embedding(128)", "Normalization", "Activation(Activation.Softplus)", "Gru(128, Layers = 3)", "Lstm(128, Direction = Direction.Bidirectional, Layers = 3)",
            "Lstm(33, Direction = Direction.Bidirectional, Layers = 4, LayerNorm = true)",
        ];
        foreach (string layer in layers.Where(layer => option.Length == 0 || !layer.StartsWith("Emb", StringComparison.Ordinal)))
        {
            GeneratorRun run = GeneratorRun.Of($"using RnnGen; [RnnModel(128, 40{option})] partial class A {{ [{layer}] public partial Layer X {{ get; }} }}");
            ModelSpec model = Assert.Single(run.Values(TrackingNames.Model).Cast<ParseResult>()).Model!;
            int written = run.Files.Values.Sum(text => text.Length);
            Assert.True(TextSize.Bound(model) >= written, $"{layer}{option}: {written} characters, more than the bound of {TextSize.Bound(model)}");
        }
    }

    [Fact]
    public void Unrolling_by_default_is_automatic() => Assert.Equal(
        GeneratorRun.Of("using RnnGen; [RnnModel(16, 64), Gru(20)] partial class Model;").Files,
        GeneratorRun.Of("using RnnGen; [RnnModel(16, 64, Unroll = Unroll.Auto), Gru(20)] partial class Model;").Files);

    private static int Bytes(string source) => GeneratorRun.Of(source).Files.Values.Sum(Encoding.UTF8.GetByteCount);
}
