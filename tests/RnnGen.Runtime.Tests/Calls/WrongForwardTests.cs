using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

public class WrongForwardTests
{
    /// <summary>The three forms of Forward.</summary>
    public enum Form
    {
        Serving,
        Recorded,
        RecordedWithOutputs,
    }

    public static TheoryData<string, Form> All => With(ModelsUnderTest.All, Form.Serving, Form.Recorded, Form.RecordedWithOutputs);

    public static TheoryData<string, Form> WithOutputs => With(ModelsUnderTest.All, Form.Serving, Form.RecordedWithOutputs);

    public static TheoryData<string, Form> Recorded => With(ModelsUnderTest.All, Form.Recorded, Form.RecordedWithOutputs);

    public static TheoryData<string, Form> OfNumbers => With(ModelsUnderTest.OfNumbers, Form.Serving, Form.Recorded, Form.RecordedWithOutputs);

    public static TheoryData<string, Form> OfNumbersWithOutputs => With(ModelsUnderTest.OfNumbers, Form.Serving, Form.RecordedWithOutputs);

    public static TheoryData<string, Form> OfTokens => With(ModelsUnderTest.OfTokens, Form.Serving, Form.Recorded, Form.RecordedWithOutputs);

    [Theory]
    [MemberData(nameof(All))]
    public void A_window_of_no_step_or_too_many(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int steps in (int[])[0, subject.SequenceLength + 1, 1000])
        {
            var e = Refused.Call<ArgumentException>(
                subject, (s, y, tape) => Run(subject, form, s, subject.Inputs(steps), y, tape), subject.Rows(steps) * subject.OutputSize);

            Refused.Names(
                e, "inputs", subject.SequenceLength, subject.InputWidth, subject.SequenceLength * subject.InputWidth, steps * subject.InputWidth);
        }
    }

    [Theory]
    [MemberData(nameof(OfNumbers))]
    public void A_window_that_ends_within_a_step(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int length in (int[])[1, (2 * subject.InputSize) - 1, (2 * subject.InputSize) + 1, (subject.SequenceLength * subject.InputSize) + 1])
        {
            var e = Refused.Call<ArgumentException>(
                subject,
                (s, y, tape) => Run(subject, form, s, new float[length], y, tape),
                subject.Rows(length / subject.InputSize) * subject.OutputSize);

            Refused.Names(e, "inputs", subject.SequenceLength, subject.InputSize, length);
        }
    }

    [Theory]
    [MemberData(nameof(WithOutputs))]
    public void Outputs_of_another_length(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int expected = subject.Rows(3) * subject.OutputSize;
        foreach (int length in (int[])[0, expected - 1, expected + 1, expected + subject.OutputSize])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, y, tape) => Run(subject, form, s, subject.Inputs(3), y, tape), length);

            Refused.Names(e, "outputs", expected, length);
        }
    }

    [Theory]
    [MemberData(nameof(OfNumbersWithOutputs))]
    public void Inputs_and_outputs_that_overlap(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int inputs = 3 * subject.InputSize;
        int outputs = subject.Rows(3) * subject.OutputSize;
        foreach ((int input, int output) in ((int, int)[])[(0, inputs - 1), (outputs - 1, 0), (0, 0)])
        {
            var e = Refused.Call<ArgumentException>(
                subject,
                (s, y, tape) => Run(subject, form, s, new Data(y.Slice(input, inputs)), y.Slice(output, outputs), tape),
                inputs + outputs);

            Refused.Names(e, "outputs");
        }
    }

    [Theory]
    [MemberData(nameof(OfTokens))]
    public void A_token_outside_of_the_vocabulary(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int step in (int[])[0, 2, 3])
        {
            foreach (int token in (int[])[-1, subject.InputSize, int.MinValue, int.MaxValue])
            {
                Data inputs = subject.Inputs(4);
                inputs.Integers[step] = token;

                var e = Refused.Call<ArgumentOutOfRangeException>(
                    subject, (s, y, tape) => Run(subject, form, s, inputs, y, tape), 4 * subject.OutputSize);

                Refused.Names(e, "inputs", subject.InputSize - 1, step);
                Assert.Equal(token, e.ActualValue);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void No_state(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        var e = Refused.Call<ArgumentNullException>(
            subject, (_, y, tape) => Run(subject, form, null, subject.Inputs(2), y, tape), subject.Rows(2) * subject.OutputSize);

        Refused.Names(e, "state");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void No_tape(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        var e = Refused.Call<ArgumentNullException>(
            subject, (s, y, _) => Run(subject, form, s, subject.Inputs(2), y, null), subject.Rows(2) * subject.OutputSize);

        Refused.Names(e, "tape");
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public void A_tape_of_another_model_or_of_a_copy(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (ModelUnderTest other in (ModelUnderTest[])[ModelsUnderTest.Create(name), subject.Clone()])
        {
            Tape foreign = other.RunningTape(2);
            var picture = new Picture(other, null, foreign);

            var e = Refused.Call<ArgumentException>(
                subject, (s, y, _) => Run(subject, form, s, subject.Inputs(2), y, foreign), subject.Rows(2) * subject.OutputSize);

            Refused.Names(e, "tape");
            picture.AssertUnchanged();
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_refused_window_leaves_the_recording_of_the_one_before(string name, Form form)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape expected = subject.RunningTape(3);
        Tape tape = subject.RunningTape(3);
        Assert.Throws<ArgumentException>(() => Run(subject, form, subject.CreateState(), subject.Inputs(subject.SequenceLength + 1), default, tape));

        float[] gradients = subject.OutputGradients(3);
        subject.Backward(expected, gradients, null);
        subject.Backward(tape, gradients, null);

        Same.Bits(expected.Gradients, tape.Gradients, "gradients");
    }

    private static void Run(ModelUnderTest subject, Form form, State? state, Data inputs, Memory<float> outputs, Tape? tape)
    {
        switch (form)
        {
            case Form.Serving:
                subject.Forward(state, inputs, outputs.Span);
                break;
            case Form.Recorded:
                subject.Forward(state, inputs, tape);
                break;
            default:
                subject.Forward(state, inputs, outputs.Span, tape);
                break;
        }
    }

    private static TheoryData<string, Form> With(TheoryData<string> names, params Form[] forms)
    {
        var rows = new TheoryData<string, Form>();
        foreach (string name in names.Select(row => row.Data))
        {
            foreach (Form form in forms)
            {
                rows.Add(name, form);
            }
        }

        return rows;
    }
}
