using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

public class WrongBackwardTests
{
    [Theory]
    [MemberData(nameof(Subjects.WithHead), MemberType = typeof(Subjects))]
    public void Targets_of_another_length(string name)
    {
        Subject subject = Subjects.Create(name);
        int expected = subject.Rows(2) * subject.TargetWidth;
        foreach (int length in (int[])[0, expected - 1, expected + 1, expected + subject.TargetWidth])
        {
            Data targets = subject.Classes ? new int[length] : new float[length];

            var e = Refused.Call<ArgumentException>(subject, (_, _, tape) => subject.Learn!(tape, targets));

            Refused.Names(e, "targets", expected, length);
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void Gradients_of_another_length(string name)
    {
        Subject subject = Subjects.Create(name);
        int expected = subject.Rows(2) * subject.OutputSize;
        foreach (int length in (int[])[expected - 1, expected + 1, expected + subject.OutputSize])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, _, tape) => subject.Pull(tape, new float[length], s));

            Refused.Names(e, "outputGradients", expected, length);
        }
    }

    [Fact]
    public void A_target_that_is_no_class()
    {
        Subject subject = Subjects.Create(nameof(TokenRnn));
        for (int step = 0; step < 2; step++)
        {
            foreach (int target in (int[])[subject.OutputSize, int.MaxValue])
            {
                Data targets = subject.Targets(2);
                targets.Integers[step] = target;

                var e = Refused.Call<ArgumentOutOfRangeException>(subject, (_, _, tape) => subject.Learn!(tape, targets));

                Refused.Names(e, "targets", subject.OutputSize - 1, step);
                Assert.Equal(target, e.ActualValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void No_tape(string name)
    {
        Subject subject = Subjects.Create(name);

        Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, _, _) => subject.Pull(null, subject.OutputGradients(2), null)), "tape");
        if (subject.Learn is not null)
        {
            Refused.Names(Refused.Call<ArgumentNullException>(subject, (_, _, _) => subject.Learn(null, subject.Targets(2))), "tape");
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void A_tape_of_another_model_or_of_a_copy(string name)
    {
        Subject subject = Subjects.Create(name);
        foreach (Subject other in (Subject[])[Subjects.Create(name), subject.Clone()])
        {
            Tape foreign = other.RunningTape(2);
            var picture = new Picture(other, null, foreign);

            Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => subject.Pull(foreign, subject.OutputGradients(2), null)), "tape");
            if (subject.Learn is not null)
            {
                Refused.Names(Refused.Call<ArgumentException>(subject, (_, _, _) => subject.Learn(foreign, subject.Targets(2))), "tape");
            }

            picture.AssertUnchanged();
        }
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void A_tape_without_a_recording(string name)
    {
        Subject subject = Subjects.Create(name);

        AssertRefused(subject, subject.CreateTape(), "holds no window");
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void Weights_that_were_written_after_the_recording(string name)
    {
        Subject subject = Subjects.Create(name);
        Tape tape = subject.RunningTape(2);
        Parameter parameter = subject.Parameters.First().Parameter;
        parameter.CopyFrom(TestNumbers.Values(parameter));

        AssertRefused(subject, tape, "weights have changed");
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void Weights_that_were_updated_after_the_recording(string name)
    {
        Subject subject = Subjects.Create(name);
        Tape tape = subject.RunningTape(2);
        Assert.True(new Sgd(0.1f).CreateOptimizer(subject.Model).Update(subject.RunningTape(2)));

        AssertRefused(subject, tape, "weights have changed");
    }

    [Theory]
    [MemberData(nameof(Subjects.All), MemberType = typeof(Subjects))]
    public void A_refused_call_leaves_the_recording_as_it_is(string name)
    {
        Subject subject = Subjects.Create(name);
        Tape expected = subject.RunningTape(2);
        Tape tape = subject.RunningTape(2);
        Assert.Throws<ArgumentException>(() => subject.Pull(tape, [0], null));

        float[] gradients = subject.OutputGradients(2);
        subject.Pull(expected, gradients, null);
        subject.Pull(tape, gradients, null);

        Same.Bits(expected.Gradients, tape.Gradients, "gradients");
    }

    private static void AssertRefused(Subject subject, Tape tape, string problem)
    {
        State state = subject.RunningState();
        var e = Refused.Call<InvalidOperationException>(
            subject, state, tape, 0, (s, _, t) => subject.Pull(t, subject.OutputGradients(2), s));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);

        if (subject.Learn is not null)
        {
            e = Refused.Call<InvalidOperationException>(subject, state, tape, 0, (_, _, t) => subject.Learn(t, subject.Targets(2)));
            Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        }
    }
}
