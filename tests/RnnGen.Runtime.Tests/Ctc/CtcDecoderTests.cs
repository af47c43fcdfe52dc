namespace RnnGen.Tests.Ctc;

/// <summary>Greedy decoding and prefix beam search, of windows and of streams.</summary>
public class CtcDecoderTests
{
    private const int Outputs = 4;

    [Fact]
    public void Greedy_decoding_leaves_out_repetitions_and_blanks()
    {
        var decoder = new CtcGreedyDecoder(Outputs);
        float[] rows = Rows([0, 2, 2, 0, 2, 3, 1, 1, 1, 0]);
        int[] labels = new int[10];

        Assert.Equal([2, 2, 3, 1], labels[..decoder.Decode(rows, labels)]);
        Assert.Equal([-1, 2, -1, -1, 2, 3, 1, -1, -1, -1], Streamed(decoder, rows));

        // With another blank, 0 is a label.
        var last = new CtcGreedyDecoder(Outputs, CtcBlank.Last);
        Assert.Equal([0, 2, 0, 2, 1, 0], labels[..last.Decode(rows, labels)]);
    }

    /// <summary>Two paths of a label together are more likely than the path of blanks, which is the best one (Graves et al. 2006).</summary>
    [Fact]
    public void Beam_search_adds_paths_up()
    {
        float[] rows = [0.6f, 0.4f, 0.6f, 0.4f];
        var search = new CtcBeamSearch(outputs: 2, width: 3, longest: 2);

        Assert.Equal(2, search.Search(rows));

        Assert.Equal([1], search[0].Labels);
        Assert.Equal(Math.Log(1 - 0.36), search[0].LogProbability, 1e-6);
        Assert.True(search[1].Labels.IsEmpty);
        Assert.Equal(Math.Log(0.36), search[1].LogProbability, 1e-6);
        Assert.Equal(0, new CtcGreedyDecoder(2).Decode(rows, new int[2]));
    }

    [Fact]
    public void A_language_model_decides_between_sounds_that_are_alike()
    {
        float[] rows = [0.1f, 0.8f, 0.1f, 0, 0.1f, 0, 0.44f, 0.46f];
        var search = new CtcBeamSearch(Outputs, width: 8, longest: 4);
        search.Search(rows);
        Assert.Equal([1, 3], search[0].Labels);

        List<string> seen = [];
        search.LanguageModel = (prefix, label) =>
        {
            seen.Add($"{string.Join(",", prefix.ToArray())}+{label}");
            return prefix is [1] && label == 2 ? 0 : -1;
        };
        search.Search(rows);

        Assert.Equal([1, 2], search[0].Labels);
        Assert.Equal(search[0].LogProbability - 1, search[0].Score, 1e-9);
        Assert.Contains("1+2", seen);

        // What it excludes is not found.
        search.LanguageModel = (prefix, label) => label == 1 ? 0 : double.NegativeInfinity;
        search.Search(rows);
        for (int rank = 0; rank < search.Count; rank++)
        {
            Assert.True(search[rank].Labels.IndexOfAnyExcept(1) < 0);
        }
    }

    /// <summary>The labels that become certain and the rest at the end are the best sequence of the whole window.</summary>
    [Fact]
    public void Streams_give_the_labels_of_windows()
    {
        var random = new Random(4);
        int certain = 0;
        for (int k = 0; k < 100; k++)
        {
            float[] rows = Noise(random, steps: 40, sharpness: 4);
            var search = new CtcBeamSearch(Outputs, width: 6, longest: 40);
            search.Search(rows);
            int[] expected = search[0].Labels.ToArray();
            double probability = search[0].LogProbability;

            search.Reset();
            List<int> found = [];
            for (int step = 0; step < 40; step++)
            {
                found.AddRange(search.Step(rows.AsSpan(step * Outputs, Outputs)));
            }

            certain += found.Count;
            found.AddRange(search[0].Labels);
            Assert.Equal(expected, found);
            Assert.Equal(probability, search[0].LogProbability, 1e-9);
        }

        Assert.True(certain > 500, $"{certain}");
    }

    /// <summary>A stream has no end, and its memory one: the best sequence decides if it must.</summary>
    [Fact]
    public void Streams_of_any_length()
    {
        var random = new Random(4);
        float[] rows = Noise(random, steps: 5_000, sharpness: 0.3);
        var search = new CtcBeamSearch(Outputs, width: 5, longest: 3);
        int contexts = 0;
        search.LanguageModel = (prefix, _) =>
        {
            contexts = Math.Max(contexts, prefix.Length);
            return 0;
        };
        List<int> found = [];
        for (int step = 0; step < 5_000; step++)
        {
            found.AddRange(search.Step(rows.AsSpan(step * Outputs, Outputs)));
            Assert.True(search[0].Labels.Length < 3);
        }

        Assert.InRange(found.Count, 500, 5_000);
        Assert.DoesNotContain(0, found);
        Assert.InRange(contexts, 3, 6);
    }

