using System.Buffers.Binary;

namespace RnnGen.Tests.Sampling;

/// <summary>Tokens are drawn as often as they should be.</summary>
public class SamplerTests
{
    private const int Draws = 100_000;

    private static readonly float[] Probabilities = [0.3f, 0.05f, 0.2f, 0, 0.1f, 0.15f, 0.02f, 0.18f];
    private static readonly float[] Uniform = [.. Enumerable.Repeat(0.1f, 10)];

    // Which tokens are left over was worked out by hand.
    [Theory]
    [InlineData(1f, null, 1f, new[] { 0, 1, 2, 4, 5, 6, 7 })]
    [InlineData(0.5f, null, 1f, new[] { 0, 1, 2, 4, 5, 6, 7 })]
    [InlineData(2f, null, 1f, new[] { 0, 1, 2, 4, 5, 6, 7 })]
    [InlineData(1f, 3, 1f, new[] { 0, 2, 7 })]
    [InlineData(2f, 3, 1f, new[] { 0, 2, 7 })]
    [InlineData(1f, 1, 1f, new[] { 0 })]
    [InlineData(1f, 100, 1f, new[] { 0, 1, 2, 4, 5, 6, 7 })]
    [InlineData(1f, null, 0.6f, new[] { 0, 2, 7 })]
    [InlineData(1f, null, 0.45f, new[] { 0, 2 })]
    [InlineData(2f, null, 0.45f, new[] { 0, 2, 7 })]
    [InlineData(0.5f, null, 0.45f, new[] { 0 })]
    [InlineData(1f, null, 0.01f, new[] { 0 })]
    [InlineData(1f, 4, 0.6f, new[] { 0, 2 })]
    [InlineData(2f, 4, 0.7f, new[] { 0, 2, 7 })]
    [InlineData(0.5f, 2, 0.9f, new[] { 0, 2 })]
    public void Tokens_are_drawn_by_their_probabilities(float temperature, int? topK, float topP, int[] kept)
    {
        double[] expected = new double[Probabilities.Length];
        foreach (int token in kept)
        {
            expected[token] = Math.Pow(Probabilities[token], 1 / temperature);
        }

        AssertDrawn(expected, new Sampler(Probabilities.Length, seed: 1) { Temperature = temperature, TopK = topK, TopP = topP }, Probabilities);
    }

    [Fact]
    public void Many_tokens_are_drawn_by_their_probabilities()
    {
        var random = new Random(5);
        float[] probabilities = [.. Enumerable.Range(0, 300).Select(_ => random.NextSingle() + 0.1f)];

        AssertDrawn([.. probabilities.Select(p => (double)p)], new Sampler(300, seed: 2), probabilities);
    }

    [Fact]
    public void Temperature_0_takes_the_most_likely()
    {
        var sampler = new Sampler(Probabilities.Length, seed: 1) { Temperature = 0 };

        Assert.All(Draw(sampler, Probabilities, 100), token => Assert.Equal(0, token));
        Assert.Equal(7, sampler.Next([0.1f, 0, 0.2f, 0.1f, 0, 0, 0.1f, 0.3f]));
    }

    [Fact]
    public void A_temperature_of_almost_0_takes_the_most_likely()
    {
        var sampler = new Sampler(Probabilities.Length, seed: 1) { Temperature = float.Epsilon };

        Assert.All(Draw(sampler, Probabilities, 1000), token => Assert.Equal(0, token));
    }

    // Whatever is not ruled out becomes as likely as any other.
    [Fact]
    public void A_huge_temperature_makes_all_alike() => AssertDrawn(
        [1, 1, 1, 0, 1, 1, 1, 1], new Sampler(Probabilities.Length, seed: 3) { Temperature = float.MaxValue }, Probabilities);

    [Theory]
    [InlineData(1f, null, 1f)]
    [InlineData(0f, null, 1f)]
    [InlineData(0.5f, null, 1f)]
    [InlineData(1000f, null, 1f)]
    [InlineData(1f, 5, 1f)]
    [InlineData(1f, null, 0.999f)]
    [InlineData(1000f, 5, 0.999f)]
    public void A_probability_of_0_is_never_drawn(float temperature, int? topK, float topP)
    {
        float[] probabilities = [0, 1e-3f, 0, 1, 0, 0];
        var sampler = new Sampler(probabilities.Length, seed: 4) { Temperature = temperature, TopK = topK, TopP = topP };

        Assert.All(Draw(sampler, probabilities, 10_000), token => Assert.True(token is 1 or 3, $"Token {token} was drawn."));
    }

