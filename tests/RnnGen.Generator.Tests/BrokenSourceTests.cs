using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using RnnGen.Fuzz;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>While code is being typed, generator and analyzer neither throw nor report an internal error.</summary>
public class BrokenSourceTests
{
    public static TheoryData<string> Broken => new()
    {
        "",
        "[RnnModel]",
        "[RnnModel(",
        "[RnnModel(1, 64), Lstm(20)]",
        "[RnnModel(1, 64), Lstm(20)] partial class",
        "[RnnModel(1, 64), Lstm(20)] partial class { }",
        "[RnnModel(1, 64), Lstm(20)] partial class { } [RnnModel(1, 64), Lstm(20)] partial class { }",
        "namespace { [RnnModel(1, 64), Lstm(20)] partial class Amp; }",
        "namespace A. { [RnnModel(1, 64), Lstm(20)] partial class Amp; }",
        "class { [RnnModel(1, 64), Lstm(20)] partial class Amp; }",
        "[RnnModel(1, 64), Lstm(20)] partial class 3Amp;",
        "[RnnModel] partial class Amp;",
        "[RnnModel()] partial class Amp;",
        "[RnnModel(,)] partial class Amp;",
        "[RnnModel(1,)] partial class Amp;",
        "[RnnModel(1, 2, 3), Lstm()] partial class Amp;",
        "[RnnModel(\"a\", null), Lstm(null)] partial class Amp;",
        "[RnnModel(default, default), Lstm(default!)] partial class Amp;",
        "[RnnModel(unknown, Unknown.Name), Lstm(x => x)] partial class Amp;",
        "[RnnModel(1, 64, Tokens = ), Lstm(3, Bias = )] partial class Amp;",
        "[RnnModel(1, 64, Tokens = 3, Tokens = null), Lstm(3, Bias = null)] partial class Amp;",
        "[RnnModel(1, 64, Nothing = 3), Lstm(3, Nothing = 4)] partial class Amp;",
        "[RnnModel(1, 64, InputSize = 3), Lstm(3, Size = 4)] partial class Amp;",
        "[RnnModel(inputSize: 1, inputSize: 2), Lstm(size: 3)] partial class Amp;",
        "[RnnModel(1, 64), Lstm(new[] { 1 }), Rnn(typeof(int))] partial class Amp;",
        "[RnnModel(1, 64), Lstm(checked(int.MaxValue + 1))] partial class Amp;",
        "[RnnModel(1, 64), Lstm(1 / 0)] partial class Amp;",
        "[RnnModel(1, 64), RnnModel(1, 64), Lstm(20), Lstm(20)] partial class Amp;",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp; [RnnModel(1, 64), Lstm(20)] partial class Amp;",
        "[RnnModel(1, 64), Lstm(20)] class Amp; [RnnModel(1, 64), Lstm(20)] class Amp;",
        "[RnnModel(1, 64), Lstm(20)] class Amp; [RnnModel(1, 64), Lstm(20)] record Amp;",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp; struct Amp; enum Amp; interface Amp; delegate void Amp();",
        "partial class O { [RnnModel(1, 64), Lstm(20)] partial class Amp; } partial struct O { [RnnModel(1, 64), Lstm(20)] partial class Amp; }",
        "namespace Amp.X; [RnnModel(1, 64), Lstm(20)] partial class Amp;",
        "namespace Amp { [RnnModel(1, 64), Lstm(20)] partial class X; } [RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer X { get; } }",
        "[RnnModel(1, 64), Lstm(20)] partial struct Amp;",
        "[RnnModel(1, 64), Lstm(20)] partial record struct Amp(int A);",
        "[RnnModel(1, 64), Lstm(20)] partial interface Amp;",
        "[RnnModel(1, 64), Lstm(20)] enum Amp { A }",
        "[RnnModel(1, 64), Lstm(20)] delegate void Amp();",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp : Missing, Amp, System.IDisposable;",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp : Amp;",
        "[assembly: RnnModel(1, 64), Lstm(20)]",
        "[Unknown, RnnModel(1, 64), Missing.Lstm(20)] partial class Amp;",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A {",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { ; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; ; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { \"\"\" get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; [Gru(3)] public partial Layer B { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial A { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial public partial Layer A { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Missing A { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; } [Gru(3)] public partial Layer A { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; } [Gru(3)] public partial Layer a { get; } [Gru(3)] public partial int A { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] public partial Layer A { get; } [Gru(3)] void A() { } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] partial Layer IMissing.A { get; } [Gru(3)] extern partial Layer B { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru] public partial Layer A { get; } [Activation] public partial Layer B { get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] class Inner; [Gru(3)] Amp() { } [Gru(3)] ~Amp() { } [Gru(3)] public static Amp operator +(Amp a, Amp b) => a; }",
        "[RnnModel(1, 64)] partial class Amp { [field: Gru(3)] public partial Layer A { get; } public partial Layer B { [Gru(3)] get; } }",
        "[RnnModel(1, 64)] partial class Amp { [Gru(3)] Layer a, b, c; [Gru(3)] const Layer D; }",
        "[RnnModel(1, 64)] partial class Amp { public partial class { [Gru(3)] public partial Layer A { get; } } }",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp<T, > where T : ;",
        "[RnnModel(1, 64), Lstm(20)] partial class Amp(int a, , this);",
        "[RnnModel(1, 64), Lstm(20)] file static abstract sealed partial record class Amp<T>(T A);",
        "#if X\n[RnnModel(1, 64), Lstm(20)]\n#endif\npartial class Amp;",
        "[RnnModel(1, 64), Lstm(20)] partial class \\u0041mp\\u200d;",
        "[RnnModel(1, 64), Lstm(20)] partial class Ämp; [RnnModel(1, 64), Lstm(20)] partial class ämp; [RnnModel(1, 64), Lstm(20)] partial class 模型;",
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public Task Neither_throws_nor_fails(string source) => AssertCalmAsync("using RnnGen;\n" + source);

    [Fact]
    public Task Without_the_using() => AssertCalmAsync("[RnnModel(1, 64), Lstm(20)] partial class Amp;");

    [Fact]
    public Task With_attributes_of_other_shapes() => AssertCalmAsync("""
        namespace RnnGen
        {
            public class RnnModelAttribute : System.Attribute { public RnnModelAttribute(params object[] all) { } public RnnModelAttribute(string a, long b) { } }
            public class LayerAttribute : System.Attribute;
            public class LstmAttribute(int[] sizes) : LayerAttribute;
            public class GruAttribute(double size) : LayerAttribute { public string? Bias { get; set; } }
            [RnnModel(1, 2), Lstm([3])] partial class A;
            [RnnModel("1", 2), Lstm(null)] partial class B;
            [RnnModel, Gru(3, Bias = "x")] partial class C;
            [RnnModel(new object[] { 1, 2 }), Gru(3.5)] partial class D;
        }
        """);

    [Fact]
    public async Task Without_the_runtime_library()
    {
        SourceCheck check = await SourceCheck.RunAsync(TestCompilation.Create("[RnnGen.RnnModel(1, 64), RnnGen.Lstm(20)] partial class Amp;").WithReferences());

        Assert.False(check.IsRight);
    }

    [Theory]
    [InlineData(LanguageVersion.CSharp1)]
    [InlineData(LanguageVersion.CSharp7_3)]
    [InlineData(LanguageVersion.CSharp12)]
    public async Task In_an_old_language(LanguageVersion version)
    {
        GeneratorRun run = GeneratorRun.Of(TestCompilation.Create(new CSharpParseOptions(version), Models.Stack, Models.Amp));

        Assert.All(await Analysis.RunAsync(run), diagnostic => Assert.Equal("RNN0009", diagnostic.Id));
        Assert.Equal(2, run.Errors.Count());
    }

    /// <summary>A model with each of its tokens missing in turn, as in code that is being typed.</summary>
    [Theory]
    [InlineData(Models.Hello)]
    [InlineData(Models.Stack)]
    public async Task With_any_token_missing(string source)
    {
        foreach (SyntaxToken token in TestCompilation.Parse(source).GetRoot().DescendantTokens())
        {
            await AssertCalmAsync(source.Remove(token.SpanStart, token.Span.Length));
        }
    }

    /// <summary>A model that ends after each of its tokens.</summary>
    [Theory]
    [InlineData(Models.Hello)]
    [InlineData(Models.Stack)]
    public async Task Cut_off_after_any_token(string source)
    {
        foreach (SyntaxToken token in TestCompilation.Parse(source).GetRoot().DescendantTokens())
        {
            await AssertCalmAsync(source[..token.Span.End]);
        }
    }

    private static Task AssertCalmAsync(params string[] files) => SourceCheck.RunAsync(files);
}
