using RnnGen.Testing;
using RnnGen.Tests.Allocation;

namespace RnnGen.Tests.Sampling;

[Collection(nameof(AllocationTests))]
public class SamplerAllocationTests
{
    [Theory]
    [InlineData(1f, null, 1f)]
    [InlineData(0f, null, 1f)]
    [InlineData(0.5f, null, 1f)]
    [InlineData(1f, 5, 1f)]
    [InlineData(1f, null, 0.9f)]
    [InlineData(0.8f, 20, 0.9f)]
    public void Next_takes_no_memory(float temperature, int? topK, float topP)
    {
        float[] probabilities = [.. Enumerable.Range(1, 50).Select(k => k / 1275f)];
        var sampler = new Sampler(50, seed: 1) { Temperature = temperature, TopK = topK, TopP = topP };

        Allocations.None(() => sampler.Next(probabilities), calls: 2000);
    }

    [Theory]
    [InlineData(1f, null, 1f)]
    [InlineData(0f, null, 1f)]
    [InlineData(0.8f, 20, 0.9f)]
    public void Next_with_biases_takes_no_memory(float temperature, int? topK, float topP)
    {
        float[] probabilities = [.. Enumerable.Range(1, 50).Select(k => k / 1275f)];
        var sampler = new Sampler(50, seed: 1) { Temperature = temperature, TopK = topK, TopP = topP };
        sampler.SetLogitBias(3, 2.5f);
        sampler.Ban(0, 49);

        Allocations.None(() => sampler.Next(probabilities), calls: 2000);
    }

    [Fact]
    public void MostLikely_takes_no_memory()
    {
        float[] probabilities = [.. Enumerable.Range(1, 50).Select(k => k / 1275f)];

        Allocations.None(() => Sampler.MostLikely(probabilities), calls: 2000);
    }
}