    [Fact]
    public void Probabilities_need_not_add_up_to_1()
    {
        int[] expected = Draw(new Sampler(Probabilities.Length, seed: 5), Probabilities, 1000);
        foreach (float factor in (float[])[1024, 1 / 1024f])
        {
            float[] scaled = [.. Probabilities.Select(p => p * factor)];
            Assert.Equal(expected, Draw(new Sampler(Probabilities.Length, seed: 5), scaled, 1000));
        }
    }

    [Theory]
    [InlineData(float.Epsilon)]
    [InlineData(float.MaxValue)]
    public void The_smallest_and_the_largest_numbers_will_do(float value)
    {
        AssertDrawn([1, 0, 1], new Sampler(3, seed: 6), [value, 0, value]);
        AssertDrawn([1, 0, 1], new Sampler(3, seed: 6) { Temperature = 0.1f, TopP = 0.99f }, [value, 0, value]);
    }

    [Fact]
    public void One_token_is_always_drawn() => Assert.Equal(0, new Sampler(1, seed: 1).Next([0.5f]));

    [Fact]
    public void The_same_seed_and_stream_give_the_same_tokens()
    {
        foreach ((int seed, int stream) in ((int, int)[])[(0, 0), (1, 2), (-1, 0), (int.MinValue, int.MaxValue)])
        {
            Assert.Equal(Draw(new Sampler(10, seed, stream), Uniform, 1000), Draw(new Sampler(10, seed, stream), Uniform, 1000));
        }
    }

    // Computed apart from this code: SplitMix64 from a number that seed and stream are mixed to, 53 bits of each number.
    [Theory]
    [InlineData(1, 0, new[] { 3, 9, 0, 7, 2, 7, 6, 2, 1, 2, 6, 9 })]
    [InlineData(1, 3, new[] { 5, 7, 4, 4, 2, 5, 0, 7, 3, 0, 0, 9 })]
    [InlineData(-1, 0, new[] { 9, 6, 1, 8, 8, 4, 5, 3, 4, 6, 3, 9 })]
    public void These_are_the_tokens_of_a_seed(int seed, int stream, int[] expected) =>
        Assert.Equal(expected, Draw(new Sampler(10, seed, stream), Uniform, expected.Length));

    // Eight tokens of 256 in a row are 64 random bits: that two places have the same eight is as good as impossible.
    [Fact]
    public void Sequences_of_other_seeds_and_streams_have_nothing_in_common()
    {
        const int Tokens = 2000;
        float[] probabilities = [.. Enumerable.Repeat(1f / 256, 256)];
        var seen = new HashSet<ulong>();
        (int, int)[] samplers = [(0, 0), (1, 0), (2, 0), (-1, 0), (0, 1), (1, 1), (0, 2), (2, 1), (int.MinValue, 0), (0, int.MaxValue)];
        foreach ((int seed, int stream) in samplers)
        {
            byte[] tokens = [.. Draw(new Sampler(256, seed, stream), probabilities, Tokens).Select(token => (byte)token)];
            for (int start = 0; start <= tokens.Length - sizeof(ulong); start++)
            {
                Assert.True(seen.Add(BinaryPrimitives.ReadUInt64LittleEndian(tokens.AsSpan(start))), $"Seed {seed}, stream {stream}, token {start}.");
            }
        }
    }

    [Fact]
    public void Of_equal_probabilities_the_first_is_the_most_likely()
    {
        Assert.Equal(1, Sampler.MostLikely([0.1f, 0.4f, 0.1f, 0.4f]));
        Assert.Equal(0, Sampler.MostLikely([0, 0, 0]));
        Assert.Equal(2, Sampler.MostLikely([0, 0, 1]));
        Assert.Equal(1, new Sampler(4, seed: 1) { Temperature = 0 }.Next([0.1f, 0.4f, 0.1f, 0.4f]));
    }

    [Fact]
    public void Of_equal_probabilities_the_first_are_kept()
    {
        float[] probabilities = [0.25f, 0.25f, 0.25f, 0.25f];

        AssertDrawn([1, 1, 0, 0], new Sampler(4, seed: 7) { TopK = 2 }, probabilities);
        AssertDrawn([1, 1, 0, 0], new Sampler(4, seed: 7) { TopP = 0.5f }, probabilities);
        AssertDrawn([0, 0.4, 0.25, 0], new Sampler(4, seed: 7) { TopK = 2 }, [0.1f, 0.4f, 0.25f, 0.25f]);
    }

