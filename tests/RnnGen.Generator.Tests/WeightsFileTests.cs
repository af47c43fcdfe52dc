using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;
using RnnGen.Generator.Tests.Infrastructure;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace RnnGen.Generator.Tests;

/// <summary>Models that name a file with their weights: what is checked, what is generated, and when.</summary>
public class WeightsFileTests
{
    private const string Layers = "Lstm(20), Linear(1)] public sealed partial class Amp;";

    private static readonly WeightsText File = new("amp.safetensors", WeightsText.Amp);

    /// <summary>Id, words of the message, a change of the header (from, to), and the class.</summary>
    public static TheoryData<string, string, string, string, string> Wrong => new()
    {
        { "RNN0049", "'Amp'|'other.safetensors'|<RnnWeights Include=\"other.safetensors\" />", "", "", "[RnnModel(1, 64, WeightsFile = [|\"other.safetensors\"|]), " + Layers },
        { "RNN0049", "Embed=\"true\"", "", "", "[RnnModel(1, 64, WeightsFile = [|\"data/amp.safetensors\"|], Embed = true), " + Layers },
        { "RNN0050", "'amp.safetensors'|'Amp'", "[80,1]", "[80,1", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0050", "cannot be read: PK", "{\"__metadata__", "PK", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0050", "'Linear.bias' has no shape", "\"shape\":[1],", "", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0050", "'amp.safetensors'", "[1,20]", "[1,\"x\"]", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0050", "'amp.safetensors'", "[1,20]", "[[[[[[[[[[[1]]]]]]]]]]]", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0050", "It has 7444 bytes of data instead of 8000.", "7444]", "8000]", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), " + Layers },
        { "RNN0051", "The project embeds 'embedded.safetensors'|'Amp'|write Embed = true", "", "", "[RnnModel(1, 64, WeightsFile = [|\"embedded.safetensors\"|]), " + Layers },
        { "RNN0051", "'Amp'|<RnnWeights Include=\"amp.safetensors\" Embed=\"true\" />", "", "", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|], Embed = true), " + Layers },
        { "RNN0052", "'Gru'|'amp.safetensors'|Gru.weight_hh_l0 F32[60, 20]|Gru.bias_hh_l0", "\"Lstm.", "\"answers:Lstm.", "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), [|Gru(20)|], Linear(1)] partial class Amp;" },
        { "RNN0052", "Lstm.weight_ih_l1 F32[80, 20]|Lstm.bias_hh_l1", "", "", "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), [|Lstm(20, Layers = 2)|], Linear(1)] partial class Amp;" },
        { "RNN0053", "'Linear'|Linear.weight F32[1, 21] must be F32[1, 20]", "[1,20]", "[1,21]", "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), Lstm(20), [|Linear(1)|]] partial class Amp;" },
        { "RNN0053", "'Linear'|Linear.bias F16[1] must be F32[1]", "\"F32\",\"shape\":[1],", "\"F16\",\"shape\":[1],", "[RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), Lstm(20), [|Linear(1)|]] partial class Amp;" },
        { "RNN0053", "Lstm.weight_ih_l0 F32[80, 1] must be F32[80, 3]", "", "", "[RnnModel(3, 64, WeightsFile = \"amp.safetensors\"), [|Lstm(20)|], Linear(1)] partial class Amp;" },
        { "RNN0054", "'Amp'|'amp.safetensors'|Linear.weight F32[1, 20]; Linear.bias F32[1]", "", "", "[RnnModel(1, 64, WeightsFile = [|\"amp.safetensors\"|]), Lstm(20)] partial class Amp;" },
        { "RNN0037", "Embed|[RnnModel]|WeightsFile", "", "", "[RnnModel(1, 64, Embed = [|true|]), " + Layers },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Reports_what_does_not_fit_at_the_layer(string id, string mentions, string from, string to, string marked)
    {
        Marked source = Marked.Parse("using RnnGen;\n" + marked);
        string header = from.Length == 0 ? WeightsText.Amp : WeightsText.Amp.Replace(from, to, StringComparison.Ordinal);
        GeneratorRun run = GeneratorRun.Of(
            TestCompilation.Create(source.Source),
            new WeightsText("amp.safetensors", header),
            new WeightsText("embedded.safetensors", header) { IsEmbedded = true });

        Diagnostic diagnostic = Assert.Single(await Analysis.RunAsync(run));
        Assert.Equal(id, diagnostic.Id);
        Assert.All(mentions.Split('|'), mention => Assert.Contains(mention, diagnostic.GetMessage(), StringComparison.Ordinal));
        Assert.Equal(source.Start, diagnostic.Location.SourceSpan.Start);
        Assert.Equal(source.Text.Length, diagnostic.Location.SourceSpan.Length);
        Assert.Equal($"{id} {diagnostic.GetMessage()}", Assert.Single(run.Errors));
    }

    [Theory]
    [InlineData("RnnModel(1, 64, WeightsFile = \"amp.safetensors\")", false)]
    [InlineData("RnnModel(1, 64, WeightsFile = \"data\\\\amp.safetensors\")", false)]
    [InlineData("RnnModel(1, 64, WeightsFile = \"amp.safetensors\", Embed = true)", true)]
    public async Task A_file_that_fits(string attribute, bool isEmbedded)
    {
        GeneratorRun run = GeneratorRun.Of(
            TestCompilation.Create($"using RnnGen; [{attribute}, {Layers} class User {{ Amp _amp = {(isEmbedded ? "new()" : "new(seed: 1)")}; }}"),
            new WeightsText("amp.safetensors", WeightsText.Amp) { IsEmbedded = isEmbedded },
            new WeightsText("data/amp.safetensors", WeightsText.Amp));

        Assert.Empty(await Analysis.RunAsync(run));
        Assert.DoesNotContain(run.Compilation.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        string model = run.Files["Amp.g.cs"];
        Assert.Contains("amp.safetensors, SHA-256 0123.", model, StringComparison.Ordinal);
        Assert.Equal(isEmbedded, model.Contains("LoadResource(typeof(Amp).Assembly, \"RnnGen.Weights/amp.safetensors\")", StringComparison.Ordinal));
    }

    /// <summary>Files whose weights are those that steps read have the tensors of the model, with scales: type and columns of one matrix, and whether it fits.</summary>
    [Theory]
    [InlineData("I8", 20, "", "")]
    [InlineData("BF16", 20, "", "")]
    [InlineData("U8", 10, "", "")]
    [InlineData("U8", 11, "", "RNN0053 Layer 'Lstm' does not fit 'amp.safetensors': Lstm.weight_hh_l0 U4[80, 22] must be F32[80, 20]")]
    [InlineData("I8", 21, "", "Lstm.weight_hh_l0 F32[80, 21] must be F32[80, 20]")]
    [InlineData("I8", 20, "scales:", "Lstm.weight_hh_l0 I8[80, 20] must be F32[80, 20]")]
    [InlineData("I8", 20, "\"rnngen.narrow\":\"1\"", "Lstm.weight_hh_l0 I8[80, 20] must be F32[80, 20]")]
    public void A_file_of_narrow_weights(string type, int columns, string missing, string problem)
    {
        string header = WeightsText.Amp.Replace("\"rnngen.model\":\"Amp\"", "\"rnngen.model\":\"Amp\",\"rnngen.narrow\":\"1\"", StringComparison.Ordinal)
            .Replace("{\"dtype\":\"F32\",\"shape\":[80,20]", $"{{\"dtype\":\"{type}\",\"shape\":[80,{columns}]", StringComparison.Ordinal)
            .Replace("\"Lstm.bias_ih_l0\"", "\"scales:Lstm.weight_hh_l0\":{\"dtype\":\"F32\",\"shape\":[80],\"data_offsets\":[0,320]},\"Lstm.bias_ih_l0\"", StringComparison.Ordinal);
        header = missing.Length == 0 ? header : header.Replace(missing, missing == "scales:" ? "answers:" : "\"other\":\"1\"", StringComparison.Ordinal);
        GeneratorRun run = GeneratorRun.Of(
            TestCompilation.Create($"using RnnGen; [RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), {Layers}"), new WeightsText("amp.safetensors", header));

        if (problem.Length == 0)
        {
            Assert.Empty(run.Errors);
        }
        else
        {
            Assert.Contains(run.Errors, error => error.Contains(problem, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Only_the_model_of_an_edited_file_is_generated_again()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            "using RnnGen; [RnnModel(1, 64, WeightsFile = \"a.safetensors\"), Lstm(20), Linear(1)] partial class A;",
            "using RnnGen; [RnnModel(1, 64, WeightsFile = \"b.safetensors\"), Lstm(20), Linear(1)] partial class B;",
            Models.Hello);
        GeneratorRun first = GeneratorRun.Of(compilation, new WeightsText("a.safetensors", WeightsText.Amp), new WeightsText("b.safetensors", WeightsText.Amp));

        GeneratorRun second = first.Again(
            compilation, new WeightsText("a.safetensors", WeightsText.Amp), new WeightsText("b.safetensors", WeightsText.Amp) { Hash = "4567" });
        GeneratorRun touched = second.Again(
            compilation, new WeightsText("a.safetensors", WeightsText.Amp), new WeightsText("b.safetensors", WeightsText.Amp) { Hash = "4567" });

        Assert.Equal([New, New, New], first.Reasons(TrackingNames.Checked));
        Assert.Equal([Cached, Cached, Cached], second.Reasons(TrackingNames.Model));
        Assert.Equal([Unchanged, Modified, Unchanged], second.Reasons(TrackingNames.Checked));
        Assert.Equal([Cached, Modified, Cached], second.OutputReasons());
        Assert.All(touched.OutputReasons(), reason => Assert.Equal(Cached, reason));
    }

    [Fact]
    public void No_part_of_the_compiler_stays_in_the_pipeline()
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create($"using RnnGen; [RnnModel(1, 64, WeightsFile = \"amp.safetensors\"), {Layers}"), File);

        foreach (string step in (string[])[TrackingNames.Weights, TrackingNames.Checked])
        {
            Assert.NotEmpty(run.Values(step));
            Assert.All(run.Values(step), ObjectGraph.AssertFreeOfCompiler);
        }
    }
}
