using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A window that continues from the end of the previous one.</summary>
public class CarriedStateTests
{
    private const int Half = 2;

    private delegate void Run(State state, Data inputs, Span<float> outputs);

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Two_half_windows_give_the_outputs_of_a_long_one(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Check(subject.Forward);
        Tape tape = subject.CreateTape();
        Check((state, inputs, outputs) => subject.Forward(state, inputs, outputs, tape));

        void Check(Run run)
        {
            Data inputs = subject.Inputs(2 * Half);
            State expected = subject.RunningState();
            float[] outputs = subject.Outputs(2 * Half);
            run(expected, inputs, outputs);

            State carried = subject.RunningState();
            float[] first = subject.Outputs(Half);
            float[] second = subject.Outputs(Half);
            run(carried, inputs.Slice(0, Half * subject.InputWidth), first);
            run(carried, inputs.Slice(Half * subject.InputWidth, Half * subject.InputWidth), second);

            Same.Bits(outputs, subject.LastOnly ? second : [.. first, .. second], "outputs");
            Same.Bits(expected, carried);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Steps_Forward_and_recorded_Forward_agree(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int steps = subject.SequenceLength;
        Data inputs = subject.Inputs(steps);
        State served = subject.RunningState();
        float[] expected = subject.Outputs(steps);
        subject.Forward(served, inputs, expected);

        State streamed = subject.RunningState();
        var rows = new List<float>();
        for (int step = 0; step < steps; step++)
        {
            float[] output = subject.Outputs(1);
            subject.Step(streamed, inputs.Slice(step * subject.InputWidth, subject.InputWidth), output);
            rows.AddRange(output);
        }

        float[] last = [.. rows.TakeLast(expected.Length)];
        Same.About(expected, last, 1e-6, "outputs step by step");
        Same.About(TestNumbers.Values(served), TestNumbers.Values(streamed), 1e-6, "state after the steps");

        State recorded = subject.RunningState();
        float[] outputs = subject.Outputs(steps);
        subject.Forward(recorded, inputs, outputs, subject.CreateTape());
        Same.About(expected, outputs, 1e-6, "recorded outputs");
        Same.About(TestNumbers.Values(served), TestNumbers.Values(recorded), 1e-6, "state after the recording");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.Recurrent), MemberType = typeof(ModelsUnderTest))]
    public void The_state_makes_a_difference(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        float[] fresh = subject.Outputs(1);
        float[] running = subject.Outputs(1);

        subject.Step(subject.CreateState(), subject.Inputs(1), fresh);
        subject.Step(subject.RunningState(), subject.Inputs(1), running);

        Assert.NotEqual(fresh, running);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.WithHead), MemberType = typeof(ModelsUnderTest))]
    public void A_trainer_carries_the_state_that_it_is_given_and_no_other(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        TestTrainer trainer = subject.CreateTrainer(new Sgd(0.1f));
        State expected = subject.RunningState();
        float[] outputs = subject.Outputs(4);
        subject.Forward(expected, subject.Inputs(4), outputs);

        State carried = subject.RunningState();
        trainer.Accumulate(carried, subject.Inputs(4), subject.Targets(4));
        Same.About(TestNumbers.Values(expected), TestNumbers.Values(carried), 1e-6, "carried state");

        // Without a state every window starts at zero, whatever came before.
        trainer.Tape.Clear();
        float first = trainer.Accumulate(subject.Inputs(4), subject.Targets(4));
        float[] gradients = trainer.Tape.Gradients.ToArray();
        trainer.Tape.Clear();
        float second = trainer.Accumulate(subject.Inputs(4), subject.Targets(4));
        Assert.Equal(first, second);
        Same.Bits(gradients, trainer.Tape.Gradients, "gradients");

        trainer.Tape.Clear();
        Assert.Equal(first, trainer.Accumulate(subject.CreateState(), subject.Inputs(4), subject.Targets(4)));
        Same.Bits(gradients, trainer.Tape.Gradients, "gradients");
    }

    // The chain rule over the border: the second half's gradients of its first states go into the first half.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Gradients_flow_from_one_window_into_the_one_before(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        int half = Half * subject.InputWidth;
        Data inputs = subject.Inputs(2 * Half);
        float[] outputGradients = subject.OutputGradients(2 * Half);
        Tape expected = subject.CreateTape();
        subject.Forward(subject.RunningState(), inputs, expected);
        subject.Backward(expected, outputGradients, null);

        Tape first = subject.CreateTape();
        Tape second = subject.CreateTape();
        State state = subject.RunningState();
        subject.Forward(state, inputs.Slice(0, half), first);
        subject.Forward(state, inputs.Slice(half, half), second);
        int rows = subject.Rows(Half) * subject.OutputSize;
        subject.Backward(second, outputGradients.AsSpan(outputGradients.Length - rows), null);
        subject.Backward(first, subject.LastOnly ? new float[rows] : outputGradients.AsSpan(0, rows), second.InitialStateGradients);

        float[] sums = [.. first.Gradients.ToArray().Zip(second.Gradients.ToArray(), (a, b) => a + b)];
        Same.About(expected.Gradients, sums, 1e-5, "gradients");
        Same.About(
            TestNumbers.Values(expected.InitialStateGradients), TestNumbers.Values(first.InitialStateGradients), 1e-5, "gradients of the first states");
    }

    // What comes out of a tape may go back into it.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void The_gradients_of_the_first_states_may_be_those_of_the_same_tape(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        Tape tape = subject.RunningTape(3);
        State copy = subject.CreateState();
        copy.CopyFrom(tape.InitialStateGradients);
        Tape expected = subject.RunningTape(3);

        subject.Backward(expected, subject.OutputGradients(3), copy);
        subject.Backward(tape, subject.OutputGradients(3), tape.InitialStateGradients);

        Same.Bits(expected.Gradients, tape.Gradients, "gradients");
        Same.Bits(expected.InitialStateGradients, tape.InitialStateGradients);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_state_is_copied_and_reset(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State running = subject.RunningState();

        // After an odd number of steps the current half of the memory is the other one.
        State copy = subject.CreateState();
        subject.Step(copy, subject.Inputs(1), subject.Outputs(1));
        copy.CopyFrom(running);
        Same.Bits(running, copy);
        float[] expected = subject.Outputs(1);
        float[] actual = subject.Outputs(1);
        subject.Step(running, subject.Inputs(1), expected);
        subject.Step(copy, subject.Inputs(1), actual);
        Same.Bits(expected, actual, "outputs");

        for (int steps = 1; steps <= 2; steps++)
        {
            copy.Reset();
            Same.Bits(new float[TestNumbers.Values(copy).Length], TestNumbers.Values(copy), "state");
            float[] again = subject.Outputs(1);
            float[] fresh = subject.Outputs(1);
            subject.Step(copy, subject.Inputs(1), again);
            subject.Step(subject.CreateState(), subject.Inputs(1), fresh);
            Same.Bits(fresh, again, "outputs");
        }
    }
}
