using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using RnnGen.Fuzz;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>
/// Nothing in a generated file can be captured by a name of the user's. Every identifier of the generated files is given to something that
/// the user may have declared: what stands outside the models always builds; the names of a class, its layers, heads and members build, or
/// are refused by one diagnostic at that name.
/// </summary>
public class CapturedNameTests
{
    /// <summary>Models of different shapes. Each has its own namespace and, if the tested place needs them, a container and a base class.</summary>
    /// <remarks><c>~</c> is <c>global::RnnGen.</c>: the user's own half must not be captured either.</remarks>
    private static readonly Shape[] Shapes =
    [
        new("Amp", "[~RnnModel(2, 3, NonFinite = ~NonFinite.Throw), ~Lstm(4, Peepholes = true), ~Linear(1)]", ""),
        new("Words", "[~RnnModel(6, 9, Tokens = true, BatchSize = 8)]", """
            [~Embedding(3)] public partial ~Layer Vectors { get; }
            [~Dropout(0.1)] public partial ~Layer Thinned { get; }
            [~Gru(20, Zoneout = 0.1)] public partial ~Layer Memory { get; }
            [~LayerNorm] public partial ~Layer Even { get; }
            [~Softmax(6)] public partial ~Layer Next { get; }
            """),
        new("Speech", "[~RnnModel(20, 30, BatchSize = 8, Precise = true)]", """
            [~Lstm(40, Direction = ~Direction.Bidirectional, Merge = ~Merge.Sum, Layers = 2)] public partial ~Layer Memory { get; }
            [~Softmax(5, From = ["Memory", ~Layer.Input])] public partial ~Layer Phonemes { get; }
            [~Linear(2, Weight = 0.5, Loss = ~Loss.Huber)] public partial ~Layer Pitch { get; }
            """),
        new("Studied", "[~RnnModel(3, 40, Trace = true)]", """
            [~Normalization] public partial ~Layer Scaled { get; }
            [~Rnn(5, LearnInitialState = true)] public partial ~Layer Low { get; }
            [~Rnn(5, LearnInitialState = true, Residual = true)] public partial ~Layer High { get; }
            [~Gru(3, ReturnSequences = false)] public partial ~Layer Last { get; }
            [~Sigmoid(2)] public partial ~Layer Labels { get; }
            [~Linear(2, From = ["High"])] public partial ~Layer Value { get; }
            """),
        new("Bare", "[~RnnModel(2, 3, BatchSize = 4, Unroll = ~Unroll.Rows, NonFinite = ~NonFinite.Hold)]", "[~Gru(3)] public partial ~Layer Only { get; }"),
    ];

    // Words of the language: a type of such a name changes what the word means in all code, and the compiler warns of it (CS8981).
    private static readonly string[] Words = ["var", "nuint", "nint", "value", "get", "set", "init", "partial", "global", "file", "_"];

    // Namespaces that every project refers to: with a type of such a name in the global namespace not even the files that the SDK adds to a
    // project compile.
    private static readonly string[] Roots = ["System", "RnnGen", "Acme"];

    private static readonly Lazy<string[]> Identifiers = new(() => FindIdentifiers(_ => true));

    // Kernels stand in a namespace of their own and know no name of the user's.
    private static readonly Lazy<string[]> OwnIdentifiers = new(() => FindIdentifiers(file => !IsOfKernels(file)));

