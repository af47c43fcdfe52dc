using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

public class WrongBackwardTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void Targets_of_another_length(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int expected = subject.Rows(2) * subject.TargetWidth;
        foreach (int length in (int[])[0, expected - 1, expected + 1, expected + subject.TargetWidth])
        {
            Data targets = subject.Classes ? new int[length] : new float[length];

            var e = Refused.Call<ArgumentException>(subject, (_, _, tape) => subject.Backward(tape, targets));

            Refused.Names(e, "targets", expected, length);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Gradients_of_another_length(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int expected = subject.Rows(2) * subject.OutputSize;
        foreach (int length in (int[])[expected - 1, expected + 1, expected + subject.OutputSize])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, _, tape) => subject.Backward(tape, new float[length], s));

            Refused.Names(e, "outputGradients", expected, length);
        }
    }

    [Fact]
    public void A_target_that_is_no_class()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(TokenRnn));
        for (int step = 0; step < 2; step++)
        {
            foreach (int target in (int[])[subject.OutputSize, int.MaxValue])
            {
                Data targets = subject.Targets(2);
                targets.Integers[step] = target;

                var e = Refused.Call<ArgumentOutOfRangeException>(subject, (_, _, tape) => subject.Backward(tape, targets));

                Refused.Names(e, "targets", subject.OutputSize - 1, step);
                Assert.Equal(target, e.ActualValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void No_tape(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, _, _) => subject.Backward(null, subject.OutputGradients(2), null)), "tape");
        if (subject.HasHead)
        {
            Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, _, _) => subject.Backward(null, subject.Targets(2))), "tape");
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tape_of_another_model_or_of_a_copy(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (ModelUnderTest other in (ModelUnderTest[])[ModelsUnderTest.Create(name), subject.Clone()])
        {
            Tape foreign = other.RunningTape(2);
            var picture = new Picture(other, null, foreign);

            Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => subject.Backward(foreign, subject.OutputGradients(2), null)), "tape");
            if (subject.HasHead)
            {
                Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => subject.Backward(foreign, subject.Targets(2))), "tape");
            }

            picture.AssertUnchanged();
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tape_without_a_recording(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        AssertRefused(subject, subject.CreateTape(), "holds no window");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Weights_that_were_written_after_the_recording(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.RunningTape(2);
        Parameter parameter = subject.Parameters.First().Parameter;
        parameter.CopyFrom(TestNumbers.Values(parameter));

        AssertRefused(subject, tape, "weights have changed");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Weights_that_were_updated_after_the_recording(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.RunningTape(2);
        Assert.True(new Sgd(0.1f).CreateOptimizer(subject.Model).Update(subject.RunningTape(2)));

        AssertRefused(subject, tape, "weights have changed");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_refused_call_leaves_the_recording_as_it_is(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape expected = subject.RunningTape(2);
        Tape tape = subject.RunningTape(2);
        Assert.Throws<ArgumentException>(() => subject.Backward(tape, [0], null));

        float[] gradients = subject.OutputGradients(2);
        subject.Backward(expected, gradients, null);
        subject.Backward(tape, gradients, null);

        Same.Bits(expected.Gradients, tape.Gradients, "gradients");
    }

    private static void AssertRefused(ModelUnderTest subject, Tape tape, string problem)
    {
        State state = subject.RunningState();
        var e = Refused.Call<InvalidOperationException>(
            subject, state, tape, 0, (s, _, t) => subject.Backward(t, subject.OutputGradients(2), s));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);

        if (subject.HasHead)
        {
            e = Refused.Call<InvalidOperationException>(subject, state, tape, 0, (_, _, t) => subject.Backward(t, subject.Targets(2)));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }
}
