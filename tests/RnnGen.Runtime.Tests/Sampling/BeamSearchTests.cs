using RnnGen.Tests.Models;

namespace RnnGen.Tests.Sampling;

public class BeamSearchTests
{
    private const int Vocabulary = TokenRnn.OutputSize;

    /// <summary>Two tokens: every beginning is kept, so nothing can be missed.</summary>
    [Theory]
    [InlineData(null, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(0, 0.5f)]
    public void It_equals_an_exhaustive_search_where_all_beginnings_are_kept(int? end, float penalty)
    {
        for (int seed = 0; seed < 50; seed++)
        {
            TokenRnn model = Decided(seed);
            var beam = model.CreateBeamSearch(Vocabulary, longest: 2);
            beam.End = end;
            beam.LengthPenalty = penalty;
            int[] prompt = [seed % 5, 4, 0];

            Assert.Equal(Vocabulary, beam.Search(model.CreateState(), prompt));

            Compare(Exhaustive(model, prompt, 2, end, penalty), beam);
        }
    }

    /// <summary>Three and more tokens: a beam as wide as the vocabulary still finds the best one for all of these models.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void It_finds_the_most_likely_continuation(int longest)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            TokenRnn model = Decided(seed);
            var beam = model.CreateBeamSearch(Vocabulary, longest);
            beam.End = 3;

            beam.Search(model.CreateState(), 4);

            (int[] tokens, double probability, _) = Exhaustive(model, [4], longest, 3, 0)[0];
            Assert.Equal(tokens, beam[0].Tokens.ToArray());
            Assert.Equal(probability, beam[0].LogProbability, 1e-5);
        }
    }

    [Fact]
    public void A_beam_of_one_is_the_greedy_choice()
    {
        TokenRnn model = Decided(1);
        var beam = model.CreateBeamSearch(width: 1, longest: 6);
        var greedy = new int[6];
        model.Generate(model.CreateState(), 4, greedy, new Sampler(Vocabulary, seed: 1) { Temperature = 0 });

        Assert.Equal(1, beam.Search(model.CreateState(), 4));

        Assert.Equal(greedy, beam[0].Tokens.ToArray());
        Assert.False(beam[0].Ended);
    }

    [Fact]
    public void It_starts_from_a_state_and_leaves_it()
    {
        TokenRnn model = Decided(2);
        TokenRnn.State state = model.CreateState();
        model.Forward(state, [1, 2, 3], new float[3 * Vocabulary]);
        float[] before = TestNumbers.Values(state);
        var beam = model.CreateBeamSearch(3, 4);

        beam.Search(state, 0, 1);
        (string, double)[] expected = All(beam);
        beam.Search(model.CreateState(), 1, 2, 3, 0, 1);

        Same.Bits(before, TestNumbers.Values(state), "state");
        Assert.Equal(expected, All(beam));

        (string, double)[] All(BeamSearch search) =>
            [.. Enumerable.Range(0, search.Count).Select(k => (string.Join(' ', search[k].Tokens.ToArray()), search[k].LogProbability))];
    }

    [Fact]
    public void What_is_impossible_is_not_found()
    {
        // The bias leaves two of four tokens, and one of these ends the text.
        var model = new TokenRnn(seed: 1);
        model.Next["weight"].CopyFrom(new float[Vocabulary * 10]);
        model.Next["bias"].CopyFrom([0, -1000, 1, -1000]);
        var beam = model.CreateBeamSearch(Vocabulary, longest: 3);
        beam.End = 2;

        Assert.Equal(4, beam.Search(model.CreateState(), 0));

        Assert.Equal([[], [0], [0, 0], [0, 0, 0]], Enumerable.Range(0, 4).Select(k => beam[k].Tokens.ToArray()));
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(k => beam[k].Ended));
        Assert.Throws<ArgumentOutOfRangeException>("index", () => _ = beam[4].Score);
    }

    // The others are those of a search without bans, in their order.
    [Fact]
    public void Banned_tokens_are_in_no_continuation()
    {
        TokenRnn model = Decided(3);
        BeamSearch all = model.CreateBeamSearch(Vocabulary, longest: 1);
        BeamSearch beam = model.CreateBeamSearch(Vocabulary, longest: 1);
        all.Search(model.CreateState(), 4);
        (int, double)[] expected = Found(all);

        beam.Ban(1);
        beam.Ban(3..);
        Assert.Equal(2, beam.Search(model.CreateState(), 4));
        Assert.Equal(expected.Where(found => found.Item1 is 0 or 2), Found(beam));

        beam.Ban(0, 2);
        Assert.Equal(0, beam.Search(model.CreateState(), 4));

        beam.ClearBans();
        beam.Search(model.CreateState(), 4);
        Assert.Equal(expected, Found(beam));

        BeamSearch longer = model.CreateBeamSearch(Vocabulary, longest: 5);
        longer.Ban(..2);
        longer.Search(model.CreateState(), 4);
        for (int k = 0; k < longer.Count; k++)
        {
            Assert.DoesNotContain(longer[k].Tokens.ToArray(), token => token < 2);
        }

        static (int, double)[] Found(BeamSearch search) => [.. Enumerable.Range(0, search.Count).Select(k => (search[k].Tokens[0], search[k].LogProbability))];
    }

    [Fact]
    public void Wrong_calls_are_refused()
    {
        var model = new TokenRnn(seed: 1);
        var e = Assert.Throws<ArgumentException>("width", () => model.CreateBeamSearch(Vocabulary + 1, 3));
        Assert.Contains("wider than the vocabulary: expected 1 to 4, found 5", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>("width", () => model.CreateBeamSearch(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>("longest", () => model.CreateBeamSearch(2, 0));

        var beam = model.CreateBeamSearch(2, 3);
        Assert.Throws<ArgumentOutOfRangeException>("End", () => beam.End = Vocabulary);
        Assert.Throws<ArgumentOutOfRangeException>("LengthPenalty", () => beam.LengthPenalty = -1);
        Assert.Throws<ArgumentOutOfRangeException>("LengthPenalty", () => beam.LengthPenalty = float.NaN);
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => beam.Ban(0, Vocabulary));
        Assert.Throws<ArgumentOutOfRangeException>("tokens", () => beam.Ban((Vocabulary + 1)..));
        Assert.Throws<ArgumentException>("prompt", () => beam.Search(model.CreateState()));
        Assert.Throws<ArgumentOutOfRangeException>("prompt", () => beam.Search(model.CreateState(), 5));
        Assert.Throws<ArgumentNullException>("state", () => beam.Search(null!, 1));
    }

    /// <summary>A model with opinions: an untrained one finds all tokens about equally likely.</summary>
    private static TokenRnn Decided(int seed)
    {
        var model = new TokenRnn(seed);
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            parameter.CopyFrom([.. TestNumbers.Values(parameter).Select(value => 4 * value)]);
        }

        return model;
    }

    private static List<(int[] Tokens, double LogProbability, double Score)> Exhaustive(TokenRnn model, int[] prompt, int longest, int? end, float penalty)
    {
        var found = new List<(int[] Tokens, double LogProbability, double Score)>();
        var start = model.CreateState();
        var outputs = new float[Vocabulary];
        foreach (int token in prompt)
        {
            model.Step(start, token, outputs);
        }

        Extend([], start, outputs, 0);
        return [.. found.OrderByDescending(one => one.Score)];

        void Extend(int[] tokens, TokenRnn.State state, float[] probabilities, double sum)
        {
            for (int token = 0; token < Vocabulary; token++)
            {
                double all = sum + Math.Log(probabilities[token]);
                int length = tokens.Length + 1;
                if (token == end || length == longest)
                {
                    found.Add((token == end ? tokens : [.. tokens, token], all, all / Math.Pow(length, penalty)));
                    continue;
                }

                TokenRnn.State next = state.Fork();
                var following = new float[Vocabulary];
                model.Step(next, token, following);
                Extend([.. tokens, token], next, following, all);
            }
        }
    }

    private static void Compare(List<(int[] Tokens, double LogProbability, double Score)> expected, BeamSearch beam)
    {
        for (int k = 0; k < beam.Count; k++)
        {
            Assert.Equal(expected[k].Tokens, beam[k].Tokens.ToArray());
            Assert.Equal(expected[k].LogProbability, beam[k].LogProbability, 1e-5);
            Assert.Equal(expected[k].Score, beam[k].Score, 1e-5);
        }
    }
}
