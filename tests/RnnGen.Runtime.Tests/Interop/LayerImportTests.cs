using RnnGen.Tests.Models;

namespace RnnGen.Tests.Interop;

[RnnModel(inputSize: 3, sequenceLength: 4)]
internal sealed partial class FoldedModel
{
    [Dense(4)]
    public partial Layer Before { get; }

    [Gru(5, Direction = Direction.Bidirectional)]
    public partial Layer Memory { get; }

    [Linear(2)]
    public partial Layer Answer { get; }
}

/// <summary>Dense layers, embeddings and normalizations, and what is multiplied into them.</summary>
public class LayerImportTests
{
    [Fact]
    public void A_dense_kernel_is_transposed_both_ways()
    {
        var model = new FoldedModel(seed: 1);

        model.Answer.Import(new LayerWeights { Weight = new WeightTensor((float[])[.. Enumerable.Range(0, 20)], 10, 2), Bias = (float[])[7, 8], Transposed = true });

        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19], Values(model.Answer, "weight"));
        Assert.Equal([7, 8], Values(model.Answer, "bias"));
        LayerWeights exported = model.Answer.Export(transposed: true);
        Assert.Equal("[10, 2]", exported.Weight.ToString());
        Assert.Equal(Enumerable.Range(0, 20).Select(k => (float)k), exported.Weight.Values.ToArray());
        Assert.Equal([7, 8], exported.Bias!.Values.ToArray());
    }

    [Fact]
    public void A_tables_rows_are_its_tokens()
    {
        var model = new TiedDeclaration(seed: 1);
        float[] table = [.. Enumerable.Range(0, 24)];

        model.Words.Import(new LayerWeights { Weight = new WeightTensor(table, 6, 4) });

        Assert.Equal(table, Values(model.Words, "weight"));
        var e = Assert.Throws<ArgumentException>("weights", () => model.Words.Import(new LayerWeights { Weight = new WeightTensor(table, 4, 6) }));
        Assert.Contains("expected [6, 4], found [4, 6]", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Scaled_inputs_are_multiplied_into_the_matrix_that_reads_them()
    {
        var random = new Random(1);
        var scaling = FeatureScaling.Standardization([0.5, -2, 30], [2, 0.25, 11]);
        var model = new FoldedModel(seed: 1);
        FoldedModel folded = model.Clone();
        float[] x = [.. Enumerable.Range(0, 12).Select(_ => random.NextSingle() * 20)];
        float[] scaled = [.. x.Select((value, k) => (float)((value * scaling.Scale[k % 3]) + scaling.Shift[k % 3]))];

        folded.Before.ScaleInputs(scaling);

        Same.About(Run(model, scaled), Run(folded, x), 1e-5, "outputs");
    }

    [Fact]
    public void A_batch_normalization_goes_into_either_neighbour()
    {
        // Between the dense layer and the recurrent one.
        float[] mean = [0.5f, -1, 2, 0];
        float[] variance = [1, 4, 0.25f, 9];
        var scaling = FeatureScaling.BatchNormalization(mean, variance, 1e-3, gamma: (float[])[1, 2, 3, 4], beta: (float[])[0.1f, 0.2f, 0.3f, 0.4f]);
        Assert.Equal(2 / Math.Sqrt(4.001), scaling.Scale[1], 1e-12);
        Assert.Equal(0.2 + (2 / Math.Sqrt(4.001)), scaling.Shift[1], 1e-7);
        var before = new FoldedModel(seed: 1);
        FoldedModel behind = before.Clone();
        float[] x = [.. Enumerable.Range(0, 12).Select(k => k * 0.1f)];
        float[] without = Run(before, x);

        before.Before.ScaleOutputs(scaling);
        behind.Memory.ScaleInputs(scaling);

        Same.About(Run(before, x), Run(behind, x), 1e-5, "outputs");
        Assert.True(without.Zip(Run(before, x), (a, b) => Math.Abs(a - b)).Max() > 0.01);
    }

    [Fact]
    public void What_cannot_be_folded_is_refused()
    {
        var model = new FoldedModel(seed: 1);
        var before = model.Parameters.ToArray();
        var four = new FeatureScaling([1, 2, 3, 4], [0, 0, 0, 1]);

        Assert.Throws<ArgumentException>("scaling", () => model.Before.ScaleInputs(four));
        Assert.Throws<ArgumentException>("layer", () => model.Memory.ScaleOutputs(four));
        Assert.Throws<ArgumentException>("layer", () => new TiedDeclaration(seed: 1).Words.ScaleInputs(four));
        Assert.Throws<ArgumentException>("scaling", () => new ImportedReverse(seed: 1).Layers[0].ScaleInputs(four));
        Assert.Throws<ArgumentException>("shift", () => new FeatureScaling([1, 2], [0]));

        Assert.True(model.Parameters.SequenceEqual(before));
    }

    private static float[] Run(FoldedModel model, float[] x)
    {
        var outputs = new float[8];
        model.Forward(model.CreateState(), x, outputs);
        return outputs;
    }

    private static float[] Values(Layer layer, string name)
    {
        var values = new float[layer[name].Count];
        layer[name].CopyTo(values);
        return values;
    }
}