    /// <summary>Places that kernels do not see, or no better than one of the others: how the names are declared there.</summary>
    private static readonly Dictionary<string, Func<IEnumerable<string>, string[]>> NearPlaces = new()
    {
        ["types beside the model"] = names => [Models("Acme"), $"namespace Acme {{ {Each(names, n => $"internal class {n};")} }}"],
        ["types in an enclosing namespace"] = names => [Models("Acme.Audio.Deep"), $"namespace Acme {{ {Each(names, n => $"internal class {n};")} }} namespace Acme.Audio {{ {Each(names, n => $"internal struct {n};")} }}"],
        ["methods of a container"] = names => [Models("Acme", "internal static partial class Engine { ", Each(names, n => $"internal static void {n}() {{ }}"))],
        ["generic methods of a container"] = names => [Models("", "internal partial interface IEngine { ", Each(names, n => $"internal static T {n}<T>(T value, params object[] values) => value;"))],
        ["fields of a container"] = names => [Models("Acme", "internal static partial class Engine { ", Each(names, n => $"internal const int {n} = 3;"))],
        ["properties of a container"] = names => [Models("Acme", "internal static partial class Engine { ", Each(names, n => $"internal static string {n} => null!;"))],
        ["types in a container"] = names => [Models("Acme", "internal static partial class Engine { ", Each(names, n => $"internal class {n};"))],
        ["methods of a base class"] = names => [Models("Acme", baseMembers: Each(names, n => $"public virtual void {n}() {{ }}"))],
        ["verbs of a base class"] = names => [Models("Acme", baseMembers: "public virtual void Save(string path) { } public void LoadWeights(string path) { } public virtual object Clone() => this; public static void Load(string path) { } public int Warmup() => 3;" + Each(names.Except(["Save", "LoadWeights", "Clone", "Load", "Warmup"]), n => $"protected static object {n}(string path) => path;"))],
        ["fields of a base class"] = names => [Models("Acme", baseMembers: Each(names, n => $"public int {n};"))],
        ["properties of a base class"] = names => [Models("Acme", baseMembers: Each(names, n => $"public virtual string {n} => null!;"))],
        ["types in a base class"] = names => [Models("Acme", baseMembers: Each(names, n => $"public class {n};"))],
        ["namespaces beside the model"] = names => [Models("Acme"), Each(names, n => $"namespace Acme.{n} {{ internal class Inside; }}")],
        ["types beside a model in the global namespace"] = names => [Models(""), Each(names.Except(Roots), n => $"internal class {n};")],
        ["global aliases, a model in the global namespace"] = names => [Each(names.Except(Roots), n => $"global using {n} = global::System.Text.StringBuilder;"), Models("")],
    };

    /// <summary>Places that kernels see, too.</summary>
    private static readonly Dictionary<string, Func<IEnumerable<string>, string[]>> FarPlaces = new()
    {
        ["types in the global namespace"] = names => [Models("Acme"), Each(names.Except(Roots), n => $"internal class {n};")],
        ["namespaces"] = names => [Models(""), Each(names.Except(Roots), n => $"namespace {n} {{ internal class Inside; }}")],
        ["namespaces around the model"] = names => [Models("Acme." + string.Join(".", names.Take(40))), Models("Acme." + string.Join(".", names.Skip(40).Take(80)))],
        ["global aliases"] = names => [Each(names.Except(Roots), n => $"global using {n} = global::System.Text.StringBuilder;"), Models("Acme")],
    };

