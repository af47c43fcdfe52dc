using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using RnnGen.Generator;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Parsing;

namespace RnnGen.Fuzz;

/// <summary>
/// What holds for any source text: generator and analyzer neither throw nor call something their own fault, what they report is the same and
/// stands in the user's text, what is generated has no syntax error, and all of it takes a moment. A right model's generated half compiles without a
/// diagnostic, with every warning an error.
/// </summary>
internal sealed class SourceCheck
{
    private readonly CSharpCompilation _user;
    private readonly Compilation _all;
    private readonly ImmutableArray<SyntaxTree> _generated;
    private readonly int _models;

    private SourceCheck(CSharpCompilation user)
    {
        _user = user;
        var options = (CSharpParseOptions?)user.SyntaxTrees.FirstOrDefault()?.Options ?? TestCompilation.ParseOptions;
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new RnnModelGenerator().AsSourceGenerator()],
            parseOptions: options,
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        long start = Stopwatch.GetTimestamp();
        GeneratorRunResult run = driver.RunGenerators(user).GetRunResult().Results.Single();
        Time = Stopwatch.GetElapsedTime(start);
        Require(run.Exception is null, "the generator threw", run.Exception);

        _generated = [.. run.GeneratedSources.Select(source => source.SyntaxTree)];
        _all = user.AddSyntaxTrees(_generated);
        Length = run.GeneratedSources.Sum(source => (long)source.SourceText.Length);
        ParseResult[] results = run.TrackedSteps.TryGetValue(TrackingNames.Model, out var steps)
            ? [.. steps.SelectMany(step => step.Outputs).Select(output => output.Value).Cast<ParseResult>()] : [];
        Require(results.All(result => result.Model is null ^ result.Failure is null), "a class is both right and wrong");
        Errors = [.. run.GeneratedSources.SelectMany(source => source.SourceText.Lines).Select(line => line.ToString())
            .Where(line => line.StartsWith(FailureEmitter.Directive, StringComparison.Ordinal)).Select(line => line[FailureEmitter.Directive.Length..])];
        _models = results.Length;
        IsRight = results.Length > 0 && results.All(result => result.Model is not null) && Errors.Count == 0;
    }

    /// <summary>What the generator took, with the text's own parts of its attributes.</summary>
    public TimeSpan Time { get; }

    /// <summary>Characters of generated text.</summary>
    public long Length { get; }

    /// <summary>Whether there is a model, and every one is right.</summary>
    public bool IsRight { get; }

    /// <summary>What the generator reports: ids and messages.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>The ids of what the analyzer reports.</summary>
    public IReadOnlyList<string> Ids { get; private set; } = [];

    /// <summary>Checks one project.</summary>
    /// <exception cref="FindingException">Something does not hold.</exception>
    public static async Task<SourceCheck> RunAsync(CSharpCompilation user)
    {
        var check = new SourceCheck(user);
        foreach (SyntaxTree tree in check._generated)
        {
            // CS1029 is an #error.
            Diagnostic? flaw = tree.GetDiagnostics().FirstOrDefault(diagnostic => diagnostic.Id != "CS1029");
            check.Require(flaw is null, $"generated text has a syntax error: {flaw}");
        }

        await check.CompareWithAnalyzerAsync();
        return check;
    }

    /// <summary>Whether the compiler throws on files without what is generated from them.</summary>
    public static bool CompilerThrows(params string[] files)
    {
        try
        {
            TestCompilation.Create(files).GetDiagnostics();
            return false;
        }
        catch (Exception)
        {
            return true;
        }
    }

    public static Task<SourceCheck> RunAsync(params string[] files) => RunAsync(TestCompilation.Create(files));

    /// <summary>Compiles text and generated text.</summary>
    /// <returns>Whether that says something: the text has no error of its own.</returns>
    /// <exception cref="FindingException">The generated half brings a diagnostic with it.</exception>
    public bool Compile()
    {
        HashSet<string> own = [.. _user.GetDiagnostics().Select(diagnostic => diagnostic.ToString())];
        ILookup<bool, Diagnostic> all = _all.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden).ToLookup(diagnostic => own.Contains(diagnostic.ToString()));
        if (all[true].Any(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error))
        {
            return false;
        }

        Diagnostic? flaw = all[false].FirstOrDefault();
        string line = flaw?.Location.SourceTree?.GetText().Lines[flaw.Location.GetLineSpan().StartLinePosition.Line].ToString().Trim() ?? "";
        Require(flaw is null, $"the generated half does not compile without a diagnostic: {flaw}\n{line}");
        return true;
    }

    private async Task CompareWithAnalyzerAsync()
    {
        // The bodies of a right model's methods take longer than all else, and the analyzer does not look at them: only the user's own files are gone through.
        CompilationWithAnalyzers analysis = _all.WithAnalyzers([new RnnModelAnalyzer()]);
        List<Diagnostic> diagnostics = [];
        if (IsRight)
        {
            foreach (SyntaxTree tree in _user.SyntaxTrees)
            {
                diagnostics.AddRange(await analysis.GetAnalyzerSemanticDiagnosticsAsync(_all.GetSemanticModel(tree), filterSpan: null, CancellationToken.None));
            }
        }
        else
        {
            diagnostics.AddRange(await analysis.GetAnalyzerDiagnosticsAsync());
        }

        // AD0001 is an analyzer that threw. Only it can tell of layers without a model.
        Diagnostic? thrown = diagnostics.Find(diagnostic => !diagnostic.Id.StartsWith("RNN", StringComparison.Ordinal));
        Require(thrown is null, $"the analyzer threw: {thrown}");
        Ids = [.. diagnostics.Select(diagnostic => diagnostic.Id).Distinct()];
        string[] expected = [.. diagnostics.Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error && diagnostic.Id != DiagnosticIds.LayerWithoutModel).Select(diagnostic => $"{diagnostic.Id} {FailureEmitter.OneLine(diagnostic.GetMessage())}").Order(StringComparer.Ordinal)];
        string[] actual = [.. Errors.Order(StringComparer.Ordinal)];
        Require(
            expected.SequenceEqual(actual, StringComparer.Ordinal),
            $"analyzer and generator differ:\n{string.Join('\n', expected.Except(actual))}\nby the analyzer alone, and by the generator alone\n{string.Join('\n', actual.Except(expected))}");

        Diagnostic? nowhere = diagnostics.Find(diagnostic => diagnostic.Location.SourceTree is not { } tree || !_user.ContainsSyntaxTree(tree));
        Require(nowhere is null, $"a diagnostic is not in the user's text: {nowhere}");
        Require(
            _models != 1 || Length <= TextSize.Warned || Ids.Contains(DiagnosticIds.MuchText) || !IsRight, $"{Length} characters are generated without a warning");
        string? fault = Errors.FirstOrDefault(error => error.StartsWith(DiagnosticIds.InternalError, StringComparison.Ordinal));
        Require(fault is null, $"a fault of the generator's own: {fault}");
    }

    private void Require(bool holds, string what, Exception? inner = null)
    {
        if (!holds)
        {
            throw new FindingException(what, Encoding.UTF8.GetBytes(string.Join("\n// Another file:\n", _user.SyntaxTrees)), inner);
        }
    }
}
