using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

public class WrongStepTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Inputs_of_another_length(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int length in (int[])[0, subject.InputSize - 1, subject.InputSize + 1, 2 * subject.InputSize])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, y, _) => subject.Step(s, new float[length], y.Span), subject.OutputSize);

            Refused.Names(e, "inputs", subject.InputSize, length);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Outputs_of_another_length(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int length in (int[])[0, subject.OutputSize - 1, subject.OutputSize + 1, 2 * subject.OutputSize])
        {
            var e = Refused.Call<ArgumentException>(subject, (s, y, _) => subject.Step(s, subject.Inputs(1), y.Span), length);

            Refused.Names(e, "outputs", subject.OutputSize, length);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Inputs_and_outputs_that_overlap(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int inputs = subject.InputSize;
        int outputs = subject.OutputSize;

        // The first number in common, the last one, and as many as possible.
        foreach ((int input, int output) in ((int, int)[])[(0, inputs - 1), (outputs - 1, 0), (0, 0)])
        {
            var e = Refused.Call<ArgumentException>(
                subject, (s, y, _) => subject.Step(s, new Data(y.Slice(input, inputs)), y.Span.Slice(output, outputs)), inputs + outputs);

            Refused.Names(e, "outputs");
            Assert.Contains("overlap", e.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Neighbours_in_one_array_are_fine(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        var shared = new float[subject.InputSize + subject.OutputSize];
        subject.Inputs(1).Numbers.CopyTo(shared);
        float[] expected = subject.Outputs(1);
        subject.Step(subject.CreateState(), subject.Inputs(1), expected);

        subject.Step(subject.CreateState(), new Data(shared.AsMemory(0, subject.InputSize)), shared.AsSpan(subject.InputSize));

        Same.Bits(expected, shared.AsSpan(subject.InputSize), "outputs");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfTokens), MemberType = typeof(ModelsUnderTest))]
    public void A_token_outside_of_the_vocabulary(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (int token in (int[])[-1, subject.InputSize, int.MinValue, int.MaxValue])
        {
            var e = Refused.Call<ArgumentOutOfRangeException>(subject, (s, y, _) => subject.Step(s, (int[])[token], y.Span), subject.OutputSize);

            Refused.Names(e, "token", subject.InputSize - 1);
            Assert.Equal(token, e.ActualValue);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void No_state(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);

        var e = Refused.Call<ArgumentNullException>(subject, (_, y, _) => subject.Step(null, subject.Inputs(1), y.Span), subject.OutputSize);

        Refused.Names(e, "state");
    }
}
