using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Tests.Infrastructure;

namespace RnnGen.Generator.Tests;

/// <summary>The specs of correct classes.</summary>
public class ParserTests
{
    [Fact]
    public void Tokens_and_two_members()
    {
        ModelSpec model = Parse(Models.Hello);

        Assert.Equal((4, 4, true, true), (model.InputSize, model.SequenceLength, model.Tokens, model.DocumentClass));
        Assert.Equal(("Lecture", "Hello", "public", "Lecture.Hello"), (model.Target.Namespace, model.Target.Name, model.Target.Accessibility, model.Target.MetadataName));
        Assert.Equal(
            [
                new LayerSpec("Hidden", new Rnn(), 4, 10, new PropertySpec("public partial", "Hidden", true)),
                new LayerSpec("Next", new Softmax(), 10, 4, new PropertySpec("public partial", "Next", true)),
            ],
            model.Layers);
    }

    [Fact]
    public void Precise_functions_take_the_place_of_the_others_and_of_nothing_else()
    {
        const string Source = "using RnnGen; [RnnModel(3, 8, Precise = true), Lstm(20)] partial class Amp;";
        Assert.True(Parse(Source).Precise);
        Assert.False(Parse(Models.Hello).Precise);

        IReadOnlyDictionary<string, string> precise = GeneratorRun.Of(Source).Files;
        IReadOnlyDictionary<string, string> usual = GeneratorRun.Of(Source.Replace(", Precise = true", "", StringComparison.Ordinal)).Files;
        Assert.Equal(usual.Keys, precise.Keys);
        Assert.Contains("PreciseMath.Sigmoid(", precise["Amp-Lstm.512.g.cs"], StringComparison.Ordinal);
        Assert.All(usual, file => Assert.Equal(
            file.Value.Replace("VectorMath.Tanh", "PreciseMath.Tanh", StringComparison.Ordinal).Replace("VectorMath.Sigmoid", "PreciseMath.Sigmoid", StringComparison.Ordinal),
            precise[file.Key].Replace("using PreciseMath = global::RnnGen.CompilerServices.PreciseMath;\n", "", StringComparison.Ordinal)));
    }

