using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A NaN or an infinity stays in the sequence that it is in.</summary>
public class NonFiniteInputTests
{
    private static readonly float[] Bad = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void A_stream_is_as_new_after_Reset(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in Bad)
        {
            // Steps take turns between two halves of the memory, so even and odd numbers of them differ.
            State state = subject.CreateState();
            subject.Step(state, BadInputs(subject, 1, 0, bad), subject.Outputs(1));
            state.Reset();
            AssertStreamsTheSame(subject, subject.CreateState(), state);

            subject.Forward(state, BadInputs(subject, 3, 1, bad), subject.Outputs(3));
            state.Reset();
            AssertStreamsTheSame(subject, subject.CreateState(), state);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Another_stream_does_not_notice(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in Bad)
        {
            State alone = subject.RunningState();
            State beside = subject.RunningState();
            subject.Step(subject.CreateState(), BadInputs(subject, 1, 0, bad), subject.Outputs(1));

            AssertStreamsTheSame(subject, alone, beside);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Outputs_before_the_bad_step_are_good(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        if (subject.LastOnly)
        {
            return;
        }

        foreach (float bad in Bad)
        {
            float[] expected = subject.Outputs(4);
            subject.Forward(subject.CreateState(), subject.Inputs(4), expected);
            float[] actual = subject.Outputs(4);
            subject.Forward(subject.CreateState(), BadInputs(subject, 4, 2, bad), actual);

            Same.Bits(expected.AsSpan(0, 2 * subject.OutputSize), actual.AsSpan(0, 2 * subject.OutputSize), "outputs");
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void A_tape_is_as_new_after_Clear(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in Bad)
        {
            Tape tape = subject.CreateTape();
            for (int steps = subject.SequenceLength; steps > 0; steps--)
            {
                subject.Forward(subject.CreateState(), BadInputs(subject, steps, steps - 1, bad), tape);
                subject.Backward(tape, subject.OutputGradients(steps), null);
            }

            AssertGradientsAreTheSame(subject, tape, subject.CreateState(), subject.CreateState());
            AssertGradientsAreTheSame(subject, tape, subject.CreateState());
        }
    }

    // Every number of the state is set, so nothing may be left of what it was.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void A_state_whose_numbers_are_replaced_is_as_new(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in Bad)
        {
            State state = subject.CreateState();
            subject.Step(state, BadInputs(subject, 1, 0, bad), subject.Outputs(1));
            foreach (string slot in state.Names)
            {
                state[slot].Clear();
            }

            AssertGradientsAreTheSame(subject, subject.CreateTape(), state);
        }
    }

    // An infinite input saturates the gates, and what the state holds is finite. Whether somebody looks at it must make no difference.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void A_state_that_came_out_finite_is_trained_on(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in (float[])[float.PositiveInfinity, float.NegativeInfinity])
        {
            State state = subject.CreateState();
            subject.Step(state, BadInputs(subject, 1, 0, bad), subject.Outputs(1));
            State seen = subject.CreateState();
            subject.Step(seen, BadInputs(subject, 1, 0, bad), subject.Outputs(1));
            Assert.All(TestNumbers.Values(seen), value => Assert.True(float.IsFinite(value)));

            Tape expected = Train(seen);
            Tape actual = Train(state);
            Assert.All(expected.Gradients.ToArray(), gradient => Assert.True(float.IsFinite(gradient)));
            Same.Bits(expected.Gradients, actual.Gradients, "gradients");
        }

        Tape Train(State carried)
        {
            Tape tape = subject.CreateTape();
            subject.Forward(carried, subject.Inputs(3), tape);
            subject.Backward(tape, subject.OutputGradients(3), null);
            return tape;
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.OfNumbers), MemberType = typeof(ModelsUnderTest))]
    public void Gradients_of_states_may_come_in_a_state_that_was_bad(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        foreach (float bad in Bad)
        {
            State cotangents = subject.CreateState();
            subject.Step(cotangents, BadInputs(subject, 1, 0, bad), subject.Outputs(1));
            foreach (string slot in cotangents.Names)
            {
                cotangents[slot].Clear();
            }

            AssertGradientsAreTheSame(subject, subject.CreateTape(), subject.CreateState(), cotangents);
        }
    }

    private static Data BadInputs(ModelUnderTest subject, int steps, int badStep, float bad)
    {
        Data inputs = subject.Inputs(steps);
        inputs.Numbers[badStep * subject.InputSize] = bad;
        return inputs;
    }

    private static void AssertStreamsTheSame(ModelUnderTest subject, State expected, State actual)
    {
        for (int step = 0; step < 5; step++)
        {
            float[] x = subject.Outputs(1);
            float[] y = subject.Outputs(1);
            subject.Step(expected, subject.Inputs(1, seed: step), x);
            subject.Step(actual, subject.Inputs(1, seed: step), y);
            Same.Bits(x, y, $"outputs of step {step}");
        }

        Same.Bits(expected, actual);
    }

    /// <summary>The way back over a short and a full window, compared with that of a new tape and a new state.</summary>
    private static void AssertGradientsAreTheSame(ModelUnderTest subject, Tape tape, State state, State? cotangents = null)
    {
        State start = subject.CreateState();
        start.CopyFrom(state);
        foreach (int steps in (int[])[2, subject.SequenceLength])
        {
            Tape expected = subject.CreateTape();
            subject.Forward(subject.CreateState(), subject.Inputs(steps), expected);
            subject.Backward(expected, subject.OutputGradients(steps), null);

            state.CopyFrom(start);
            tape.Clear();
            subject.Forward(state, subject.Inputs(steps), tape);
            subject.Backward(tape, subject.OutputGradients(steps), cotangents);

            Same.Bits(expected.Gradients, tape.Gradients, "gradients");
            Same.Bits(expected.InitialStateGradients, tape.InitialStateGradients);
        }
    }
}