    /// <summary>Labels that are certain count where the next one is equal, too.</summary>
    [Fact]
    public void A_certain_label_can_follow_itself_behind_a_blank()
    {
        var search = new CtcBeamSearch(Outputs, width: 1, longest: 2);
        List<int> found = [];
        foreach (int output in (int[])[2, 2, 0, 2, 3, 3])
        {
            found.AddRange(search.Step(Rows([output])));
        }

        Assert.Equal([2, 2, 3], found);
        Assert.True(search[0].Labels.IsEmpty);
    }

    [Fact]
    public void Decoders_of_a_head()
    {
        var model = new Digits(seed: 1);
        float[] inputs = CtcData.Numbers(new Random(1), 24);
        var outputs = new float[12 * Digits.OutputSize];
        model.Forward(model.CreateState(), inputs, outputs);
        var search = new CtcBeamSearch(model.Label, width: 10, longest: 12);

        Assert.Equal(10, search.Search(outputs));
        Score score = model.Evaluate(model.CreateState(), inputs, search[0].Labels);

        // The search finds nearly all paths; none is counted twice.
        Assert.InRange(-search[0].LogProbability, (score.Loss * search[0].Labels.Length) - 1e-4, (score.Loss * search[0].Labels.Length) + 0.5);
        var e = Assert.Throws<ArgumentException>(() => new CtcBeamSearch(model.Memory, 2, 2));
        Assert.Contains("Expected a [Ctc] head, found 'Memory', a [Gru].", e.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new CtcGreedyDecoder(model.Memory));
    }

    [Fact]
    public void Wrong_calls()
    {
        var search = new CtcBeamSearch(Outputs, 2, 2);
        var greedy = new CtcGreedyDecoder(Outputs);
        Assert.Throws<ArgumentOutOfRangeException>(() => new CtcBeamSearch(1, 2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CtcBeamSearch(Outputs, 0, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CtcBeamSearch(Outputs, 2, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CtcGreedyDecoder(1));
        Assert.Throws<ArgumentException>(() => search.Search(new float[5]));
        Assert.Throws<ArgumentException>(() => { search.Step(new float[5]); });
        Assert.Throws<ArgumentException>(() => { search.Step(new float[4]); });
        Assert.Throws<ArgumentException>(() => { search.Step([0, 1, float.NaN, 0]); });
        Assert.Throws<ArgumentException>(() => { search.Step([0, 1, -1, 0]); });
        Assert.Throws<ArgumentException>(() => { search.Step([0, 3, 1, 0]); });
        Assert.Throws<ArgumentException>(() => greedy.Step(new float[3]));
        Assert.Throws<ArgumentException>(() => greedy.Decode(new float[5], new int[5]));
        Assert.Throws<ArgumentException>(() => greedy.Decode(new float[8], new int[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => { _ = search[1]; });

        // As new.
        Assert.Equal(1, search.Count);
        Assert.Equal(0, search[0].LogProbability);
    }

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("abc", "", 3)]
    [InlineData("", "abc", 3)]
    [InlineData("abcd", "acbd", 2)]
    [InlineData("sunday", "saturday", 3)]
    public void Edit_distances(string labels, string found, int distance)
    {
        Assert.Equal(distance, EditDistance.Between([.. labels.Select(c => (int)c)], [.. found.Select(c => (int)c)]));
        Assert.Equal(distance, EditDistance.Between([.. found.Select(c => (int)c)], [.. labels.Select(c => (int)c)]));
    }

    private static IEnumerable<int> Streamed(CtcGreedyDecoder decoder, float[] rows)
    {
        decoder.Reset();
        return rows.Chunk(Outputs).Select(row => decoder.Step(row)).ToArray();
    }

    /// <summary>Rows whose most likely outputs are given.</summary>
    private static float[] Rows(int[] outputs) => [.. outputs.SelectMany(output => Enumerable.Range(0, Outputs).Select(k => k == output ? 0.97f : 0.01f))];

    private static float[] Noise(Random random, int steps, double sharpness) => [.. Enumerable.Range(0, steps).SelectMany(_ =>
    {
        double[] powers = [.. Enumerable.Range(0, Outputs).Select(_ => Math.Exp(sharpness * 2 * random.NextDouble()))];
        return powers.Select(power => (float)(power / powers.Sum()));
    })];
}
