using RnnGen.Tests.Models;

namespace RnnGen.Tests.Batches;

/// <summary>Data that are scored in lanes have the score of their windows.</summary>
public class BatchEvaluationTests
{
    // Two full batches and some windows more, of every length.
    private const int Count = 21;

    [Fact]
    public void Classes_of_every_step() => Check(
        new TokenBatch(seed: 1), (random, steps) => [.. Enumerable.Range(0, steps).Select(_ => random.Next(5))], (random, steps) => Classes(random, steps));

    [Fact]
    public void Weighted_classes_of_windows() => Check(
        new LastBatch(seed: 1), (random, steps) => TestNumbers.Random(random, steps * 3), (random, _) => Classes(random, 1));

    [Fact]
    public void Numbers_of_every_step() => Check(
        new MaskedBatch(seed: 1), (random, steps) => TestNumbers.Random(random, steps * 3), (random, steps) => Values(random, steps * 2));

    [Fact]
    public void Windows_in_both_directions() => Check(
        new WholeWindows(seed: 1), (random, steps) => TestNumbers.Random(random, steps * 3), (random, steps) => Values(random, steps * 2));

    /// <summary>Some heads are left out, some windows have no target at all.</summary>
    [Fact]
    public void Several_heads() => Check(
        new TwoHeadsBatch(seed: 1), (random, steps) => TestNumbers.Random(random, steps * 3), HeadTargets, longest: 5);

    [Fact]
    public void States_go_on_to_the_ends_of_their_windows()
    {
        var random = new Random(1);
        var model = new TwoHeadsBatch(seed: 1);
        int[] lengths = [2, 5, 3];
        float[][] inputs = [.. lengths.Select(steps => TestNumbers.Random(random, steps * 3))];
        TwoHeadsBatch.WindowTargets[] targets = [.. lengths.Select(steps => HeadTargets(random, steps)[0])];
        TwoHeadsBatch.Batch batch = model.CreateBatch();
        foreach (string name in batch.Names)
        {
            batch[3, name].Fill(0.5f);
        }

        model.Evaluate(batch, [.. inputs.SelectMany(x => x)], lengths, targets);

        for (int lane = 0; lane < lengths.Length; lane++)
        {
            TwoHeadsBatch.State state = model.CreateState();
            model.Forward(state, inputs[lane], new float[lengths[lane] * 3], new float[2]);
            foreach (string name in state.Names)
            {
                Same.About(state[name], batch[lane, name], 1e-6, name);
            }
        }

        Assert.All(batch.Names, name => Assert.All(batch[3, name].ToArray(), value => Assert.Equal(0.5f, value)));
    }

    private static void Check<TInput, TTarget>(
        IRnnBatchModel<TInput, TTarget> model, Func<Random, int, TInput[]> inputs, Func<Random, int, TTarget[]> targets, int longest = 6)
    {
        var random = new Random(3);
        int[] lengths = [.. Enumerable.Range(0, Count).Select(k => 1 + (k * 5 % longest))];
        var data = new Sequences<TInput, TTarget>(lengths.Select(steps => inputs(random, steps)).ToArray(), lengths.Select(steps => targets(random, steps)).ToArray());
        Score expected = default;
        for (int window = 0; window < Count; window++)
        {
            expected += model.Evaluate(model.CreateState(), data.Inputs(window), data.Targets(window));
        }

        using var trainer = new BatchTrainer<TInput, TTarget>(model, new Sgd(0.1f));
        foreach (Score found in (Score[])[model.Evaluate(data), trainer.Evaluate(data)])
        {
            Assert.Equal((expected.Count, expected.Correct), (found.Count, found.Correct));
            Assert.Equal(expected.TargetWeight, found.TargetWeight, 1e-9);
            Assert.Equal(expected.LossSum, found.LossSum, 1e-5 * expected.LossSum);
        }
    }

    // Some are ignored.
    private static int[] Classes(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(5) - 1)];

    private static float[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.Next(5) == 0 ? float.NaN : random.NextSingle())];

    private static TwoHeadsBatch.WindowTargets[] HeadTargets(Random random, int steps)
    {
        int[] kinds = random.Next(3) == 0 ? [.. Enumerable.Repeat(-1, steps)] : [.. Enumerable.Range(0, steps).Select(_ => random.Next(4) - 1)];
        return [new(random.Next(4) == 0 ? default : kinds, random.Next(3) == 0 ? default : Values(random, 2))];
    }
}
