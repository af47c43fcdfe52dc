using RnnGen.Tests.Models;

namespace RnnGen.Tests.Sampling;

/// <summary>Biases of logits and banned tokens.</summary>
public class LogitBiasTests
{
    private static readonly float[] Probabilities = [0.3f, 0.05f, 0.2f, 0, 0.1f, 0.15f, 0.02f, 0.18f];

    // The softmax of (logits + biases) / temperature, from its definition.
    [Theory]
    [InlineData(1f)]
    [InlineData(0.5f)]
    [InlineData(2f)]
    public void A_bias_is_added_to_the_logit_before_the_temperature(float temperature)
    {
        var sampler = new Sampler(8, seed: 1) { Temperature = temperature };
        sampler.SetLogitBias(1, 2);
        sampler.SetLogitBias(0, -0.5f);
        sampler.SetLogitBias(7, 0.25f);
        double[] powers = [.. Probabilities.Select((p, k) => Math.Exp((Math.Log(p) + (k switch { 1 => 2, 0 => -0.5, 7 => 0.25, _ => 0 })) / temperature))];

        AssertDrawn(powers, sampler);
    }

    [Fact]
    public void Banned_tokens_are_never_drawn()
    {
        var sampler = new Sampler(8, seed: 2);
        sampler.Ban(0, 5);
        AssertDrawn([0, 0.05, 0.2, 0, 0.1, 0, 0.02, 0.18], sampler);

        sampler.SetLogitBias(5, 0);
        AssertDrawn([0, 0.05, 0.2, 0, 0.1, 0.15, 0.02, 0.18], sampler);

        sampler.ClearLogitBiases();
        AssertDrawn([.. Probabilities.Select(p => (double)p)], sampler);
    }

