using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;

namespace RnnGen.Generator.Tests.Infrastructure;

/// <summary>One run of the generator, with its results.</summary>
internal sealed class GeneratorRun
{
    private readonly GeneratorDriver _driver;

    private GeneratorRun(GeneratorDriver driver, Compilation compilation, ImmutableArray<AdditionalText> files)
    {
        Descriptions = files;
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        Compilation = updated;
        Result = _driver.GetRunResult().Results.Single();

        // A generator that throws makes a mere warning (CS8785) and leaves nothing of its output.
        Assert.Null(Result.Exception);
    }

    /// <summary>The user's code together with the generated one.</summary>
    public Compilation Compilation { get; }

    public GeneratorRunResult Result { get; }

    /// <summary>The descriptions of weights files.</summary>
    public ImmutableArray<AdditionalText> Descriptions { get; }

    /// <summary>The generated files by name.</summary>
    public IReadOnlyDictionary<string, string> Files => Result.GeneratedSources
        .ToDictionary(source => source.HintName, source => source.SourceText.ToString());

    /// <summary>The texts of all <c>#error</c> directives.</summary>
    public IEnumerable<string> Errors => Result.GeneratedSources
        .SelectMany(source => source.SourceText.Lines)
        .Select(line => line.ToString())
        .Where(line => line.StartsWith("#error ", StringComparison.Ordinal))
        .Select(line => line["#error ".Length..]);

    public static GeneratorRun Of(params string[] sources) => Of(TestCompilation.Create(sources));

    public static GeneratorRun Of(CSharpCompilation compilation, params AdditionalText[] files) => Of(compilation, isAnalyzed: false, files);

    /// <summary>A run in a project whose analyzers run, or do not.</summary>
    public static GeneratorRun Of(CSharpCompilation compilation, bool isAnalyzed, params AdditionalText[] files)
    {
        var options = (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options ?? TestCompilation.ParseOptions;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new RnnModelGenerator().AsSourceGenerator()],
            additionalTexts: files,
            parseOptions: options,
            optionsProvider: new ProjectOptions(isAnalyzed),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(driver, compilation, [.. files]);
    }

    /// <summary>A second run, which may reuse results of the first.</summary>
    public GeneratorRun Again(Compilation compilation) => new(_driver, compilation, Descriptions);

    /// <summary>A second run with other descriptions of weights files.</summary>
    public GeneratorRun Again(Compilation compilation, params AdditionalText[] files) =>
        new(_driver.ReplaceAdditionalTexts([.. files]), compilation, [.. files]);

    /// <summary>The reasons of the outputs of a step, such as Cached.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        [.. Result.TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The reasons of the generated files, such as Cached.</summary>
    public IncrementalStepRunReason[] OutputReasons() =>
        [.. Result.TrackedOutputSteps.SelectMany(step => step.Value).SelectMany(run => run.Outputs).Select(output => output.Reason)];

    /// <summary>The values that a step put out.</summary>
    public IEnumerable<object> Values(string step) =>
        Result.TrackedSteps.TryGetValue(step, out var runs) ? runs.SelectMany(run => run.Outputs).Select(output => output.Value) : [];
}