    /// <summary>Names that the user's half chooses: one source with all of them.</summary>
    private static readonly Dictionary<string, Func<IEnumerable<string>, string>> Choices = new()
    {
        ["class"] = names => Each(names, n => $"namespace N_{n} {{ [~RnnModel(1, 1), ~Rnn(1)] partial class @{n}; }}\n"),
        ["layer"] = names => InModels(names, some => $"[~RnnModel(1, 1)] partial class Amp {{ {Each(some, n => $"[~Rnn(1)] public partial ~Layer @{n} {{ get; }}\n")} [~Linear(1)] public partial ~Layer Phonemes {{ get; }} [~Linear(1)] public partial ~Layer Pitch {{ get; }} }}"),
        ["head"] = names => InModels(names, some => $"[~RnnModel(1, 1)] partial class Amp {{ [~Rnn(1)] public partial ~Layer Low {{ get; }} [~Linear(1)] public partial ~Layer Phonemes {{ get; }} {Each(some, n => $"[~Softmax(2)] public partial ~Layer @{n} {{ get; }}\n")} }}"),
        ["head of batches"] = names => InModels(names, some => $"[~RnnModel(1, 1, BatchSize = 2)] partial class Amp {{ [~Rnn(1)] public partial ~Layer Low {{ get; }} {Each(some, n => $"[~Linear(1)] public partial ~Layer @{n} {{ get; }}\n")} }}"),
        ["field"] = names => $"[~RnnModel(1, 1)] partial class Amp {{ {Each(names, n => $"internal int @{n} = 3;\n")} [~Rnn(1)] public partial ~Layer Low {{ get; }} [~Linear(1)] public partial ~Layer Phonemes {{ get; }} [~Linear(1)] public partial ~Layer Pitch {{ get; }} }}",
        ["method"] = names => $"[~RnnModel(1, 1, BatchSize = 2)] partial class Amp {{ {Each(names, n => $"internal T @{n}<T>(T value) => value;\n")} [~Rnn(1)] public partial ~Layer Low {{ get; }} }}",
        ["nested type"] = names => $"[~RnnModel(1, 1, Tokens = true)] partial class Amp {{ {Each(names, n => $"internal sealed class @{n};\n")} [~Rnn(1)] public partial ~Layer Low {{ get; }} }}",
    };

    public static TheoryData<string> ChoiceNames => [.. Choices.Keys];

    public static TheoryData<string> NearPlaceNames => [.. NearPlaces.Keys];

    public static TheoryData<string> FarPlaceNames => [.. FarPlaces.Keys];

    private static IEnumerable<string> OutsideNames => Identifiers.Value.Except(Shapes.SelectMany(shape => shape.OwnNames));

    [Theory]
    [MemberData(nameof(NearPlaceNames))]
    public void What_stands_around_a_model_captures_nothing(string place)
    {
        string problems = Problems(WithoutKernels(GeneratorRun.Of(NearPlaces[place](OutsideNames))));
        Assert.True(problems.Length == 0, problems);
    }

    [Theory]
    [MemberData(nameof(FarPlaceNames))]
    public void What_all_code_sees_captures_nothing(string place)
    {
        string problems = Problems(GeneratorRun.Of(FarPlaces[place](OutsideNames)).Compilation.GetDiagnostics());
        Assert.True(problems.Length == 0, problems);
    }

    /// <summary>So names around a model need not be tested with them.</summary>
    [Fact]
    public void Kernels_stand_in_a_namespace_of_their_own()
    {
        CompilationUnitSyntax[] files = [.. GeneratorRun.Of(Models("Acme", "internal static partial class Engine { ")).Result.GeneratedSources
            .Where(source => IsOfKernels(source.HintName))
            .Select(source => source.SyntaxTree.GetCompilationUnitRoot())];

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.StartsWith(
            "RnnGen.GeneratedCode.", Assert.IsType<FileScopedNamespaceDeclarationSyntax>(Assert.Single(file.Members)).Name.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(ChoiceNames))]
    public async Task What_a_model_is_made_of_builds_or_is_refused_at_its_name(string choice)
    {
        // Beside the identifiers: what the names of heads may turn into, keywords, and what any object or tuple has.
        string[] names =
        [
            .. OwnIdentifiers.Value, "Input", "Output", "phonemes", "PhonemesTargets", "FinalLow", "PhonemesSize", "Item1", "Item2", "Item3", "Rest", "Deconstruct",
            "out", "event", "class", "string", "async", "await", "record", "field", "Equals", "GetHashCode", "ToString", "Finalize",
        ];
        names = [.. names.Except(["Phonemes", "Pitch", "Low", "Amp"]).Distinct()];
        (GeneratorRun run, int refused) = await RunWithoutRefusedAsync(choice, names);

        // What hides a member of object in the user's half is the user's.
        string problems = Problems(WithoutKernels(run).Where(diagnostic => diagnostic.Id != "CS0108"));
        Assert.True(problems.Length == 0, problems);
        Assert.InRange(refused, 30, names.Length / 2);
    }

