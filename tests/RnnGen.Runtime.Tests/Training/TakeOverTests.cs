using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Tapes of several threads, added by the user's own loop.</summary>
public sealed class TakeOverTests
{
    private static readonly float[] Inputs = [.. Enumerable.Range(0, 4 * 50).Select(k => MathF.Sin(k))];

    private readonly SharedPlain _model = new(seed: 1);

    [Fact]
    public void The_sums_are_those_of_one_tape()
    {
        SharedPlain.Tape alone = Record(0.5f, -1f);
        SharedPlain.Tape first = Record(0.5f);
        SharedPlain.Tape second = Record(-1f);

        first.TakeOver(second);

        Assert.Equal(alone.TargetCount, first.TargetCount);
        Same.About(alone.LossSum, first.LossSum, 1e-6, "loss");
        Same.About(alone.Gradients, first.Gradients, 1e-4, "gradient");
    }

    [Fact]
    public void The_other_tape_is_empty_afterwards()
    {
        SharedPlain.Tape second = Record(-1f);

        Record(0.5f).TakeOver(second);

        Assert.Equal((0, 0.0), (second.TargetCount, second.LossSum));
        Assert.Equal(-1, second.Gradients.IndexOfAnyExcept(0f));
    }

    [Fact]
    public void Only_another_tape_of_the_same_model_can_be_taken_over()
    {
        SharedPlain.Tape tape = Record(0.5f);
        float[] before = [.. tape.Gradients];

        Assert.Throws<ArgumentNullException>(() => tape.TakeOver(null!));
        Assert.Contains("another tape than this one", Assert.Throws<ArgumentException>(() => tape.TakeOver(tape)).Message, StringComparison.Ordinal);
        Assert.Contains("of the same model", Assert.Throws<ArgumentException>(() => tape.TakeOver(new SharedPlain(seed: 1).CreateTape())).Message, StringComparison.Ordinal);
        Assert.Equal(before, tape.Gradients);
    }

    private SharedPlain.Tape Record(params ReadOnlySpan<float> targets)
    {
        SharedPlain.Tape tape = _model.CreateTape();
        foreach (float target in targets)
        {
            _model.Forward(_model.CreateState(), Inputs, tape);
            _model.Backward(tape, [.. Enumerable.Repeat(target, 50)]);
        }

        return tape;
    }
}