    [Fact]
    public void Ranges_of_tokens_are_banned()
    {
        var sampler = new Sampler(8, seed: 2);
        sampler.Ban(5..);
        sampler.Ban(..1);
        sampler.Ban(8..);
        AssertDrawn([0, 0.05, 0.2, 0, 0.1, 0, 0, 0], sampler);

        ArgumentException e = Assert.Throws<ArgumentOutOfRangeException>("tokens", () => sampler.Ban(9..));
        Assert.Contains("A range of tokens must be in 0 .. 8.", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => sampler.Ban(..9));
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => sampler.Ban(^9..));
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => sampler.Ban(4..3));
        AssertDrawn([0, 0.05, 0.2, 0, 0.1, 0, 0, 0], sampler);
    }

    [Fact]
    public void TopK_and_TopP_choose_among_what_is_left()
    {
        var sampler = new Sampler(8, seed: 3) { TopK = 2 };
        sampler.Ban(0, 2);
        AssertDrawn([0, 0, 0, 0, 0, 0.15, 0, 0.18], sampler);

        sampler.TopK = null;
        sampler.TopP = 0.3f;
        AssertDrawn([0, 0, 0, 0, 0, 0, 0, 1], sampler);
    }

    [Fact]
    public void Temperature_0_takes_the_most_likely_with_its_bias()
    {
        var sampler = new Sampler(8, seed: 4) { Temperature = 0 };
        sampler.Ban(0);
        Assert.Equal(2, sampler.Next(Probabilities));
        sampler.SetLogitBias(6, 3);
        Assert.Equal(6, sampler.Next(Probabilities));
        sampler.SetLogitBias(3, 1000);
        Assert.Equal(6, sampler.Next(Probabilities));
    }

    // Neither overflows, nor does the largest number lose the others.
    [Theory]
    [InlineData(float.MaxValue)]
    [InlineData(-float.MaxValue)]
    public void The_largest_biases_will_do(float bias)
    {
        var sampler = new Sampler(8, seed: 5);
        for (int token = 0; token < 8; token++)
        {
            sampler.SetLogitBias(token, token == 0 ? 0 : bias);
        }

        bool isFirst = bias < 0;
        for (int k = 0; k < 100; k++)
        {
            Assert.Equal(isFirst, sampler.Next(Probabilities) == 0);
        }
    }

    [Fact]
    public void The_same_seed_and_biases_give_the_same_tokens()
    {
        Assert.Equal(Draw(), Draw());

        static int[] Draw()
        {
            var sampler = new Sampler(8, seed: 6) { Temperature = 0.7f };
            sampler.SetLogitBias(4, 1.5f);
            sampler.Ban(2);
            return [.. Enumerable.Range(0, 500).Select(_ => sampler.Next(Probabilities))];
        }
    }

    // Without biases, the tokens of a seed are those of a sampler that never had any.
    [Fact]
    public void Cleared_biases_leave_no_trace()
    {
        var plain = new Sampler(8, seed: 7) { Temperature = 0.9f };
        var cleared = new Sampler(8, seed: 7) { Temperature = 0.9f };
        cleared.Ban(1, 2, 3);
        cleared.ClearLogitBiases();

        Assert.Equal(Enumerable.Range(0, 500).Select(_ => plain.Next(Probabilities)), Enumerable.Range(0, 500).Select(_ => cleared.Next(Probabilities)));
    }

    [Fact]
    public void Generated_text_has_no_banned_tokens()
    {
        var model = new TokenRnn(seed: 1);
        var sampler = new Sampler(TokenRnn.OutputSize, seed: 5);
        sampler.Ban(1, 3);
        var tokens = new int[500];
        model.Generate(model.CreateState(), 4, tokens, sampler);

        Assert.Equal([0, 2], tokens.Distinct().Order());
    }

    [Fact]
    public void If_all_are_banned_nothing_can_be_drawn()
    {
        var sampler = new Sampler(8, seed: 8);
        sampler.Ban(0, 1, 2, 4, 5, 6, 7);
        ArgumentException e = Assert.Throws<ArgumentException>("probabilities", () => sampler.Next(Probabilities));
        Assert.Contains("at least one token that is not banned and has a probability greater than 0, found none", e.Message, StringComparison.Ordinal);
        sampler.SetLogitBias(7, -5);
        Assert.Equal(7, sampler.Next(Probabilities));

        var model = new TokenRnn(seed: 1);
        TokenRnn.State state = model.CreateState();
        var none = new Sampler(4, seed: 1);
        none.Ban(0, 1, 2, 3);
        e = Assert.Throws<ArgumentException>("sampler", () => model.Generate(state, 0, new int[3], none));
        Assert.Contains("Expected a token that is not banned, found 4 that are", e.Message, StringComparison.Ordinal);
        Assert.Equal(new float[10], state["Hidden.h"].ToArray());
    }

    [Fact]
    public void Wrong_calls_change_nothing()
    {
        var sampler = new Sampler(8, seed: 9);
        Assert.Throws<ArgumentOutOfRangeException>("token", () => sampler.SetLogitBias(8, 1));
        Assert.Throws<ArgumentOutOfRangeException>("token", () => sampler.SetLogitBias(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>("bias", () => sampler.SetLogitBias(0, float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("bias", () => sampler.SetLogitBias(0, float.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => sampler.Ban(0, 1, 8));

        AssertDrawn([.. Probabilities.Select(p => (double)p)], sampler);
    }

    /// <summary>Counts are within five standard deviations of what they should be.</summary>
    private static void AssertDrawn(double[] weights, Sampler sampler)
    {
        const int Draws = 50_000;
        var counts = new int[weights.Length];
        for (int k = 0; k < Draws; k++)
        {
            counts[sampler.Next(Probabilities)]++;
        }

        for (int token = 0; token < weights.Length; token++)
        {
            double share = weights[token] / weights.Sum();
            Assert.Equal(Draws * share, counts[token], 5 * Math.Sqrt(Draws * share * (1 - share)));
        }
    }
}
