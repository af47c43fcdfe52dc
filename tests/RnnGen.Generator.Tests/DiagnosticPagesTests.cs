using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using RnnGen.Fuzz;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The pages of the diagnostics: they exist, and their examples do what they say.</summary>
public partial class DiagnosticPagesTests
{
    /// <summary>The pages whose examples are not C# code: a project file, and an internal error, which has no example.</summary>
    private static readonly string[] WithoutExamples = ["RNN0009", "RNN0028"];

    public static TheoryData<string> Ids => new(Descriptors.All.Select(descriptor => descriptor.Id));

    public static TheoryData<string> IdsWithExamples => new(Descriptors.All.Select(descriptor => descriptor.Id).Except(WithoutExamples));

    [Fact]
    public void Ids_are_numbered_and_none_has_come_twice()
    {
        // What RNN0042 refused is possible now.
        string[] retired = ["RNN0042"];
        Assert.Equal(
            Enumerable.Range(1, Descriptors.All.Length + retired.Length).Select(number => $"RNN{number:0000}").Except(retired),
            Descriptors.All.Select(descriptor => descriptor.Id));
        Assert.Equal(
            typeof(DiagnosticIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).Order(),
            Descriptors.All.Select(descriptor => descriptor.Id));
    }

    [Fact]
    public void All_but_the_warning_are_errors_that_cannot_be_turned_off()
    {
        Assert.All(Descriptors.All, descriptor =>
        {
            bool isWarning = descriptor == Descriptors.MuchText;
            Assert.Equal(isWarning ? DiagnosticSeverity.Warning : DiagnosticSeverity.Error, descriptor.DefaultSeverity);
            Assert.Equal(!isWarning, descriptor.CustomTags.Contains(WellKnownDiagnosticTags.NotConfigurable));
            Assert.Equal("RnnGen", descriptor.Category);
        });
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Has_a_page_and_a_release_note(string id)
    {
        Assert.StartsWith($"# {id}: ", Page(id), StringComparison.Ordinal);
        Assert.EndsWith($"/generator/Diagnostics/docs/{id}.md", Descriptors.All.Single(descriptor => descriptor.Id == id).HelpLinkUri, StringComparison.Ordinal);
        string releases = File.ReadAllText(Path.Combine(Folder(), "AnalyzerReleases.Unshipped.md"))
            + File.ReadAllText(Path.Combine(Folder(), "AnalyzerReleases.Shipped.md"));
        Assert.Contains($"\n{id} | RnnGen | {Descriptors.All.Single(descriptor => descriptor.Id == id).DefaultSeverity} | ", releases, StringComparison.Ordinal);
    }

    [Fact]
    public void Has_no_page_without_an_id()
    {
        Assert.Equal(
            Descriptors.All.Select(descriptor => descriptor.Id),
            Directory.GetFiles(Path.Combine(Folder(), "docs")).Select(Path.GetFileNameWithoutExtension).Order());
    }

    /// <summary>docs/diagnostics.md has a line for each. RNNGEN_ACCEPT_SNAPSHOTS=1 writes them.</summary>
    [Fact]
    public void The_list_of_all_is_complete()
    {
        string path = Path.GetFullPath(Path.Combine(Folder(), "../../docs/diagnostics.md"));
        string[] rows = [.. Descriptors.All.Select(descriptor =>
            $"| [{descriptor.Id}](../generator/Diagnostics/docs/{descriptor.Id}.md) | {Cell(descriptor.Title)} | {Cell(descriptor.MessageFormat)} |")];
        string[] lines = File.ReadAllLines(path);
        if (Environment.GetEnvironmentVariable("RNNGEN_ACCEPT_SNAPSHOTS") == "1")
        {
            int first = Array.FindIndex(lines, IsRow);
            lines = [.. lines[..first], .. rows, .. lines[first..].Where(line => !IsRow(line))];
            File.WriteAllText(path, string.Join('\n', lines) + "\n");
        }

        Assert.Equal(rows, lines.Where(IsRow));

        static bool IsRow(string line) => line.StartsWith("| [RNN", StringComparison.Ordinal);

        // What a message fills in is not known here.
        static string Cell(LocalizableString text) => Placeholder().Replace(text.ToString(CultureInfo.InvariantCulture), "…")
            .Replace("<", "&lt;", StringComparison.Ordinal).Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_reserved_names_lists_them() =>
        Assert.EndsWith($": {string.Join(", ", GeneratedNames.Members.Select(name => $"`{name}`"))}.\n", Page("RNN0023"), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(IdsWithExamples))]
    public async Task The_wrong_example_is_wrong_and_the_right_one_right(string id)
    {
        string[] examples = [.. CSharpBlock().Matches(Page(id)).Select(match => match.Groups[1].Value)];
        Assert.Equal(2, examples.Length);

        // One is an error that the compiler reports, where a member is used that is not there.
        GeneratorRun run = RunExample(examples[0]);
        ImmutableArray<Diagnostic> wrong = id == DiagnosticIds.NoStep ? [.. run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Id.StartsWith("RNN", StringComparison.Ordinal))] : await Analysis.RunAsync(run);
        GeneratorRun right = RunExample(examples[1]);

        Assert.NotEmpty(wrong);
        Assert.All(wrong, diagnostic => Assert.Equal(id, diagnostic.Id));
        Assert.Empty(await Analysis.RunAsync(right));
        Assert.NotEmpty(right.Values(TrackingNames.Model));
        Assert.Empty(right.Errors);
    }

    /// <summary>An example can show two files, each under a comment with its name. The weights files are those of an LSTM with 20 units, and one that is no such file.</summary>
    private static GeneratorRun RunExample(string example) => GeneratorRun.Of(
        TestCompilation.Create([.. FileName().Split(example).Where(text => text.Length > 0).Select(text => "using RnnGen;\n" + text)]),
        new WeightsText("amp.safetensors", WeightsText.Amp),
        new WeightsText("embedded.safetensors", WeightsText.Amp) { IsEmbedded = true },
        new WeightsText("amp.bin", header: "It is not a safetensors file."));

    private static string Page(string id) => File.ReadAllText(Path.Combine(Folder(), "docs", id + ".md"));

    private static string Folder([CallerFilePath] string file = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "../../generator/Diagnostics"));

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();

    [GeneratedRegex(@"(?<!\{)\{\d\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"^// \S+\.cs\n", RegexOptions.Multiline)]
    private static partial Regex FileName();
}