    [Fact]
    public void Reproducible_models_have_other_functions_and_say_so()
    {
        const string Source = "using RnnGen; [RnnModel(3, 8, Reproducible = true), Lstm(20)] partial class Amp;";
        Assert.True(Parse(Source).Reproducible);
        Assert.False(Parse(Models.Hello).Reproducible);

        IReadOnlyDictionary<string, string> files = GeneratorRun.Of(Source).Files;
        foreach ((string file, string alias) in new[] { ("Amp-Lstm.g.cs", "ReproducibleMath;"), ("Amp-Lstm.512.g.cs", "ReproducibleMath512;") })
        {
            Assert.Contains("using VectorMath = global::RnnGen.CompilerServices." + alias, files[file], StringComparison.Ordinal);
            Assert.Contains("// Reproducible: ", files[file], StringComparison.Ordinal);
            Assert.DoesNotContain("partial sum", files[file], StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("[RnnModel(9, 64), Embedding(5), Lstm(20), Linear(1)]")]
    [InlineData("[Linear(1), Lstm(20), RnnModel(9, 64), Embedding(5)]")]
    [InlineData("[Linear(1)] [Embedding(5)] [RnnModel(9, 64)] [Lstm(20)]")]
    public void On_the_class_the_order_means_nothing(string attributes)
    {
        ModelSpec model = Parse($"using RnnGen; {attributes} partial class Amp;");

        Assert.True(model.Tokens);
        Assert.Equal(["Embedding", "Lstm", "Linear"], model.Layers.Select(layer => layer.Name));
        Assert.Equal([9, 5, 20], model.Layers.Select(layer => layer.InputSize));
        Assert.Equal([5, 20, 1], model.Layers.Select(layer => layer.Size));
        Assert.All(model.Layers, layer => Assert.Null(layer.Property));
    }

    [Fact]
    public void Attributes_of_one_class_can_stand_on_two_halves()
    {
        ModelSpec model = Parse("using RnnGen; [RnnModel(1, 64)] partial class Amp;", "using RnnGen; [Lstm(20)] partial class Amp;");

        Assert.Equal("Lstm", Assert.Single(model.Layers).Name);
        Assert.False(model.Tokens);
    }

    [Fact]
    public void Every_option()
    {
        ModelSpec model = Parse(Models.Everything);

        Assert.Equal(
            ["Dense", "Activation", "Rnn", "Gru", "Gru", "Lstm", "Linear"],
            model.Layers.Select(layer => layer.Kind.Name));
        Assert.Equal([3, 6, 6, 4, 17, 16, 33], model.Layers.Select(layer => layer.InputSize));
        Assert.Equal([6, 6, 4, 17, 16, 33, 2], model.Layers.Select(layer => layer.Size));
        Assert.Equal([false, true, false, true, true, true, false], model.Layers.Select(layer => layer.Get(LayerKind.Bias)));
        Assert.Equal(ActivationKind.Sigmoid, model.Layers[1].Get(Generator.Layers.Activation.Function).Kind);
        Assert.Equal(ActivationKind.Relu, model.Layers[2].Get(Rnn.Function).Kind);
        Assert.Equal([false, true], model.Layers.Skip(3).Take(2).Select(layer => layer.Get(Gru.LinearBeforeReset)));
        Assert.Equal(
            ["public partial", "public partial", "public partial", "private protected partial", "protected internal partial", "private partial", "public partial"],
            model.Layers.Select(layer => layer.Property!.Modifiers));
    }

    [Fact]
    public void Documentation_of_the_user_is_kept()
    {
        ModelSpec model = Parse(Models.Stack);

        Assert.False(model.DocumentClass);
        Assert.Equal([false, true, true, true], model.Layers.Select(layer => layer.Property!.Document));
        Assert.False(model.Layers[2].ReturnSequences);
    }

    [Fact]
    public void Members_that_are_no_layers_are_left_alone()
    {
        ModelSpec model = Parse("""
            using RnnGen;
            [RnnModel(1, 64)] partial class Amp
            {
                private static readonly int Shared = 3;
                [Gru(3)] public partial Layer Low { get; }
                public Layer Alias => Low;
                public event System.Action? Changed;
                public void Train() => Changed?.Invoke();
                private sealed class Note;
                [Linear(1)] public partial Layer Out { get; }
                static Amp() => _ = Shared;
            }
            """);

        Assert.Equal(["Low", "Out"], model.Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void Enums_mirror_those_of_the_runtime()
    {
        Assert.Equal(
            Enum.GetValues<Activation>().Select(value => ($"{value}", (int)value)),
            Enum.GetValues<ActivationKind>().Select(value => ($"{value}", (int)value)));
    }

    [Fact]
    public void Every_layer_attribute_of_the_runtime_is_known()
    {
        IEnumerable<string> kinds = typeof(LayerKind).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(LayerKind)) && !type.IsAbstract).Select(type => type.Name);
        string[] attributes = typeof(LayerAttribute).Assembly.GetExportedTypes()
            .Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract)
            .Select(type => type.Name[..^"Attribute".Length])
            .ToArray();

        Assert.Equal(kinds.Order(), attributes.Order());
        Assert.Equal(attributes, attributes.Select(name => LayerKind.Find(name)?.Name));
    }

    /// <summary>A name without an attribute in the runtime is not a kind of layer, even if the generator has a class with that name.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("Head")]
    [InlineData("RecurrentLayer")]
    [InlineData("Option")]
    [InlineData("Transformer")]
    public void Other_names_are_no_kinds(string name) => Assert.Null(LayerKind.Find(name));

    /// <summary>Options are read by their names: each is an argument of its attribute, and none is declared twice.</summary>
    [Fact]
    public void Options_are_arguments_of_their_attributes()
    {
        foreach (Type attribute in typeof(LayerAttribute).Assembly.GetExportedTypes().Where(type => type.IsSubclassOf(typeof(LayerAttribute)) && !type.IsAbstract))
        {
            LayerKind kind = LayerKind.Find(attribute.Name[..^"Attribute".Length])!;
            string[] arguments = [.. kind.Options.SelectMany(option => option.Arguments)];

            Assert.Equal(arguments.Distinct(), arguments);
            Assert.All(arguments, argument => Assert.NotNull(attribute.GetProperty(argument)));
        }
    }

    private static ModelSpec Parse(params string[] sources)
    {
        var result = Assert.IsType<ParseResult>(Assert.Single(GeneratorRun.Of(sources).Values(TrackingNames.Model)));
        Assert.Null(result.Failure);
        return result.Model!;
    }
}
