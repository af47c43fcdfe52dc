using RnnGen.Tests.Models;

namespace RnnGen.Tests.Ctc;

/// <summary>Labels that are not aligned, in single windows, batches, data sets, on several cores, and beside another head.</summary>
public class CtcModelTests
{
    public static TheoryData<string> Models => [nameof(Digits), nameof(DigitsBothWays)];

    private static IRnnBatchModel<float, int> Create(string name) => name == nameof(Digits) ? new Digits(seed: 3) : new DigitsBothWays(seed: 3);

    private static int FirstLabel(string name) => name == nameof(Digits) ? 1 : 0;

    [Theory]
    [MemberData(nameof(Models))]
    public void Scores_training_and_batches_agree(string name)
    {
        IRnnBatchModel<float, int> model = Create(name);
        Sequences<float, int> data = CtcData.Windows(7, first: FirstLabel(name));
        var single = new Trainer<float, int>(model, new Sgd(0.1f));
        Score sum = default;
        for (int window = 0; window < data.Count; window++)
        {
            Score score = model.Evaluate(model.CreateState(), data.Inputs(window), data.Targets(window));
            Same.About(score.Loss, single.Accumulate(data.Inputs(window), data.Targets(window)), 1e-5, "loss");
            Assert.Equal((1, data.Targets(window).Length), (score.Count, score.Decisions));
            sum += score;
        }

        Score all = model.Evaluate(data);
        Same.About(sum.Loss, all.Loss, 1e-6, "mean loss");
        Assert.Equal((sum.Correct, sum.Decisions, sum.Count), (all.Correct, all.Decisions, all.Count));

        var batches = new BatchTrainer<float, int>(model, new Sgd(0.1f));
        batches.Accumulate(data, 0, 1, 2, 3, 4, 5, 6);
        Assert.Equal((7, 7.0), (batches.Tape.TargetCount, batches.Tape.TargetWeight));
        Same.About(single.Tape.LossSum, batches.Tape.LossSum, 1e-6, "loss");
        Same.About(single.Tape.Gradients, batches.Tape.Gradients, 1e-5, "gradient");

        // The same by hand, in the form that a batch takes.
        int[] lengths = [.. Enumerable.Range(0, 3).Select(k => data.Inputs(k).Length / 2)];
        int[] targets = [.. Enumerable.Range(0, 3).SelectMany(k => CtcData.Padded(data.Targets(k), lengths[k]))];
        float[] inputs = [.. Enumerable.Range(0, 3).SelectMany(k => data.Inputs(k).ToArray())];
        var byHand = new BatchTrainer<float, int>(model, new Sgd(0.1f));
        var bySet = new BatchTrainer<float, int>(model, new Sgd(0.1f));
        Assert.Equal(bySet.Accumulate(data, 0, 1, 2), byHand.Accumulate(inputs, lengths, targets));
        Same.Bits(bySet.Tape.Gradients, byHand.Tape.Gradients, "gradient");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Error_rate_is_that_of_greedy_decoding(string name)
    {
        IRnnBatchModel<float, int> model = Create(name);
        Sequences<float, int> data = CtcData.Windows(20, first: FirstLabel(name));
        var decoder = new CtcGreedyDecoder(model.Layers[^1]);
        int errors = 0;
        int labels = 0;
        for (int window = 0; window < data.Count; window++)
        {
            var outputs = new float[model.GetOutputLength(data.Inputs(window).Length / 2)];
            model.Forward(model.CreateState(), data.Inputs(window), outputs);
            var found = new int[12];
            int count = decoder.Decode(outputs, found);
            errors += EditDistance.Between(data.Targets(window), found.AsSpan(0, count));
            labels += data.Targets(window).Length;
        }

        Score score = model.Evaluate(data);

        Assert.Equal((labels, labels - errors), (score.Decisions, score.Correct));
        Assert.Equal((double)errors / labels, score.ErrorRate, 1e-12);
    }

    /// <summary>Each label has an input of its own, for some steps.</summary>
    [Fact]
    public void Training_learns_the_alignment()
    {
        var random = new Random(2);
        (float, float)[] signs = [(0, 0), (1, 0), (0, 1), (1, 1), (-1, 0)];
        List<float[]> inputs = [];
        List<int[]> labels = [];
        for (int k = 0; k < 60; k++)
        {
            int[] spoken = [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 5))];
            int[] path = [.. spoken.SelectMany(label => new[] { label, random.Next(2) == 0 ? label : 0, 0 })];
            inputs.Add([.. path.Append(0).SelectMany(output => new[] { signs[output].Item1, signs[output].Item2 })]);
            labels.Add(spoken);
        }

        var data = new Sequences<float, int>(inputs, labels);
        var model = new Digits(seed: 1);
        using Digits.Trainer trainer = model.CreateTrainer(new Adam(0.02f));
        double before = model.Evaluate(data).ErrorRate;

        FitResult result = trainer.Fit(data, data, new FitOptions { Updates = 400, BatchSize = 8, Order = DataOrder.Random });

