using Microsoft.CodeAnalysis;
using RnnGen.Generator.Emission;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>Models of one name, of nearly one name and of strange names live side by side.</summary>
public class NameTests
{
    private const string Lookalikes = """
        using RnnGen;

        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class hello;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class HELLO;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class @class;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Class;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class @record;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello_Hidden;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Ähre;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class ähre;
        [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class _hre;

        namespace A
        {
            [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello;

            internal partial class Outer
            {
                [RnnModel(1, 64), Lstm(20), Linear(1)] private partial class Hello;
                private partial struct Inner
                {
                    [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello;
                }
            }

            internal partial interface IOuter { [RnnModel(1, 64), Lstm(20), Linear(1)] public partial class Hello; }
            internal partial record Row { [RnnModel(1, 64), Lstm(20), Linear(1)] protected internal partial class Hello; }
            internal partial record struct Cell { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello; }
            internal static partial class Tools { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello; }
            internal ref partial struct View { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello; }
        }

        namespace a { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello; }
        namespace @namespace.@event { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Hello; }

        [RnnModel(1, 64)]
        internal partial class Layers1
        {
            [Gru(3)] public partial Layer Hidden { get; }
            [Gru(3)] public partial Layer hidden { get; }
            [Gru(3)] public partial Layer @event { get; }
            [Gru(3)] public partial Layer Event { get; }
            [Gru(3)] public partial Layer Layer { get; }
            [Gru(3)] public partial Layer Größe { get; }
        }
        """;

    private const int LookalikeCount = 21;

