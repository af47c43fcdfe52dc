using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Untrained weights: seeded, and from PyTorch's distributions.</summary>
public class InitializationTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void The_same_seed_gives_the_same_weights(string name)
    {
        foreach (int seed in (int[])[0, 1, -1, int.MinValue, int.MaxValue])
        {
            Same.Bits(ModelsUnderTest.Create(name, seed).Model.Parameters, ModelsUnderTest.Create(name, seed).Model.Parameters, "weights");
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Another_seed_gives_other_weights_in_every_parameter(string name)
    {
        foreach (((_, Parameter a), (_, Parameter b)) in ModelsUnderTest.Create(name, seed: 1).Parameters.Zip(ModelsUnderTest.Create(name, seed: 2).Parameters))
        {
            Assert.All(TestNumbers.Values(a).Zip(TestNumbers.Values(b)), pair => Assert.NotEqual(pair.First, pair.Second));
        }
    }

    // Computed apart from this code: SplitMix64 from 1, 53 bits of each number, in ±1/√2.
    [Fact]
    public void These_are_the_weights_of_seed_1()
    {
        var model = new Plain(seed: 1);

        Same.Bits([0.0941322744f, 0.347587913f], TestNumbers.Values(model.Value["weight"]), "weight");
        Same.Bits([0.666098475f], TestNumbers.Values(model.Value["bias"]), "bias");
    }

    [Theory]
    [InlineData("Mixed", 20)]
    [InlineData("First", 40)]
    [InlineData("Second", 20)]
    [InlineData("Third", 30)]
    [InlineData("Value", 30)]
    public void Uniform_within_one_by_the_root_of_the_size(string layer, int size)
    {
        // PyTorch: of the hidden size in a recurrent layer, of the inputs in a dense one, for matrices and biases.
        double bound = 1 / Math.Sqrt(size);
        foreach (Parameter parameter in new Wide(seed: 5).Layers.Single(l => l.Name == layer).Parameters)
        {
            float[] values = TestNumbers.Values(parameter);
            Assert.All(values, value => Assert.InRange(Math.Abs(value), 0, bound * 1.0000001));

            // The largest of n uniform numbers comes short of the bound by 1/n, give or take.
            Assert.InRange(values.Max(Math.Abs), bound * (1 - (12.0 / values.Length)), bound * 1.0000001);
            Same.About(0, values.Average(), 4 * bound / Math.Sqrt(3 * values.Length), $"{layer}.{parameter.Name}, mean");
            Same.About(bound / 2, values.Average(Math.Abs), 4 * bound / Math.Sqrt(12 * values.Length), $"{layer}.{parameter.Name}, mean magnitude");
        }
    }

    [Fact]
    public void Embeddings_are_standard_normal()
    {
        float[] values = TestNumbers.Values(new Wide(seed: 5).Words["weight"]);

        Assert.Equal(10_000, values.Length);
        Same.About(0, values.Average(), 0.04, "mean");
        Same.About(1, values.Average(value => (double)value * value), 0.06, "variance");
        Same.About(0.6827, values.Count(value => Math.Abs(value) < 1) / 10_000.0, 0.02, "share within one deviation");
        Assert.InRange(values.Max(Math.Abs), 3, 6);
    }

    [Fact]
    public void No_two_parameters_are_alike()
    {
        float[][] tensors = [.. new Wide(seed: 5).Layers.SelectMany(layer => layer.Parameters).Select(TestNumbers.Values)];

        Assert.Equal(tensors.Length, tensors.Select(values => values[0]).Distinct().Count());
    }
}