        Assert.True(before > 0.5, $"{before}");
        Assert.True(result.Validation.ErrorRate < 0.02, $"{result.Validation.ErrorRate}");
    }

    [Fact]
    public void Workers_sum_up_what_one_alone_does()
    {
        Sequences<float, int> data = CtcData.Windows(9, longest: 60);
        int[] all = [.. Enumerable.Range(0, 9)];
        var model = new ManyDigits(seed: 1);
        using var one = new Trainer<float, int>(model, new Sgd(0.1f));
        using var three = new Trainer<float, int>(model, new Sgd(0.1f)) { Workers = 3 };

        Same.About(one.Accumulate(data, all), three.Accumulate(data, all), 1e-6, "loss");

        Same.About(one.Tape.Gradients, three.Tape.Gradients, 1e-4, "gradient");
        Same.About(one.Evaluate(data).Loss, three.Evaluate(data).Loss, 1e-9, "score");
        Assert.Equal(one.Evaluate(data).ErrorRate, three.Evaluate(data).ErrorRate);
    }

    [Fact]
    public void Targets_that_do_not_fit_are_left_out_if_asked()
    {
        int[][] unfit = [[1, 1, 2], [1, 2, 3, 2], [2, 2], [1, 2, 3, 1, 2, 3, 1, 2, 3, 1, 2, 3, 1]];
        int[] steps = [3, 3, 2, 12];
        var model = new DigitsOfTokens(seed: 1);
        var trainer = model.CreateTrainer(new Sgd(0.1f));
        for (int k = 0; k < unfit.Length; k++)
        {
            Assert.Equal(double.NaN, trainer.Accumulate(new int[steps[k]], unfit[k]));
            Assert.Equal(default, model.Evaluate(model.CreateState(), new int[steps[k]], unfit[k]) with { TargetWeight = 0, Decisions = 0 });
        }

        Assert.Equal((0, 0.0), (trainer.Tape.TargetCount, trainer.Tape.LossSum));
        Assert.True(trainer.Tape.Gradients.IndexOfAnyExcept(0f) < 0);
    }

    /// <summary>Also where a batch has no room for all of their labels, even in a window of one step.</summary>
    [Fact]
    public void Targets_that_do_not_fit_are_left_out_of_batches()
    {
        float[] numbers = CtcData.Numbers(new Random(1), 24);
        float[][] inputs = [numbers[..2], numbers[..6], numbers];
        var model = new DigitsBothWays(seed: 1);
        var some = new BatchTrainer<float, int>(model, new Sgd(0.1f));
        var rest = new BatchTrainer<float, int>(model, new Sgd(0.1f));

        some.Accumulate(new Sequences<float, int>(inputs, [[3, 1], [0, 0, 1], [0, 1]]), 0, 1, 2);
        rest.Accumulate(new Sequences<float, int>(inputs, [[-2], [-3, -1, -1, -1], [0, 1]]), 0, 1, 2);

        Assert.Equal(1, some.Tape.TargetCount);
        Same.Bits(some.Tape.Gradients, rest.Tape.Gradients, "gradient");
        var one = new Trainer<float, int>(model, new Sgd(0.1f));
        one.Accumulate(numbers, [0, 1]);
        Same.About(one.Tape.Gradients, some.Tape.Gradients, 1e-5, "gradient");
    }

    [Fact]
    public void Another_head()
    {
        float[] numbers = CtcData.Numbers(new Random(1), 24);
        float[] values = CtcData.Numbers(new Random(2), 12);
        var model = new DigitsAndValue(seed: 1);
        (Score Label, Score Value) none = model.Evaluate(model.CreateState(), numbers, [], values);
        (Score Label, Score Value) silence = model.Evaluate(model.CreateState(), numbers, [-1], values);
        (Score Label, Score Value) some = model.Evaluate(model.CreateState(), numbers, [2, 2, 4], values);
        Assert.Equal((0, 1, 1), (none.Label.Count, silence.Label.Count, some.Label.Count));
        Assert.True(silence.Label.Loss > some.Label.Loss);

        // The two windows as a batch with targets of all heads.
        DigitsAndValue.WindowTargets[] targets = [new(new[] { 2, 2, 4 }, values), new(default, values.AsMemory(0, 8)), new(new[] { -1 }, default)];
        var data = new Sequences<float, DigitsAndValue.WindowTargets>([numbers, numbers[..16], numbers], targets.Select(t => new[] { t }));
        Score score = model.Evaluate(data);
        Assert.Equal(3, score.Count);
        double part = model.Evaluate(model.CreateState(), numbers[..16], [], values[..8]).Value.Loss;
        Same.About((0.5 * some.Label.Loss) + some.Value.Loss + part + (0.5 * silence.Label.Loss), score.LossSum, 1e-5, "loss");

        using DigitsAndValue.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        Same.About(score.Loss, trainer.Accumulate(data, 0, 1, 2), 1e-5, "loss of a batch");
        var single = model.CreateTrainer(new Sgd(0.1f));
        single.Accumulate(numbers, [2, 2, 4], values);
        single.Accumulate(numbers[..16], [], values.AsSpan(0, 8));
        single.Accumulate(numbers, [-1], []);
        Same.About(single.Tape.Gradients, trainer.Tape.Gradients, 1e-5, "gradient");
    }

    [Fact]
    public void Names_and_sizes()
    {
        var model = new Digits(seed: 1);

        Assert.Equal(5, Digits.OutputSize);
        Assert.Equal(["Label.weight", "Label.bias"], model.Label.Parameters.Select(p => p.FullName));
        Assert.Equal([5, 6], model.Label["weight"].Shape.ToArray());
        Assert.Contains("Digits: 2 -> 5", model.Summary());
    }
}