    /// <summary>Of the user's names the namespace of kernels has that of the class.</summary>
    [Fact]
    public async Task Kernels_build_whatever_the_class_is_called()
    {
        (GeneratorRun run, _) = await RunWithoutRefusedAsync("class", FindIdentifiers(IsOfKernels));

        string problems = Problems(run.Compilation.GetDiagnostics());
        Assert.True(problems.Length == 0, problems);
    }

    /// <summary>Models of all names that are not refused, each of which is so once, and at its place.</summary>
    private static async Task<(GeneratorRun Run, int Refused)> RunWithoutRefusedAsync(string choice, string[] names)
    {
        var refused = new HashSet<string>();
        foreach (Diagnostic diagnostic in Errors(await Analysis.RunAsync(Compile(names))))
        {
            TextSpan span = diagnostic.Location.SourceSpan;
            string name = diagnostic.Location.SourceTree!.ToString().Substring(span.Start, span.Length).TrimStart('@');
            Assert.Contains(name, names);
            Assert.True(refused.Add(name), $"{name} is refused twice: {diagnostic.GetMessage()}");
        }

        GeneratorRun run = GeneratorRun.Of(Compile(names.Except(refused)));
        Assert.Empty(Errors(await Analysis.RunAsync(run)));
        return (run, refused.Count);

        // So many layers become much text, which is no matter here.
        static IEnumerable<Diagnostic> Errors(IEnumerable<Diagnostic> diagnostics) => diagnostics.Where(d => d.DefaultSeverity == DiagnosticSeverity.Error);

        CSharpCompilation Compile(IEnumerable<string> some) => TestCompilation.Create(Choices[choice](some).Replace("~", "global::RnnGen.", StringComparison.Ordinal));
    }

    /// <summary>Other features of a class that do not conflict with a model.</summary>
    [Theory]
    [InlineData("""
        public abstract class Base { public required string Title { get; init; } protected Base(int size = 3) { } }
        [~RnnModel(2, 3), ~Gru(2), ~Linear(1)] public sealed partial class Amp : Base { public required int Number; }
        public static class Use { public static Amp Make() => new(7) { Title = "a", Number = 3 }; public static Amp Again() => Amp.Load("a").Clone(); }
        """)]
    [InlineData("""
        public class Base { public class Amp; public class State; public static string Load(string path) => path; }
        [~RnnModel(2, 3, BatchSize = 2), ~Gru(2), ~Linear(1)] public sealed partial class Amp : Base;
        public static class Use { public static global::Amp Make() => global::Amp.Load("a").Clone(); }
        """)]
    [InlineData("""
        [assembly: System.CLSCompliant(true)]
        [~RnnModel(2, 3, BatchSize = 2, Trace = false)] public sealed partial class Amp
        {
            [~Lstm(4)] public partial ~Layer Memory { get; }
            [~Softmax(3)] public partial ~Layer Kind { get; }
            [~Linear(1)] public partial ~Layer Pitch { get; }
        }
        [~RnnModel(2, 3, Tokens = true), ~Rnn(4), ~Softmax(2)] public sealed partial class Letters;
        public partial interface IOuter { [~RnnModel(2, 3, Trace = true), ~Gru(4), ~Sigmoid(2)] public sealed partial class Inner; }
        """)]
    [InlineData("""
        public abstract class Root { public abstract void Save(string path); public abstract int Layers { get; } }
        public abstract class Base : Root { public override void Save(string path) { } public override int Layers => 3; }
        [~RnnModel(2, 3), ~Gru(2), ~Linear(1)] public partial class Amp : Base;
        """)]
    [InlineData("""
        public abstract class Base : System.IDisposable { public virtual void Dispose() { } public virtual void Save(string path) { } }
        [System.Obsolete("old"), System.Diagnostics.CodeAnalysis.Experimental("EXP1")]
        [~RnnModel(2, 3), ~Gru(2), ~Linear(1)] public partial class Amp : Base;
        """)]
    public void Bases_and_attributes_do_not_matter(string source)
    {
        GeneratorRun run = GeneratorRun.Of("#pragma warning disable CS1591\n" + source.Replace("~", "global::RnnGen.", StringComparison.Ordinal));
        string problems = Problems(run.Compilation.GetDiagnostics());
        Assert.True(problems.Length == 0, problems);
    }

