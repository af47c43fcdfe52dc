using Microsoft.CodeAnalysis;
using RnnGen.Generator.Diagnostics;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The code fixes: what they make of wrong declarations, and that the result is a model that compiles.</summary>
public class CodeFixTests
{
    /// <summary>Id, title of the fix, the wrong declaration with the location of the diagnostic marked, and the right one.</summary>
    public static TheoryData<string, string, string, string> Fixes => new()
    {
        // The class.
        { "RNN0001", "Make 'Amp' partial", "[RnnModel(1, 64), Lstm(20)] public sealed class [|Amp|];", "[RnnModel(1, 64), Lstm(20)] public sealed partial class Amp;" },
        { "RNN0001", "Make 'Amp' partial", "/// <summary>A model.</summary>\n[RnnModel(1, 64), Lstm(20)]\nclass [|Amp|];", "/// <summary>A model.</summary>\n[RnnModel(1, 64), Lstm(20)]\npartial class Amp;" },
        { "RNN0002", "Make 'Outer' partial", "class [|Outer|] { [RnnModel(1, 64), Lstm(20)] partial class Amp; }", "partial class Outer { [RnnModel(1, 64), Lstm(20)] partial class Amp; }" },
        { "RNN0002", "Make 'Outer' partial", "public readonly struct [|Outer|] { [RnnModel(1, 64), Lstm(20)] internal partial class Amp; }", "public readonly partial struct Outer { [RnnModel(1, 64), Lstm(20)] internal partial class Amp; }" },
        { "RNN0004", "Remove 'static' from 'Amp'", "[RnnModel(1, 64), Lstm(20)] public [|static|] partial class Amp;", "[RnnModel(1, 64), Lstm(20)] public partial class Amp;" },
        { "RNN0005", "Remove 'abstract' from 'Amp'", "[RnnModel(1, 64), Lstm(20)] public [|abstract|] partial class Amp;", "[RnnModel(1, 64), Lstm(20)] public partial class Amp;" },
        { "RNN0006", "Remove 'file' from 'Amp'", "[RnnModel(1, 64), Lstm(20)] [|file|] sealed partial class Amp;", "[RnnModel(1, 64), Lstm(20)] sealed partial class Amp;" },
        { "RNN0007", "Make 'Amp' a class", "[RnnModel(1, 64), Lstm(20)] sealed partial [|record|] Amp;", "[RnnModel(1, 64), Lstm(20)] sealed partial class Amp;" },
        { "RNN0008", "Remove the constructor", "[RnnModel(1, 64), Lstm(20)] partial class Amp { public [|Amp|]() { } }", "[RnnModel(1, 64), Lstm(20)] partial class Amp { }" },
        { "RNN0008", "Remove the constructor", "[RnnModel(1, 64), Lstm(20)] partial class Amp[|()|];", "[RnnModel(1, 64), Lstm(20)] partial class Amp;" },

        // Arguments.
        { "RNN0010", "Write 1", "[RnnModel(1, [|0|]), Lstm(20)] partial class Amp;", "[RnnModel(1, 1), Lstm(20)] partial class Amp;" },
        { "RNN0010", "Write 20", "[RnnModel(1, 64), Lstm(hiddenSize: [|-20|], Clip = 3)] partial class Amp;", "[RnnModel(1, 64), Lstm(hiddenSize: 20, Clip = 3)] partial class Amp;" },
        { "RNN0011", "Make 'Hidden' a constant", "[RnnModel(1, 64), Lstm([|Sizes.Hidden|])] partial class Amp; static class Sizes { public static readonly int Hidden = 4 * 5; }", "[RnnModel(1, 64), Lstm(Sizes.Hidden)] partial class Amp; static class Sizes { public const int Hidden = 4 * 5; }" },
        { "RNN0014", "Remove Activation", "[RnnModel(1, 64), Rnn(3, Activation = [|(Activation)99|])] partial class Amp;", "[RnnModel(1, 64), Rnn(3)] partial class Amp;" },
        { "RNN0014", "Write Activation.Tanh", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Activation([|(Activation)(-1)|])] partial Layer Squash { get; } }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Activation(Activation.Tanh)] partial Layer Squash { get; } }" },
        { "RNN0035", "Remove Layers", "[RnnModel(1, 64), Gru(3, Layers = [|0|], Clip = 3)] partial class Amp;", "[RnnModel(1, 64), Gru(3, Clip = 3)] partial class Amp;" },
        { "RNN0035", "Remove Unroll", "[RnnModel(1, 64, Unroll = [|(Unroll)3|]), Gru(3)] partial class Amp;", "[RnnModel(1, 64), Gru(3)] partial class Amp;" },
        { "RNN0035", "Write 0.5", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Dropout([|50|])] partial Layer Drop { get; } [Linear(1)] partial Layer Out { get; } }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [Dropout(0.5)] partial Layer Drop { get; } [Linear(1)] partial Layer Out { get; } }" },
        { "RNN0036", "Write 0.25", "[RnnModel(1, 64), Gru(3, RecurrentDropout = [|25|])] partial class Amp;", "[RnnModel(1, 64), Gru(3, RecurrentDropout = 0.25)] partial class Amp;" },
        { "RNN0036", "Remove Clip", "[RnnModel(1, 64), Gru(3, Clip = [|-1|])] partial class Amp;", "[RnnModel(1, 64), Gru(3)] partial class Amp;" },
        { "RNN0036", "Remove ProjectionSize", "[RnnModel(1, 64), Lstm(3, ProjectionSize = [|3|])] partial class Amp;", "[RnnModel(1, 64), Lstm(3)] partial class Amp;" },
        { "RNN0037", "Remove Alpha", "[RnnModel(1, 64), Rnn(3, Alpha = [|2|])] partial class Amp;", "[RnnModel(1, 64), Rnn(3)] partial class Amp;" },
        { "RNN0037", "Remove Embed", "[RnnModel(1, 64, Embed = [|true|]), Rnn(3)] partial class Amp;", "[RnnModel(1, 64), Rnn(3)] partial class Amp;" },
        { "RNN0041", "Write 16", "[RnnModel(1, 50_000, BatchSize = [|1_024|]), Lstm(20), Linear(1)] partial class Amp;", "[RnnModel(1, 50_000, BatchSize = 16), Lstm(20), Linear(1)] partial class Amp;" },

        // Layers.
        {
            "RNN0017", "Declare the layers as members", "[RnnModel(4, 16), Gru(12), Linear(1), [|Gru(7)|]]\npublic sealed partial class Stack;", """
            [RnnModel(4, 16)]
            public sealed partial class Stack
            {
                [Gru(12)] public partial Layer Gru { get; }
                [Gru(7)] public partial Layer Gru2 { get; }
                [Linear(1)] public partial Layer Linear { get; }
            }
            """
        },
        {
            "RNN0018", "Declare the layers as members", """
            [RnnModel(4, 16)]
            [[|Gru(12)|]]
            public sealed partial class Mixed
            {
                [Linear(1)] public partial Layer Out { get; }
            }
            """, """
            [RnnModel(4, 16)]
            public sealed partial class Mixed
            {
                [Gru(12)] public partial Layer Gru { get; }
                [Linear(1)] public partial Layer Out { get; }
            }
            """
        },
        {
            "RNN0020", "Declare [Linear] as a layer of its own", """
            [RnnModel(4, 16)]
            partial class Two
            {
                [Gru(12), [|Linear(1)|]] internal partial Layer Hidden { get; }
            }
            """, """
            [RnnModel(4, 16)]
            partial class Two
            {
                [Gru(12)] internal partial Layer Hidden { get; }
                [Linear(1)] internal partial Layer Linear { get; }
            }
            """
        },
        { "RNN0021", "Declare 'Low' as a get-only partial property of type Layer", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public Layer [|Low|] { get; } = null!; }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer Low { get; } }" },
        { "RNN0021", "Declare 'Low' as a get-only partial property of type Layer", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] private readonly Layer [|Low|]; }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] private partial Layer Low { get; } }" },
        { "RNN0021", "Declare 'Low' as a get-only partial property of type Layer", "[RnnModel(1, 64)] partial class Amp { [RnnGen.Gru(3)] public static partial object? [|Low|] { get; set; } }", "[RnnModel(1, 64)] partial class Amp { [RnnGen.Gru(3)] public partial RnnGen.Layer Low { get; } }" },
        { "RNN0023", "Rename 'State' to 'StateLayer'", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer [|State|] { get; } [Gru(4, From = [nameof(State)])] public partial Layer High { get; } }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer StateLayer { get; } [Gru(4, From = [nameof(StateLayer)])] public partial Layer High { get; } }" },
        { "RNN0023", "Rename 'State' to 'StateModel'", "[RnnModel(1, 64), Gru(3)] public partial class [|State|]; class User { public State? Model; }", "[RnnModel(1, 64), Gru(3)] public partial class StateModel; class User { public StateModel? Model; }" },
        { "RNN0023", "Rename 'Save' to 'MySave2'", "[RnnModel(1, 64), Gru(3)] public partial class Amp { public void [|Save|]() { } public void MySave() => Save(); }", "[RnnModel(1, 64), Gru(3)] public partial class Amp { public void MySave2() { } public void MySave() => MySave2(); }" },
        { "RNN0044", "Rename 'Output' to 'OutputLayer'", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer [|Output|] { get; } }", "[RnnModel(3, 4)] partial class Amp { [Softmax(3)] public partial Layer Kind { get; } [Linear(1)] public partial Layer OutputLayer { get; } }" },
        {
            "RNN0024", "Move 'Out' to the end", """
            [RnnModel(1, 64)]
            partial class Amp
            {
                /// <summary>The answer.</summary>
                [Linear(3)] public partial Layer Out { get; }

                [[|Gru(3)|]] public partial Layer Low { get; }
            }
            """, """
            [RnnModel(1, 64)]
            partial class Amp
            {

                [Gru(3)] public partial Layer Low { get; }
                /// <summary>The answer.</summary>
                [Linear(3)] public partial Layer Out { get; }
            }
            """
        },
        { "RNN0024", "Move the heads to the end", "[RnnModel(1, 64)] partial class Amp { [Sigmoid(3)] partial Layer Yes { get; } [Softmax(3)] partial Layer No { get; } [[|Gru(3)|]] partial Layer Late { get; } }", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer Late { get; } [Sigmoid(3)] partial Layer Yes { get; } [Softmax(3)] partial Layer No { get; } }" },
        { "RNN0025", "Move 'Vector' to the start", "[RnnModel(4, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Embedding(3)|]] partial Layer Vector { get; } }", "[RnnModel(4, 64)] partial class Amp { [Embedding(3)] partial Layer Vector { get; } [Gru(3)] partial Layer Low { get; } }" },
        { "RNN0040", "Move 'Scaled' to the start", "[RnnModel(4, 64)] partial class Amp { [Gru(3)] partial Layer Low { get; } [[|Normalization|]] partial Layer Scaled { get; } [Linear(1)] partial Layer Out { get; } }", "[RnnModel(4, 64)] partial class Amp { [Normalization] partial Layer Scaled { get; } [Gru(3)] partial Layer Low { get; } [Linear(1)] partial Layer Out { get; } }" },
        { "RNN0043", "Add [RnnModel]", "[[|Lstm(20)|], Linear(1)]\npublic sealed partial class Amp;", "[RnnModel(inputSize: 1, sequenceLength: 64)]\n[Lstm(20), Linear(1)]\npublic sealed partial class Amp;" },
        { "RNN0043", "Add [RnnModel]", "partial class Amp\n{\n    [[|RnnGen.Gru(3)|]] public partial Layer Low { get; }\n}", "[RnnGen.RnnModel(inputSize: 1, sequenceLength: 64)]\npartial class Amp\n{\n    [RnnGen.Gru(3)] public partial Layer Low { get; }\n}" },

        // The graph.
        { "RNN0027", "Remove ReturnSequences of 'Low'", "[RnnModel(4, 16)] partial class Cut { [Gru(12, ReturnSequences = false)] partial Layer Low { get; } [[|Lstm(7)|]] partial Layer High { get; } }", "[RnnModel(4, 16)] partial class Cut { [Gru(12)] partial Layer Low { get; } [Lstm(7)] partial Layer High { get; } }" },
        { "RNN0030", "Remove ReturnSequences of 'Low'", "[RnnModel(4, 16)] partial class Mix { [Gru(8, ReturnSequences = false)] partial Layer Low { get; } [Dense(8, From = [|[nameof(Low), Layer.Input]|])] partial Layer Both { get; } }", "[RnnModel(4, 16)] partial class Mix { [Gru(8)] partial Layer Low { get; } [Dense(8, From = [nameof(Low), Layer.Input])] partial Layer Both { get; } }" },
        { "RNN0055", "Remove ReturnSequences of 'Low'", "[RnnModel(4, 16)] partial class Cut { [Gru(12, ReturnSequences = false)] partial Layer Low { get; } [[|Ctc(labels: 3)|]] partial Layer Labels { get; } }", "[RnnModel(4, 16)] partial class Cut { [Gru(12)] partial Layer Low { get; } [Ctc(labels: 3)] partial Layer Labels { get; } }" },
        { "RNN0029", "Read 'Low'", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [Gru(8, From = [|[\"low\", Layer.Input]|])] partial Layer High { get; } }", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [Gru(8, From = [nameof(Low), Layer.Input])] partial Layer High { get; } }" },
        { "RNN0029", "Read 'Memory'", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Memory { get; } [Gru(8, From = [|new[] { \"Memroy\" }|])] partial Layer High { get; } }", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Memory { get; } [Gru(8, From = new[] { nameof(Memory) })] partial Layer High { get; } }" },
        { "RNN0031", "Give 'High' size 8", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [[|Gru(12, Residual = true)|]] partial Layer High { get; } }", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [Gru(8, Residual = true)] partial Layer High { get; } }" },
        { "RNN0031", "Give 'High' size 4", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [[|Gru(8, Residual = true, Direction = Direction.Bidirectional)|]] partial Layer High { get; } }", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [Gru(4, Residual = true, Direction = Direction.Bidirectional)] partial Layer High { get; } }" },
        { "RNN0032", "Remove 'Idle'", "[RnnModel(4, 16)] partial class Amp { [[|Gru(8)|]] partial Layer Idle { get; } [Gru(8, From = [Layer.Input])] partial Layer Used { get; } }", "[RnnModel(4, 16)] partial class Amp { [Gru(8, From = [Layer.Input])] partial Layer Used { get; } }" },
        { "RNN0033", "Remove Residual of 'Low'", "[RnnModel(4, 16, Tokens = true)] partial class Amp { [[|Gru(4, Residual = true)|]] partial Layer Low { get; } }", "[RnnModel(4, 16, Tokens = true)] partial class Amp { [Gru(4)] partial Layer Low { get; } }" },
        { "RNN0039", "Tie 'Next' to 'Words'", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Gru(8)] partial Layer Low { get; } [Softmax(6, Tied = [|nameof(Low)|])] partial Layer Next { get; } }", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Gru(8)] partial Layer Low { get; } [Softmax(6, Tied = nameof(Words))] partial Layer Next { get; } }" },
        { "RNN0039", "Give 'Next' size 6", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Gru(8)] partial Layer Low { get; } [Softmax(5, Tied = [|nameof(Words)|])] partial Layer Next { get; } }", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Gru(8)] partial Layer Low { get; } [Softmax(6, Tied = nameof(Words))] partial Layer Next { get; } }" },
        { "RNN0039", "Give 'Mid' size 8", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Dense(9)] partial Layer Mid { get; } [Softmax(6, Tied = [|nameof(Words)|])] partial Layer Next { get; } }", "[RnnModel(6, 16)] partial class Amp { [Embedding(8)] partial Layer Words { get; } [Dense(8)] partial Layer Mid { get; } [Softmax(6, Tied = nameof(Words))] partial Layer Next { get; } }" },
        {
            "RNN0039", "Add a dense layer of size 8 before 'Next'", """
            [RnnModel(6, 16)]
            partial class Amp
            {
                [Embedding(8)] public partial Layer Words { get; }
                [Gru(32)] public partial Layer Memory { get; }
                [Softmax(6, Tied = [|nameof(Words)|])] public partial Layer Next { get; }
            }
            """, """
            [RnnModel(6, 16)]
            partial class Amp
            {
                [Embedding(8)] public partial Layer Words { get; }
                [Gru(32)] public partial Layer Memory { get; }
                [Dense(8)] public partial Layer Dense { get; }
                [Softmax(6, Tied = nameof(Words))] public partial Layer Next { get; }
            }
            """
        },
    };

    /// <summary>Fixes of calls, which need the generated code.</summary>
    public static TheoryData<string, string, string, string> FixesOfCalls => new()
    {
        {
            "CS1739", "Add Tokens = true to [RnnModel]",
            "[RnnModel(4, 8), Gru(3)] public partial class Amp { public static void Run(Amp amp, State s, float[] y) => amp.Step(s, [|token|]: 3, y); }",
            "[RnnModel(4, 8, Tokens = true), Gru(3)] public partial class Amp { public static void Run(Amp amp, State s, float[] y) => amp.Step(s, token: 3, y); }"
        },
        {
            "CS1503", "Add Tokens = true to [RnnModel]",
            "[RnnModel(4, 8), Gru(3), Softmax(4)] public partial class Amp { public static void Run(Trainer trainer, int[] tokens) => trainer.Train([|tokens|], tokens); }",
            "[RnnModel(4, 8, Tokens = true), Gru(3), Softmax(4)] public partial class Amp { public static void Run(Trainer trainer, int[] tokens) => trainer.Train(tokens, tokens); }"
        },
        {
            "RNN0034", "Call Forward with the whole window",
            "[RnnModel(4, 8), Gru(3, Direction = Direction.Reverse)] public partial class Amp { public void Run(State s, float[] x, float[] y) => [|Step(s, x, y)|]; }",
            "[RnnModel(4, 8), Gru(3, Direction = Direction.Reverse)] public partial class Amp { public void Run(State s, float[] x, float[] y) => Forward(s, x, y); }"
        },
    };

    /// <summary>There is no cure, or there are several.</summary>
    public static TheoryData<string, string> WithoutFix => new()
    {
        { "RNN0008", "[RnnModel(1, 64), Lstm(20)] partial class Amp { public [|Amp|](int seed) { } }" },
        { "RNN0011", "[RnnModel(1, 64), Lstm([|Sizes.Hidden|])] partial class Amp; static class Sizes { public static int Hidden = 20; }" },
        { "RNN0035", "[RnnModel(1, 64, BatchSize = [|65_537|]), Lstm(20), Linear(1)] partial class Amp;" },
        { "RNN0029", "[RnnModel(4, 16)] partial class Amp { [Gru(8)] partial Layer Low { get; } [Gru(8, From = [|[\"Other\"]|])] partial Layer High { get; } }" },
        { "RNN0021", "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer [|Low|] { get; } partial Layer Low => null!; }" },
        { "RNN0043", "struct Amp { [[|Dense(3)|]] public Layer? Low { get; } }" },
    };

    /// <summary>Every wrong declaration that has a test.</summary>
    public static TheoryData<string> Wrong => new(DiagnosticTests.Wrong.Select(row => row.Data.Item3));

    [Theory]
    [MemberData(nameof(Fixes))]
    public async Task Cures(string id, string title, string wrong, string right)
    {
        await CodeFixTest.RunAsync(id, title, "using RnnGen;\n\n" + wrong, "using RnnGen;\n\n" + right);

        GeneratorRun run = GeneratorRun.Of("using RnnGen;\n\n" + right);
        Assert.NotEmpty(run.Values(TrackingNames.Model));
        Assert.DoesNotContain(
            run.Compilation.GetSemanticModel(run.Compilation.SyntaxTrees.First()).GetDiagnostics(),
            diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error);
    }

    [Theory]
    [MemberData(nameof(FixesOfCalls))]
    public Task Cures_calls(string id, string title, string wrong, string right) =>
        CodeFixTest.RunAsync(id, title, "using RnnGen;\n\n" + wrong, "using RnnGen;\n\n" + right, generates: true);

    [Fact]
    public Task Cures_several_at_once() => CodeFixTest.RunAsync(
        "RNN0002",
        "Make 'Third' partial",
        """
        using RnnGen;

        class [|First|]
        {
            class [|Second|]
            {
                [RnnModel(1, 64), Lstm(20)] partial class Amp;
            }
        }

        class [|Third|]
        {
            [RnnModel(1, 64), Lstm(20)] partial class Amp;
        }
        """,
        """
        using RnnGen;

        partial class First
        {
            partial class Second
            {
                [RnnModel(1, 64), Lstm(20)] partial class Amp;
            }
        }

        partial class Third
        {
            [RnnModel(1, 64), Lstm(20)] partial class Amp;
        }
        """);

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_fix_that_is_offered_removes_the_error(string marked) =>
        Assert.All(await AppliedFix.AllAsync("using RnnGen;\n" + Marked.Parse(marked).Source), fix =>
        {
            Assert.Empty(fix.SyntaxErrors);
            Assert.True(
                fix.After.Count(diagnostic => diagnostic.Id == fix.Id) < fix.Before.Count(diagnostic => diagnostic.Id == fix.Id),
                string.Join("; ", fix.After.Select(diagnostic => diagnostic.GetMessage())));
        });

    [Theory]
    [MemberData(nameof(WithoutFix))]
    public Task Offers_nothing(string id, string wrong) => CodeFixTest.RunAsync(id, title: null, "using RnnGen;\n\n" + wrong, "using RnnGen;\n\n" + wrong);

    [Fact]
    public void At_least_twenty_diagnostics_have_a_tested_fix()
    {
        string[] fixable = [.. CodeFixTest.All.SelectMany(fix => fix.FixableDiagnosticIds)];
        string[] ours = [.. fixable.Intersect(Descriptors.All.Select(descriptor => descriptor.Id))];

        Assert.True(ours.Length >= 20, $"{ours.Length} diagnostics");
        Assert.Equal(["CS1503", "CS1739"], fixable.Except(ours).Order());
        Assert.Equal(fixable.Distinct(), fixable);
        Assert.Equal(fixable.Order(), Fixes.Concat(FixesOfCalls).Select(row => row.Data.Item1).Distinct().Order());
    }
}