    [Fact]
    public async Task All_of_them_are_models()
    {
        GeneratorRun run = GeneratorRun.Of(Lookalikes);

        ModelSpec[] models = [.. run.Values(TrackingNames.Model).Cast<ParseResult>().Select(result => result.Model).OfType<ModelSpec>()];
        Assert.Equal(LookalikeCount, models.Length);
        Assert.Empty(await Analysis.RunAsync(run));
        Assert.Equal(LookalikeCount, models.Select(model => HintNames.For(model.Target, "")).Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(models, model => Assert.Contains(HintNames.For(model.Target, ""), run.Files.Keys));
    }

    [Fact]
    public void All_of_them_compile()
    {
        GeneratorRun run = GeneratorRun.Of(Lookalikes);

        // CS8981: the names in lower case are the user's.
        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic =>
            diagnostic.Severity != DiagnosticSeverity.Hidden && diagnostic.Id != "CS8981"));
    }

    /// <summary>The compiler warns of such a name in every half of a class; who wants it can only ask for silence in their own.</summary>
    [Fact]
    public void A_name_in_lower_case_is_no_matter_of_the_generated_half()
    {
        GeneratorRun run = GeneratorRun.Of("""
            using RnnGen;
            #pragma warning disable CS8981
            internal partial class engine { [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class Amp; }
            [RnnModel(1, 64), Lstm(20), Linear(1)] internal partial class amp;
            """);

        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden));
    }

    [Fact]
    public void The_target_is_written_as_in_source()
    {
        ParseResult result = Assert.IsType<ParseResult>(Assert.Single(GeneratorRun.Of("""
            namespace @namespace.Space;
            internal partial record struct @struct
            {
                internal static partial class Inner { [RnnGen.RnnModel(1, 2), RnnGen.Gru(3)] protected internal sealed partial class @is; }
            }
            """).Values(TrackingNames.Model)));

        TypeTarget target = result.Failure?.Target ?? result.Model!.Target;
        Assert.Equal("@namespace.Space", target.Namespace);
        Assert.Equal(["partial record struct @struct", "partial class Inner"], target.Containers);
        Assert.Equal("@is", target.Name);
        Assert.Equal("protected internal", target.Accessibility);
        Assert.Equal("namespace.Space.struct+Inner+is", target.MetadataName);
    }

    [Theory]
    [InlineData("Hello", "", "Hello.g.cs")]
    [InlineData("Space.Hello", "", "Space.Hello.g.cs")]
    [InlineData("Space.Hello", "Hidden", "Space.Hello-Hidden.g.cs")]
    [InlineData("Space.Outer+Hello", "Lstm", "Space.Outer+Hello-Lstm.g.cs")]
    [InlineData("My_Space.Hello2", "", "My_Space.Hello2.g.cs")]
    public void A_plain_name_stays_plain(string metadataName, string part, string expected) =>
        Assert.Equal(expected, HintNames.For(Target(metadataName), part));

    [Theory]
    [InlineData("hello", "", "hello--")]
    [InlineData("Space.CharModel", "Hidden", "Space.CharModel-Hidden--")]
    [InlineData("Space.Ähre", "", "Space._hre--")]
    [InlineData("Space.Generic`1", "", "Space.Generic_1--")]
    [InlineData("Space.Hello", "hidden", "Space.Hello-hidden--")]
    public void Any_other_name_gets_a_hash(string metadataName, string part, string prefix)
    {
        string name = HintNames.For(Target(metadataName), part);

        Assert.Matches("^" + System.Text.RegularExpressions.Regex.Escape(prefix) + @"[0-9a-f]{8}\.g\.cs$", name);
        Assert.Equal(name, HintNames.For(Target(metadataName), part));
    }

    [Fact]
    public void Names_that_differ_in_case_differ_otherwise_too()
    {
        string[] spellings = [.. Spellings("hello").SelectMany(name => new[] { HintNames.For(Target(name), ""), HintNames.For(Target("A"), name) })];

        Assert.Equal(2 * 32, spellings.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void A_very_long_name_stays_short() =>
        Assert.InRange(HintNames.For(Target(new string('A', 500)), new string('b', 500)).Length, 1, 140);

    [Fact]
    public void Reserved_names_are_sorted_so_that_they_are_found()
    {
        Assert.Equal(GeneratedNames.Members.Order(StringComparer.Ordinal), GeneratedNames.Members);
        Assert.All(GeneratedNames.Members, name => Assert.True(GeneratedNames.IsMember(name)));
        Assert.False(GeneratedNames.IsMember("Hidden"));
    }

    /// <summary>Names that generated code may use for something else: types, locals, members of its nested types.</summary>
    [Fact]
    public void A_layer_can_have_any_other_name()
    {
        string[] names =
        [
            "System", "RnnGen", "Layer", "Span", "Vector", "Vector512", "Math", "MathF", "Numerics", "MemoryMarshal",
            "Reset", "Clear", "CopyTo", "Inputs", "Targets", "Outputs", "Optimizer", "Loss", "Name", "Index", "Length", "Wide",
            "weights", "state", "tape", "model", "x", "h", "c", "dx", "work", "step", "steps", "input", "value", "field", "@this", "@base",
        ];
        IEnumerable<string> layers = names.Select(name => $"[Gru(3)] public partial Layer {name} {{ get; }}");
        GeneratorRun run = GeneratorRun.Of($"using RnnGen; [RnnModel(1, 64)] public partial class Any {{ {string.Join("\n", layers)} }}");

        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden));
    }

    /// <summary>Parameters of verbs are named after heads, in the same scope as locals and other parameters.</summary>
    [Theory]
    [InlineData("Forward")]
    [InlineData("Reverse")]
    public void A_head_can_have_any_other_name(string direction)
    {
        string[] names = ["Lane", "Rows", "Row", "Steps", "Count", "Lengths", "Window", "Place", "Score", "Scores", "Share", "Memory", "Weights", "Inputs", "Targets", "Final"];
        IEnumerable<string> heads = names.Select((name, k) => $"[{(k % 2 == 0 ? "Linear" : "Softmax")}(2)] public partial Layer {name} {{ get; }}");
        GeneratorRun run = GeneratorRun.Of(
            $"using RnnGen; [RnnModel(2, 4, BatchSize = 8)] public partial class Any {{ [Rnn(3, Direction = Direction.{direction})] public partial Layer Low {{ get; }} {string.Join("\n", heads)} }}");

        Assert.Empty(run.Compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden));
    }

    /// <summary>A new member of the generated half must be reserved, or it breaks the code of a user who has that name already.</summary>
    [Theory]
    [InlineData(Models.Hello, "Lecture.Hello")]
    [InlineData(Models.Amp, "Amp")]
    [InlineData(Models.Stack, "Deep.Space.Stack")]
    [InlineData(Models.Everything, "Deep.Space.Everything")]
    [InlineData(Models.Lanes, "Lanes8")]
    public void Every_generated_member_is_reserved(string source, string model)
    {
        INamedTypeSymbol type = GeneratorRun.Of(source).Compilation.GetTypeByMetadataName(model)!;
        IEnumerable<string> generated = type.GetMembers()
            .Where(member => !member.IsImplicitlyDeclared
                && member is not IMethodSymbol { MethodKind: not MethodKind.Ordinary }
                && member.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
            .Select(member => member.Name)
            .Where(name => !name.Contains('.', StringComparison.Ordinal)) // implements an interface explicitly, and clashes with nothing
            .Distinct();

        Assert.Equal("", string.Join(", ", generated.Where(name => !GeneratedNames.IsMember(name))));
    }

    private static TypeTarget Target(string metadataName) => new("", default, "", "public", metadataName);

    private static IEnumerable<string> Spellings(string name) => Enumerable.Range(0, 1 << name.Length)
        .Select(bits => string.Concat(name.Select((letter, index) => (bits >> index & 1) == 0 ? letter : char.ToUpperInvariant(letter))));
}