    /// <summary>The first problems of each kind, or nothing.</summary>
    private static string Problems(IEnumerable<Diagnostic> diagnostics) => string.Join("\n", diagnostics
        .Where(diagnostic => diagnostic.Severity != DiagnosticSeverity.Hidden && diagnostic.Id != "CS8981")
        .DistinctBy(diagnostic => diagnostic.GetMessage())
        .Take(10));

    /// <summary>The compiler's diagnostics in all files except those of kernels.</summary>
    private static IEnumerable<Diagnostic> WithoutKernels(GeneratorRun run) => run.Compilation.SyntaxTrees
        .Where(tree => !IsOfKernels(tree.FilePath))
        .SelectMany(tree => run.Compilation.GetSemanticModel(tree).GetDiagnostics());

    private static bool IsOfKernels(string file) => file.Contains('-', StringComparison.Ordinal);

    private static string[] FindIdentifiers(Func<string, bool> file)
    {
        GeneratorRun run = GeneratorRun.Of(Models("Acme"));
        Assert.Empty(Problems(run.Compilation.GetDiagnostics()));
        return [.. run.Result.GeneratedSources.Where(source => file(source.HintName))
            .SelectMany(source => source.SyntaxTree.GetRoot().DescendantTokens(descendIntoTrivia: true))
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken))
            .Select(token => token.ValueText)
            .Where(name => SyntaxFacts.IsValidIdentifier(name) && SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None)
            .Except(Words)
            .Distinct()
            .Order(StringComparer.Ordinal)];
    }

    /// <summary>A model for every few of the names, always the same ones: one with so many layers would be long in every verb.</summary>
    private static string InModels(IEnumerable<string> names, Func<IEnumerable<string>, string> model) =>
        string.Concat(names.GroupBy(name => name.Sum(letter => letter) % 20).Select(some => $"namespace N{some.Key} {{ {model(some)} }}\n"));

    private static string Each(IEnumerable<string> names, Func<string, string> declaration) => string.Concat(names.Select(declaration));

    /// <summary>All models in a namespace, or none, perhaps inside a container and with a base class.</summary>
    private static string Models(string space, string container = "", string containerMembers = "", string baseMembers = "")
    {
        var text = new StringBuilder();
        text.Append("#pragma warning disable CS1591\n");
        text.Append(space.Length > 0 ? $"namespace {space} {{\n" : "");
        text.Append(baseMembers.Length > 0 ? $"public abstract class Base {{ {baseMembers} }}\n" : "");
        text.Append(container + containerMembers);
        foreach (Shape shape in Shapes)
        {
            text.Append($"{shape.Attributes} public partial class {shape.Name} {(baseMembers.Length > 0 ? ": Base" : "")} {{ {shape.Members} }}\n");
        }

        text.Append(container.Length > 0 ? "}\n" : "");
        text.Append(space.Length > 0 ? "}\n" : "");
        return text.Replace("~", "global::RnnGen.").ToString();
    }

    private sealed record Shape(string Name, string Attributes, string Members)
    {
        /// <summary>The name of the class and those of its layers: with another thing of such a name the user's own half would not compile.</summary>
        public IEnumerable<string> OwnNames => Regex.Matches(Members, @"Layer (\w+)").Select(match => match.Groups[1].Value).Prepend(Name);
    }
}
