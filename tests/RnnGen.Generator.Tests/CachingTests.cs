using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;
using RnnGen.Generator.Tests.Infrastructure;
using static Microsoft.CodeAnalysis.IncrementalStepRunReason;

namespace RnnGen.Generator.Tests;

/// <summary>A model is generated again when it changes, and never otherwise.</summary>
public class CachingTests
{
    private const string Other = "class Other { int _number; }";

    private readonly CSharpCompilation _compilation = TestCompilation.Create(Models.Hello, Other);

    [Fact]
    public void The_same_input_is_cached()
    {
        GeneratorRun first = GeneratorRun.Of(_compilation);

        AssertReasons(first, New, New, New);
        AssertReasons(first.Again(_compilation), Cached, Cached, Cached);
        AssertReasons(first.Again(_compilation.Clone()), Unchanged, Cached, Cached);
    }

    [Fact]
    public void A_comment_in_the_model_changes_nothing() => AssertEdit(
        0,
        Models.Hello.Replace("[Rnn(", "// ten units will do\n    [Rnn(", StringComparison.Ordinal),
        Unchanged,
        Cached,
        Cached);

    [Fact]
    public void A_method_in_the_model_class_changes_nothing() => AssertEdit(
        0,
        Models.Hello.Replace("}\n}", "}\n    public string Greet() => \"hello\";\n}", StringComparison.Ordinal),
        Unchanged,
        Cached,
        Cached);

    [Fact]
    public void Another_file_changes_nothing() => AssertEdit(1, "class Other { int _number, _another; }", Unchanged, Cached, Cached);

    [Fact]
    public void The_same_size_in_other_words_changes_nothing() => AssertEdit(
        0,
        Models.Hello.Replace("hiddenSize: 10", "5 + 5", StringComparison.Ordinal),
        Unchanged,
        Cached,
        Cached);

    [Fact]
    public void Another_size_generates_again() => AssertEdit(
        0,
        Models.Hello.Replace("hiddenSize: 10", "hiddenSize: 11", StringComparison.Ordinal),
        Modified,
        Modified,
        Modified);

    [Fact]
    public void A_constant_in_another_file_generates_again()
    {
        CSharpCompilation compilation = TestCompilation.Create(
            Models.Hello.Replace("hiddenSize: 10", "Sizes.Hidden", StringComparison.Ordinal),
            "static class Sizes { public const int Hidden = 10; }");
        CSharpCompilation edited = Edit(compilation, 1, "static class Sizes { public const int Hidden = 12; }");

        AssertReasons(GeneratorRun.Of(compilation).Again(edited), Modified, Modified, Modified);
    }

    [Fact]
    public void A_wrong_model_is_cached_too()
    {
        string wrong = Models.Hello.Replace("hiddenSize: 10", "hiddenSize: 0", StringComparison.Ordinal);
        CSharpCompilation compilation = TestCompilation.Create(wrong);
        CSharpCompilation moved = Edit(compilation, 0, "// A comment that moves everything down.\n" + wrong);

        AssertReasons(GeneratorRun.Of(compilation).Again(moved), Unchanged, Cached, Cached);
    }

    [Fact]
    public void One_model_of_two_is_generated_again()
    {
        CSharpCompilation compilation = TestCompilation.Create(Models.Hello, Models.Amp);
        CSharpCompilation edited = Edit(compilation, 1, Models.Amp.Replace("20", "21", StringComparison.Ordinal));

        GeneratorRun second = GeneratorRun.Of(compilation).Again(edited);

        Assert.Equal([Unchanged, Modified], second.Reasons(TrackingNames.Parse));
        Assert.Equal([Cached, Modified], second.Reasons(TrackingNames.Model));
        Assert.Equal([Cached, Modified], second.OutputReasons());
    }

    [Theory]
    [InlineData(Models.Hello)]
    [InlineData(Models.Stack)]
    [InlineData(Models.Everything)]
    [InlineData(Models.Words)]
    [InlineData("using RnnGen; [RnnModel(0, 1), Lstm(3)] class Wrong;")]
    public void No_part_of_the_compiler_stays_in_the_pipeline(string source)
    {
        GeneratorRun run = GeneratorRun.Of(source);

        foreach (string step in (string[])[TrackingNames.Parse, TrackingNames.Model])
        {
            Assert.NotEmpty(run.Values(step));
            Assert.All(run.Values(step), ObjectGraph.AssertFreeOfCompiler);
        }
    }

    [Theory]
    [InlineData(Models.Hello)]
    [InlineData(Models.Stack)]
    [InlineData("using RnnGen; [RnnModel(0, 1)] class Wrong { [Gru(3)] public partial Layer Low { get; } }")]
    public void Two_parses_of_one_text_are_equal(string source)
    {
        object first = Assert.Single(GeneratorRun.Of(source).Values(TrackingNames.Model));
        object second = Assert.Single(GeneratorRun.Of(source).Values(TrackingNames.Model));

        Assert.NotSame(first, second);
        Assert.Equal(first, second);
        Assert.Equal(first.GetHashCode(), second.GetHashCode());
    }

    private static CSharpCompilation Edit(CSharpCompilation compilation, int file, string source) =>
        compilation.ReplaceSyntaxTree(compilation.SyntaxTrees[file], TestCompilation.Parse(source, file));

    private static void AssertReasons(
        GeneratorRun run,
        IncrementalStepRunReason parse,
        IncrementalStepRunReason model,
        IncrementalStepRunReason output)
    {
        Assert.Equal([parse], run.Reasons(TrackingNames.Parse));
        Assert.Equal([model], run.Reasons(TrackingNames.Model));
        Assert.Equal([output], run.OutputReasons());
    }

    private void AssertEdit(
        int file,
        string source,
        IncrementalStepRunReason parse,
        IncrementalStepRunReason model,
        IncrementalStepRunReason output)
    {
        Assert.NotEqual(_compilation.SyntaxTrees[file].ToString(), source);

        AssertReasons(GeneratorRun.Of(_compilation).Again(Edit(_compilation, file, source)), parse, model, output);
    }
}
