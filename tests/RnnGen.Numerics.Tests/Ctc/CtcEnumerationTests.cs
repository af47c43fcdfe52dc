namespace RnnGen.Numerics.Tests.Ctc;

/// <summary>Losses, gradients and searches against the enumeration of all paths, the definition of connectionist temporal classification.</summary>
public sealed class CtcEnumerationTests
{
    private const int Cases = 1000;

    [Fact]
    public void Loss_and_gradient()
    {
        var random = new Random(3);
        for (int k = 0; k < Cases; k++)
        {
            (int steps, int outputs, CtcBlank blank, float[] logits) = Any(random, most: 6);
            int[][] all = [.. Paths(steps, outputs).Select(path => Collapse(path, blank, outputs)).DistinctBy(Key)];
            int[] labels = all[random.Next(all.Length)];

            var pass = new CtcPass(logits, labels, outputs, blank);

            double[] y = Softmax(logits, outputs);
            double total = 0;
            var gradients = new double[logits.Length];
            foreach (int[] path in Paths(steps, outputs).Where(path => Collapse(path, blank, outputs).SequenceEqual(labels)))
            {
                double probability = Probability(y, path, outputs);
                total += probability;
                for (int step = 0; step < steps; step++)
                {
                    gradients[(step * outputs) + path[step]] -= probability;
                }
            }

            double[] expected = [.. gradients.Select((g, place) => y[place] + (g / total))];
            Assert.True(Math.Abs(-Math.Log(total) - pass.Trained.LossSum) <= 1e-5 * Math.Max(1, -Math.Log(total)), $"case {k}: expected {-Math.Log(total)}, found {pass.Trained.LossSum}");
            Assert.True(Math.Abs(pass.Scored.LossSum - pass.Trained.LossSum) <= 1e-9 * Math.Max(1, pass.Trained.LossSum), $"case {k}");
            Compare.Gradient(expected, pass.Gradients, 1, $"case {k}", Math.Max(0.01, expected.Max(Math.Abs)));
        }
    }

    /// <summary>A beam that keeps all sequences finds all of them, in order, with their probabilities.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Beam_search(bool hasLanguageModel)
    {
        var random = new Random(5);
        for (int k = 0; k < 200; k++)
        {
            (int steps, int outputs, CtcBlank blank, float[] logits) = Any(random, most: 5);
            double[] y = Softmax(logits, outputs);
            var sums = new Dictionary<string, (int[] Labels, double Probability)>();
            foreach (int[] path in Paths(steps, outputs))
            {
                int[] labels = Collapse(path, blank, outputs);
                double before = sums.TryGetValue(Key(labels), out (int[] Labels, double Probability) sum) ? sum.Probability : 0;
                sums[Key(labels)] = (labels, before + Probability(y, path, outputs));
            }

            (int[] Labels, double LogProbability, double Score)[] expected =
            [
                .. sums.Values.Select(s => (s.Labels, Math.Log(s.Probability), Math.Log(s.Probability) + (hasLanguageModel ? Language(s.Labels) : 0)))
                    .OrderByDescending(s => s.Item3),
            ];
            var search = new CtcBeamSearch(outputs, width: 2000, longest: steps, blank)
            {
                LanguageModel = hasLanguageModel ? (prefix, label) => Language(prefix, label) : null,
            };

            Assert.Equal(expected.Length, search.Search([.. y.Select(p => (float)p)]));
            for (int rank = 0; rank < expected.Length; rank++)
            {
                CtcBeamSearch.Found found = search[rank];
                Assert.Equal(expected[rank].Score, found.Score, 1e-4);

                // Sequences that are equally likely but for rounding may have changed places.
                (int[] _, double logProbability, double _) = expected.First(e => Key(e.Labels) == Key(search[rank].Labels.ToArray()));
                Assert.Equal(logProbability, found.LogProbability, 1e-4);
            }
        }
    }

    private static (int Steps, int Outputs, CtcBlank Blank, float[] Logits) Any(Random random, int most)
    {
        int steps = random.Next(1, most + 1);
        int outputs = random.Next(2, steps > 4 ? 4 : 5);
        double scale = random.Next(4) switch { 0 => 0.1, 1 => 10, _ => 2 };
        return (steps, outputs, (CtcBlank)random.Next(2), [.. Enumerable.Range(0, steps * outputs).Select(_ => (float)(scale * ((2 * random.NextDouble()) - 1)))]);
    }

    private static double Language(int[] labels) => Enumerable.Range(0, labels.Length).Sum(k => Language(labels.AsSpan(0, k), labels[k]));

    private static double Language(ReadOnlySpan<int> prefix, int label) => -0.3 * (label + (prefix.IsEmpty ? 2 : prefix[^1] == label ? 1 : prefix.Length));

    private static IEnumerable<int[]> Paths(int steps, int outputs)
    {
        int count = (int)Math.Pow(outputs, steps);
        for (int number = 0; number < count; number++)
        {
            int rest = number;
            var path = new int[steps];
            for (int step = 0; step < steps; step++, rest /= outputs)
            {
                path[step] = rest % outputs;
            }

            yield return path;
        }
    }

    private static int[] Collapse(int[] path, CtcBlank blank, int outputs)
    {
        int space = blank == CtcBlank.First ? 0 : outputs - 1;
        return [.. path.Where((output, step) => output != space && (step == 0 || path[step - 1] != output))];
    }

    private static string Key(int[] labels) => string.Join(" ", labels);

    private static double Probability(double[] y, int[] path, int outputs) => path.Select((output, step) => y[(step * outputs) + output]).Aggregate(1.0, (a, b) => a * b);

    private static double[] Softmax(float[] logits, int outputs) => [.. logits.Chunk(outputs).SelectMany(row =>
    {
        double[] powers = [.. row.Select(z => Math.Exp((double)z - row.Max()))];
        return powers.Select(power => power / powers.Sum());
    })];
}
