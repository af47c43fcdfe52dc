namespace RnnGen.Tests.Interop;

[RnnModel(inputSize: 6, sequenceLength: 4, Tokens = true)]
internal sealed partial class OrderedModel
{
    [Embedding(3)]
    public partial Layer Words { get; }

    [Lstm(4, Direction = Direction.Bidirectional, Layers = 2, Peepholes = true, ProjectionSize = 2, LearnInitialState = true)]
    public partial Layer Memory { get; }

    [LayerNorm(Bias = false)]
    public partial Layer Norm { get; }

    [Gru(5)]
    public partial Layer Last { get; }

    [Activation(RnnGen.Activation.Relu)]
    public partial Layer Bent { get; }

    [Linear(2)]
    public partial Layer Answer { get; }
}

/// <summary>Arrays in the order of the layers.</summary>
public class OrderedImportTests
{
    public static TheoryData<string> Layouts => ["PyTorch", "Keras", "Stacked", "Joined", "Apart", "CuDnn"];

    [Theory]
    [MemberData(nameof(Layouts))]
    public void What_is_exported_layer_by_layer_comes_back(string name)
    {
        WeightLayout layout = LayoutOf(name);
        var model = new OrderedModel(seed: 1);
        var copy = new OrderedModel(seed: 2);

        // A packed buffer has neither peepholes nor initial states.
        WeightLayout LayoutFor(Layer layer) => layout.Packed && layer.Name == "Memory" ? WeightLayout.PyTorch : layout;
        WeightTensor[] arrays = Arrays(model, LayoutFor);
        copy.Import(arrays, LayoutFor);

        Assert.True(arrays.Length >= 19);
        Assert.Equal(model.Parameters, copy.Parameters);
    }

    [Fact]
    public void Each_layer_can_have_a_layout_of_its_own()
    {
        var model = new ResetBothWays(seed: 1);
        var copy = new ResetBothWays(seed: 2);
        static WeightLayout Layout(Layer layer) => layer.Name == "Before" ? WeightLayout.Keras with { ResetAfter = false } : WeightLayout.Keras;
        copy.Import(Arrays(model, Layout), Layout);

        Assert.Equal(model.Parameters, copy.Parameters);
        var e = Assert.Throws<ArgumentException>(() => copy.Import(Arrays(model, Layout), WeightLayout.Keras));
        Assert.Contains("Declare [Gru(2, LinearBeforeReset = true)]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_that_do_not_fit_change_nothing()
    {
        var model = new FoldedModel(seed: 1);
        WeightTensor[] arrays = Arrays(new FoldedModel(seed: 2), _ => WeightLayout.Keras);
        float[] before = model.Parameters.ToArray();

        Assert.Equal(10, arrays.Length);
        var e = Assert.Throws<ArgumentException>("arrays", () => model.Import(arrays[..9], WeightLayout.Keras));
        Assert.Contains("Expected 10 arrays (2 for layer 'Before', 3 for layer 'Memory', 3 for layer 'Memory', 2 for layer 'Answer'), found 9: [", e.Message, StringComparison.Ordinal);
        e = Assert.Throws<ArgumentException>(() => model.Import([.. arrays[..8], new WeightTensor(new float[20], 2, 10), arrays[9]], WeightLayout.Keras));
        Assert.Contains("layer 'Answer': expected [10, 2], found [2, 10]", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentNullException>("layout", () => model.Import(arrays, (WeightLayout)null!));
        Assert.Throws<ArgumentNullException>("layout", () => model.Import(arrays, _ => null!));
        Assert.Throws<ArgumentException>(() => new EveryDeclaration(seed: 1).Import(arrays, WeightLayout.PyTorch));
        Assert.Equal(before, model.Parameters.ToArray());
    }

    private static WeightLayout LayoutOf(string name) => name switch
    {
        "Keras" => WeightLayout.Keras,
        "Stacked" => WeightLayout.PyTorch with { Biases = BiasForm.Stacked },
        "Joined" => WeightLayout.PyTorch with { Joined = JoinedWeights.StateFirst },
        "Apart" => WeightLayout.PyTorch with { GateOrder = "i | f g | o, r | z | n", PeepholeOrder = "f | i | o" },
        "CuDnn" => WeightLayout.CuDnn,
        _ => WeightLayout.PyTorch,
    };

    private static WeightTensor[] Arrays(IRnnModel model, Func<Layer, WeightLayout> layouts)
    {
        // Keras has one bias: there is a sum of two only where one of them is 0.
        foreach (Parameter bias in model.Layers.SelectMany(layer => layer.Parameters).Where(bias => bias.Name.StartsWith("bias_hh", StringComparison.Ordinal)))
        {
            bias.CopyFrom(new float[bias.Count]);
        }

        return [.. model.Layers.Where(layer => layer.Parameters.Count > 0).SelectMany(layer => Arrays(layer, layouts(layer)))];
    }

    private static IEnumerable<WeightTensor> Arrays(Layer layer, WeightLayout layout)
    {
        if (!layer.Parameters[0].Name.StartsWith("weight_ih", StringComparison.Ordinal))
        {
            LayerWeights weights = layer.Export(layout.Transposed && !layer.Name.StartsWith("Words", StringComparison.Ordinal));
            return weights.Bias is null ? [weights.Weight] : [weights.Weight, weights.Bias];
        }

        int levels = layout.Packed ? 1 : layer.Parameters.Count(parameter => parameter.Name is "weight_ih_l0" or "weight_ih_l1");
        bool isBoth = !layout.Packed && layer.Parameters.Any(parameter => parameter.Name.EndsWith("_reverse", StringComparison.Ordinal));
        return
            from level in Enumerable.Range(0, levels)
            from direction in isBoth ? (Direction?[])[Direction.Forward, Direction.Reverse] : [null]
            let part = layer.Export(layout, level, direction)
            from array in (IEnumerable<WeightTensor?>)[.. part.InputWeights, .. part.StateWeights, .. part.InputBias, .. part.StateBias, .. part.Peepholes, part.Projection, part.InitialH, part.InitialC, part.Buffer]
            where array is not null
            select array;
    }
}

[RnnModel(inputSize: 2, sequenceLength: 4)]
internal sealed partial class ResetBothWays
{
    [Gru(2)]
    public partial Layer After { get; }

    [Gru(2, LinearBeforeReset = false)]
    public partial Layer Before { get; }
}
