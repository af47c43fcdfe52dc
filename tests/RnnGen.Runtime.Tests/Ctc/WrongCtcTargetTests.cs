using RnnGen.Tests.Models;

namespace RnnGen.Tests.Ctc;

/// <summary>Wrong labels are refused with what is wrong, and nothing is changed.</summary>
public class WrongCtcTargetTests
{
    /// <summary>A target of a window of 4 steps, and what the message says.</summary>
    public static TheoryData<int[], string> Wrong => new()
    {
        { [1, 0], "A label must be in 1 .. 4; that at place 1 is the blank." },
        { [5], "A label must be in 1 .. 4; that at place 0 is not." },
        { [1, 2, int.MaxValue], "place 2 is not." },
        { [1, -1, 2], "end with the first negative number, at place 1; there is another label at place 2." },
        { [-2, 2, 2], "at place 0; there is another label at place 1." },
        { [1, 2, 3, 4, 1], "The 5 labels need a window of at least 5 steps (one each, and one between equal neighbors), found 4" },
        { [1, 1, 1], "The 3 labels need a window of at least 5 steps" },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Windows(int[] target, string message)
    {
        var model = new Digits(seed: 1);
        float[] inputs = CtcData.Numbers(new Random(1), 8);
        using Digits.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        trainer.Accumulate(inputs, [1, 2]);
        float[] gradients = trainer.Tape.Gradients.ToArray();
        Digits.State state = model.CreateState();
        model.Step(state, [1, 1], new float[5]);
        float[] before = state["Memory.h"].ToArray();
        Action[] calls =
        [
            () => trainer.Train(inputs, target),
            () => model.Evaluate(state, inputs, target),
            () => trainer.Train(state, inputs, target),
            () => model.Backward(trainer.Tape, target),
        ];

        foreach (Action call in calls)
        {
            ArgumentException e = Assert.ThrowsAny<ArgumentException>(call);
            Assert.Equal("targets", e.ParamName);
            Assert.Contains(message, e.Message, StringComparison.Ordinal);
        }

        Same.Bits(gradients, trainer.Tape.Gradients, "gradient");
        Same.Bits(before, state["Memory.h"], "state");
    }

    [Fact]
    public void Batches_name_the_lane()
    {
        var model = new Digits(seed: 1);
        float[] inputs = CtcData.Numbers(new Random(1), 2 * (2 + 5 + 3));
        using Digits.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));

        var e = Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Train(inputs, [2, 5, 3], [1, -1, 2, 9, -1, -1, -1, 3, -1, -1]));
        Assert.Contains("Lane 1: A label must be in 1 .. 4; that at place 1 is not.", e.Message, StringComparison.Ordinal);
        Assert.Equal(9, e.ActualValue);

        e = Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(model.CreateBatch(), inputs, [2, 5, 3], [1, -1, 2, 3, -1, -1, -1, 0, -1, -1]));
        Assert.Contains("Lane 2", e.Message, StringComparison.Ordinal);

        var length = Assert.Throws<ArgumentException>(() => trainer.Train(inputs, [2, 5, 3], [1, 2, 3]));
        Assert.Contains("Expected a length of 10, found 3", length.Message, StringComparison.Ordinal);
        Assert.Equal(0, trainer.Tape.TargetCount);
    }

    [Fact]
    public void Data_sets_name_the_window()
    {
        float[] numbers = CtcData.Numbers(new Random(1), 8);
        var data = new Sequences<float, int>([numbers, numbers], [[1, 2], [1, 1, 1]]);
        var model = new Digits(seed: 1);
        using Digits.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));

        var e = Assert.Throws<ArgumentException>(() => trainer.Fit(data, null, new FitOptions { Updates = 1, BatchSize = 2, Order = DataOrder.Sequential }));
        Assert.StartsWith("Window 1: The 3 labels need a window of at least 5 steps", e.Message, StringComparison.Ordinal);
        Assert.StartsWith("Window 1:", Assert.Throws<ArgumentException>(() => model.Evaluate(data)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_before_a_blank_that_is_last()
    {
        var model = new DigitsBothWays(seed: 1);

        var e = Assert.Throws<ArgumentOutOfRangeException>(() => model.Evaluate(model.CreateState(), new float[8], [0, 4]));

        Assert.Contains("A label must be in 0 .. 3; that at place 1 is the blank.", e.Message, StringComparison.Ordinal);
    }

    /// <summary>The loss is NaN, and the update is skipped.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Inputs_that_are_not_finite(float number)
    {
        var model = new Digits(seed: 1);
        float[] weights = model.Parameters.ToArray();
        using Digits.Trainer trainer = model.CreateTrainer(new Sgd(0.1f));
        float[] inputs = CtcData.Numbers(new Random(1), 8);
        inputs[3] = number;
        inputs[4] = -number;

        float loss = trainer.Train(inputs, [1, 2]);

        if (float.IsNaN(number))
        {
            Assert.Equal((float.NaN, 1), (loss, trainer.SkippedUpdates));
            Same.Bits(weights, model.Parameters, "weights");
        }

        Assert.True(model.Parameters.ToArray().All(float.IsFinite));
    }
}