    [Fact]
    public void Settings_may_change_between_two_draws()
    {
        var sampler = new Sampler(Probabilities.Length, seed: 8) { TopK = 1 };
        Assert.All(Draw(sampler, Probabilities, 100), token => Assert.Equal(0, token));

        sampler.TopK = null;

        AssertDrawn([.. Probabilities.Select(p => (double)p)], sampler, Probabilities);
    }

    [Fact]
    public void Bad_probabilities_are_refused_and_draw_nothing()
    {
        int[] expected = Draw(new Sampler(3, seed: 9), [1, 1, 1], 20);
        var sampler = new Sampler(3, seed: 9);
        List<int> tokens = [];
        foreach (float[] bad in (float[][])
            [[], [1, 1], [1, 1, 1, 1], [0, 0, 0], [-0f, 0, 0], [1, float.NaN, 1], [float.NaN, 1, 1], [1, 1, -0.1f], [1, float.PositiveInfinity, 1]])
        {
            Assert.Throws<ArgumentException>(() => sampler.Next(bad));
            tokens.Add(sampler.Next([1, 1, 1]));
        }

        Assert.Equal(expected[..tokens.Count], tokens);
    }

    [Fact]
    public void The_most_likely_of_bad_probabilities_is_refused()
    {
        foreach (float[] bad in (float[][])[[], [float.NaN], [1, float.NaN], [float.NaN, 1], [-1, 1], [float.PositiveInfinity]])
        {
            Assert.Throws<ArgumentException>(() => Sampler.MostLikely(bad));
        }
    }

    [Fact]
    public void A_wrong_length_is_named()
    {
        var e = Assert.Throws<ArgumentException>(() => new Sampler(3, seed: 1).Next([1, 1]));

        Assert.Equal("probabilities", e.ParamName);
        Assert.Contains("Expected a length of 3, found 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_settings_are_refused_and_change_nothing()
    {
        var sampler = new Sampler(3, seed: 1) { Temperature = 0.7f, TopK = 2, TopP = 0.9f };
        foreach (float bad in (float[])[-1, -float.Epsilon, float.NaN, float.PositiveInfinity])
        {
            AssertRefused(nameof(Sampler.Temperature), bad, () => sampler.Temperature = bad);
        }

        foreach (int bad in (int[])[0, -1, int.MinValue])
        {
            AssertRefused(nameof(Sampler.TopK), bad, () => sampler.TopK = bad);
        }

        foreach (float bad in (float[])[0, -1, 1.0000001f, float.NaN, float.PositiveInfinity])
        {
            AssertRefused(nameof(Sampler.TopP), bad, () => sampler.TopP = bad);
        }

        Assert.Equal(0.7f, sampler.Temperature);
        Assert.Equal(2, sampler.TopK);
        Assert.Equal(0.9f, sampler.TopP);
        AssertRefused("size", 0, () => new Sampler(0, seed: 1));
        AssertRefused("size", -1, () => new Sampler(-1, seed: 1));
        AssertRefused("stream", -1, () => new Sampler(1, seed: 1, stream: -1));
    }

    private static void AssertRefused(string name, object value, Action call)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(call);
        Assert.Equal(name, e.ParamName);
        Assert.Equal(value, e.ActualValue);
    }

    private static int[] Draw(Sampler sampler, float[] probabilities, int count)
    {
        var tokens = new int[count];
        for (int k = 0; k < count; k++)
        {
            tokens[k] = sampler.Next(probabilities);
        }

        return tokens;
    }

    /// <summary>Pearson's chi-square test: the limit is passed by chance once in 30 000 times, and the seeds are fixed.</summary>
    private static void AssertDrawn(double[] weights, Sampler sampler, float[] probabilities)
    {
        var counts = new int[weights.Length];
        foreach (int token in Draw(sampler, probabilities, Draws))
        {
            counts[token]++;
        }

        double chiSquare = 0;
        for (int token = 0; token < weights.Length; token++)
        {
            double expected = Draws * weights[token] / weights.Sum();
            if (expected == 0)
            {
                Assert.True(counts[token] == 0, $"Token {token} was drawn {counts[token]} times.");
            }
            else
            {
                chiSquare += (counts[token] - expected) * (counts[token] - expected) / expected;
            }
        }

        // Wilson and Hilferty's approximation, four deviations up.
        double freedom = Math.Max(1, weights.Count(weight => weight > 0) - 1);
        double limit = freedom * Math.Pow(1 - (2 / (9 * freedom)) + (4 * Math.Sqrt(2 / (9 * freedom))), 3);
        Assert.True(chiSquare <= limit, $"Expected a chi-square of at most {limit}, found {chiSquare}: {string.Join(", ", counts)}.");
    }
}
