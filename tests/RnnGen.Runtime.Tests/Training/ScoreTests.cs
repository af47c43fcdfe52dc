using RnnGen.CompilerServices;
using RnnGen.Testing;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Calls;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>One class for a whole window.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class LastClass
{
    [Gru(11, ReturnSequences = false)]
    public partial Layer Memory { get; }

    [Softmax(5)]
    public partial Layer Answer { get; }
}

/// <summary>Yes or no, several times a step.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class ManyBits
{
    [Rnn(11)]
    public partial Layer Hidden { get; }

    [Sigmoid(19)]
    public partial Layer Answers { get; }
}

/// <summary>Evaluate against the loss of the way back and against hits counted by hand.</summary>
[Collection(nameof(AllocationTests))]
public class ScoreTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void The_loss_is_that_of_Forward_and_Backward(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        for (int steps = 1; steps <= subject.SequenceLength; steps++)
        {
            Data inputs = subject.Inputs(steps, seed: steps);
            Data targets = subject.Targets(steps, seed: -steps);
            Tape tape = subject.CreateTape();
            subject.Forward(subject.RunningState(), inputs, tape);
            float loss = subject.Backward(tape, targets);

            Score score = Evaluate(subject, subject.RunningState(), inputs, targets);

            Assert.Equal(tape.TargetCount, score.Count);
            Same.About(loss, score.Loss, 1e-5 * Math.Max(1, loss), $"loss of {steps} steps");
            Same.About(tape.LossSum, score.LossSum, 1e-5 * Math.Max(1, tape.LossSum), $"sum of {steps} steps");
            Assert.Equal(score.Loss / Math.Log(2), score.BitsPerTarget);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Loss_and_hits_are_those_of_the_outputs(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        for (int seed = 1; seed <= 20; seed++)
        {
            int steps = 1 + (seed % subject.SequenceLength);
            Data inputs = subject.Inputs(steps, seed);
            Data targets = subject.Targets(steps, -seed);
            float[] outputs = subject.Outputs(steps);
            subject.Forward(subject.RunningState(), inputs, outputs);

            Score score = Evaluate(subject, subject.RunningState(), inputs, targets);

            Score expected = subject.Classes ? OfClasses(outputs, targets.Integers, subject.OutputSize)
                : name == nameof(GruStack) ? OfBits(outputs, targets.Numbers)
                : OfNumbers(outputs, targets.Numbers);
            AssertAbout(expected, score);
        }
    }

    [Fact]
    public void One_class_of_a_window()
    {
        var model = new LastClass(seed: 1);
        int hits = 0;
        for (int seed = 1; seed <= 30; seed++)
        {
            int steps = 1 + (seed % LastClass.SequenceLength);
            float[] inputs = TestNumbers.Random(new Random(seed), steps * 3);
            float[] outputs = new float[5];
            LastClass.State state = model.CreateState();
            model.Forward(state, inputs, outputs);
            LastClass.Tape tape = model.CreateTape();
            model.Forward(model.CreateState(), inputs, tape);
            model.Backward(tape, [seed % 5]);

            LastClass.State scored = model.CreateState();
            Score score = model.Evaluate(scored, inputs, [seed % 5]);

            AssertAbout(OfClasses(outputs, [seed % 5], 5), score);
            Same.About(tape.LossSum, score.LossSum, 1e-5, "loss");
            Same.Bits(state, scored);
            hits += (int)score.Correct;
        }

        Assert.InRange(hits, 1, 29);
        Assert.Equal(default, model.Evaluate(model.CreateState(), [1, 2, 3], [-1]));
    }

    [Fact]
    public void Bits_of_every_step()
    {
        var model = new ManyBits(seed: 1);
        var random = new Random(2);
        float[] inputs = TestNumbers.Random(random, 6 * 3);
        float[] targets = [.. Enumerable.Range(0, 6 * 19).Select(k => k % 3 == 0 ? random.NextSingle() : random.Next(2))];
        targets[1] = 0.5f;
        float[] outputs = new float[6 * 19];
        model.Forward(model.CreateState(), inputs, outputs);
        ManyBits.Tape tape = model.CreateTape();
        model.Forward(model.CreateState(), inputs, tape);
        model.Backward(tape, targets);

        Score score = model.Evaluate(model.CreateState(), inputs, targets);

        AssertAbout(OfBits(outputs, targets), score);
        Same.About(tape.LossSum, score.LossSum, 1e-5 * tape.LossSum, "loss");
        Assert.InRange(score.Accuracy, 0.2, 0.8);
    }

    [Fact]
    public void Ignored_targets_do_not_count()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));
        Data inputs = subject.Inputs(5);
        int[] targets = [2, -1, 0, int.MinValue, 3];
        float[] outputs = subject.Outputs(5);
        subject.Forward(subject.CreateState(), inputs, outputs);
        Tape tape = subject.CreateTape();
        subject.Forward(subject.CreateState(), inputs, tape);
        float loss = subject.Backward(tape, targets);

        Score score = Evaluate(subject, subject.CreateState(), inputs, targets);

        Assert.Equal(3, score.Count);
        AssertAbout(OfClasses(outputs, targets, subject.OutputSize), score);
        Same.About(loss, score.Loss, 1e-5, "loss");
        Score none = Evaluate(subject, subject.CreateState(), inputs, (int[])[-1, -2, -3, -4, -5]);
        Assert.Equal(default, none);
        Assert.True(double.IsNaN(none.Loss) && double.IsNaN(none.Accuracy) && double.IsNaN(none.BitsPerTarget));
    }

    // Both classes have the highest probability, so each of them is a hit.
    [Fact]
    public void Of_classes_that_are_equally_likely_the_first_is_the_hit()
    {
        var model = new TokenRnn(seed: 1);
        model.Next["weight"].Initialize(Initializer.Constant(), seed: 1);
        model.Next["bias"].CopyFrom([0, 1, 1, 0]);
        Assert.Equal(1, model.Evaluate(model.CreateState(), [0, 0, 0, 0], [0, 1, 2, 3]).Correct);

        model.Next["bias"].CopyFrom([0, 0, 0, 0]);
        Assert.Equal(0.2, model.Evaluate(model.CreateState(), [0, 0, 0, 0, 0], [0, 1, 2, 1, 2]).Accuracy);

        var lanes = new Batches.TokenBatch(seed: 1);
        lanes.Next["weight"].Initialize(Initializer.Constant(), seed: 1);
        lanes.Next["bias"].CopyFrom([0, 0, 0, 0]);
        var data = new Sequences<int, int>([[0, 0, 0, 0, 0], [0]], [[0, 1, 2, 1, 2], [0]]);
        Assert.Equal(2, lanes.Evaluate(data).Correct);
    }

    // Vectors of all widths and what is left beside them.
    [Fact]
    public void The_hit_is_where_greedy_decoding_goes()
    {
        var random = new Random(1);
        for (int classes = 1; classes < 80; classes++)
        {
            for (int round = 0; round < 20; round++)
            {
                float[] logits = [.. Enumerable.Range(0, classes).Select(_ => (float)random.Next(3))];
                for (int target = 0; target < classes; target++)
                {
                    long expected = Array.IndexOf(logits, logits.Max()) == target ? 1 : 0;
                    Assert.Equal(expected, HeadRows.Score(new SoftmaxHead(), [.. logits], (ReadOnlySpan<int>)[target]).Correct);
                    Assert.Equal(expected, new SoftmaxHead().Loss(logits, new float[classes], [target]).Correct);
                }
            }
        }
    }

    [Fact]
    public void A_logit_that_is_NaN_is_seen_wherever_it_is()
    {
        for (int classes = 1; classes < 40; classes++)
        {
            for (int bad = 0; bad < classes; bad++)
            {
                var logits = new float[classes];
                logits[bad] = float.NaN;
                Score score = HeadRows.Score(new SoftmaxHead(), logits, (ReadOnlySpan<int>)[0]);
                Assert.True(double.IsNaN(score.Loss));
                Assert.Equal(0, score.Correct);
            }
        }
    }

    [Fact]
    public void One_half_is_on_the_upper_side()
    {
        var model = new ManyBits(seed: 1);
        model.Answers["weight"].Initialize(Initializer.Constant(), seed: 1);
        model.Answers["bias"].Initialize(Initializer.Constant(), seed: 1);
        float[] targets = [0, 0.4999f, 0.5f, 1, .. Enumerable.Repeat(float.NaN, 11), 0, 0.4999f, 0.5f, 1];

        Score score = model.Evaluate(model.CreateState(), [1, 2, 3], targets);

        Assert.Equal((8, 8, 4), (score.Count, score.Decisions, score.Correct));
    }

    [Fact]
    public void A_regression_has_no_accuracy()
    {
        var model = new ShortLstm(seed: 1);
        Score score = model.Evaluate(model.CreateState(), new float[3], [1, 2]);

        Assert.Equal((2, 0, 0), (score.Count, score.Correct, score.Decisions));
        Assert.True(double.IsNaN(score.Accuracy));
        Assert.True(double.IsNaN((score + score).Accuracy));
    }

    [Fact]
    public void Losses_of_outputs_that_round_to_0_or_1_are_good()
    {
        var model = new ManyBits(seed: 1);
        model.Answers["weight"].Initialize(Initializer.Constant(), seed: 1);
        model.Answers["bias"].Initialize(Initializer.Constant(200), seed: 1);

        Score score = model.Evaluate(model.CreateState(), [1, 2, 3], [0, .. Enumerable.Repeat(1f, 18)]);

        Assert.Equal(new Score(200, 19, 18), score);
    }

    [Fact]
    public void Scores_add_up()
    {
        Score sum = new Score(1.5, 4, 3) + new Score(2, 6, 1);

        Assert.Equal(new Score(3.5, 10, 4), sum);
        Assert.Equal(0.35, sum.Loss);
        Assert.Equal(0.4, sum.Accuracy);
        Assert.Equal(sum, sum + default(Score));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Scores_of_the_parts_are_that_of_the_whole(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        if (subject.LastOnly)
        {
            return;
        }

        Data inputs = subject.Inputs(4);
        Data targets = subject.Targets(4);
        State parts = subject.RunningState();
        State whole = subject.RunningState();

        Score sum = default;
        for (int step = 0; step < 4; step++)
        {
            sum += Evaluate(subject, parts, Step(inputs, step, subject.InputWidth), Step(targets, step, subject.TargetWidth));
        }

        AssertAbout(Evaluate(subject, whole, inputs, targets), sum);
        Same.Bits(whole, parts);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void The_state_goes_on_as_with_Forward(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State expected = subject.RunningState();
        State state = subject.RunningState();
        for (int steps = 1; steps <= 3; steps++)
        {
            subject.Forward(expected, subject.Inputs(steps), subject.Outputs(steps));
            Evaluate(subject, state, subject.Inputs(steps), subject.Targets(steps));

            Same.Bits(expected, state);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_tape_and_the_weights_stay_as_they_are(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.RunningTape(3);
        var picture = new Picture(subject, null, tape);

        Evaluate(subject, subject.CreateState(), subject.Inputs(4), subject.Targets(4));

        picture.AssertUnchanged();
        subject.Backward(tape, subject.Targets(3));
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Wrong_lengths_change_nothing(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int rows = subject.Rows(3) * subject.TargetWidth;
        foreach (int length in (int[])[0, rows - 1, rows + 1, rows + subject.TargetWidth])
        {
            Data targets = subject.Classes ? new int[length] : new float[length];
            var e = Refused.Call<ArgumentException>(subject, (s, _, _) => Evaluate(subject, s, subject.Inputs(3), targets));
            Refused.Names(e, "targets", rows, length);
        }

        foreach (int steps in (int[])[0, subject.SequenceLength + 1])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, _, _) => Evaluate(subject, s, subject.Inputs(steps), subject.Targets(steps)));
            Refused.Names(e, "inputs", subject.SequenceLength);
        }

        Refused.Names(
            Refused.Call<ArgumentNullException>(subject, (_, _, _) => Evaluate(subject, null, subject.Inputs(3), subject.Targets(3))), "state");
    }

    [Fact]
    public void Wrong_tokens_and_classes_change_nothing()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));
        foreach (int bad in (int[])[subject.OutputSize, int.MaxValue])
        {
            var e = Refused.Call<ArgumentOutOfRangeException>(subject, (s, _, _) => Evaluate(subject, s, subject.Inputs(3), (int[])[0, 0, bad]));
            Refused.Names(e, "targets", subject.OutputSize - 1, 2);
        }

        foreach (int bad in (int[])[-1, subject.InputSize])
        {
            var e = Refused.Call<ArgumentOutOfRangeException>(subject, (s, _, _) => Evaluate(subject, s, (int[])[0, 0, bad], subject.Targets(3)));
            Refused.Names(e, "inputs", subject.InputSize - 1, 2);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void It_takes_no_memory(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.CreateState();
        Data inputs = subject.Inputs(subject.SequenceLength);
        Data targets = subject.Targets(subject.SequenceLength);

        Allocations.None(() => Evaluate(subject, state, inputs, targets), calls: 1000);
    }

    [Fact]
    public void Data_are_scored_window_by_window_from_the_zero_state()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));
        var model = (TokenRnn)subject.Model;
        TokenWindows data = TokenWindows.Tiled((int[])[0, 1, 2, 3, 0, 3, 2, 1, 0, 2, 3, 1, 1, 2], steps: 5);
        Score expected = default;
        for (int k = 0; k < data.Count; k++)
        {
            expected += model.Evaluate(model.CreateState(), data.Inputs(k), data.Targets(k));
        }

        Assert.Equal(13, expected.Count);
        Assert.Equal(expected, model.Evaluate(data));
        TokenRnn.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        Assert.Equal(expected, trainer.Evaluate(data));
        Assert.Equal(expected, trainer.Evaluate(data));
        Assert.Throws<ArgumentException>(() => model.Evaluate(new Sequences<int, int>([], [])));
        Assert.Throws<ArgumentNullException>(() => model.Evaluate(null!));
    }

    private static Score Evaluate(ModelUnderTest subject, State? state, Data inputs, Data targets) => subject.Model switch
    {
        TokenRnn model => model.Evaluate((TokenRnn.State)state!, inputs.Integers, targets.Integers),
        ShortLstm model => model.Evaluate((ShortLstm.State)state!, inputs.Numbers, targets.Numbers),
        GruStack model => model.Evaluate((GruStack.State)state!, inputs.Numbers, targets.Numbers),
        EmbeddingMix model => model.Evaluate((EmbeddingMix.State)state!, inputs.Integers, targets.Numbers),
        Plain model => model.Evaluate((Plain.State)state!, inputs.Numbers, targets.Numbers),
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };

    private static Data Step(Data data, int step, int width) => data.Slice(step * width, width);

    private static Score OfClasses(float[] outputs, ReadOnlySpan<int> targets, int classes)
    {
        Score score = default;
        for (int row = 0; row < targets.Length; row++)
        {
            if (targets[row] >= 0)
            {
                float[] probabilities = outputs[(row * classes)..((row + 1) * classes)];
                int best = Array.IndexOf(probabilities, probabilities.Max());
                score += new Score(-Math.Log(probabilities[targets[row]]), 1, best == targets[row] ? 1 : 0);
            }
        }

        return score;
    }

    private static Score OfBits(float[] outputs, ReadOnlySpan<float> targets)
    {
        Score score = default;
        for (int k = 0; k < outputs.Length; k++)
        {
            double p = outputs[k];
            double loss = -(targets[k] * Math.Log(p)) - ((1 - targets[k]) * Math.Log(1 - p));
            score += new Score(loss, 1, p >= 0.5 == targets[k] >= 0.5 ? 1 : 0);
        }

        return score;
    }

    private static Score OfNumbers(float[] outputs, ReadOnlySpan<float> targets)
    {
        Score score = default;
        for (int k = 0; k < outputs.Length; k++)
        {
            double error = (double)outputs[k] - targets[k];
            score += new Score(error * error, 1, 0) { Decisions = 0 };
        }

        return score;
    }

    private static void AssertAbout(Score expected, Score actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.Equal(expected.Correct, actual.Correct);
        Same.About(expected.LossSum, actual.LossSum, 1e-5 * Math.Max(1, expected.LossSum), "sum of losses");
        Assert.Equal(expected.Decisions, actual.Decisions);
        Assert.Equal((double)expected.Correct / expected.Decisions, actual.Accuracy, 1e-12);
    }
}
