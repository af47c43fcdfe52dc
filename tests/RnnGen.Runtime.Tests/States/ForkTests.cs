using RnnGen.Tests.Models;

namespace RnnGen.Tests.States;

public class ForkTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_fork_goes_on_from_the_same_point_on_its_own(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.RunningState();
        float[] before = TestNumbers.Values(state);

        State fork = state.Fork();

        Assert.Same(state.GetType(), fork.GetType());
        subject.Step(fork, subject.Inputs(1, seed: 3), subject.Outputs(1));
        Same.Bits(before, TestNumbers.Values(state), "the state after a step of its fork");
        subject.Step(state, subject.Inputs(1, seed: 3), subject.Outputs(1));
        Same.Bits(state, fork);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_state_starts_from_numbers_and_gives_them_back(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name);
        State state = subject.RunningState();
        float[] numbers = TestNumbers.Random(new Random(1), state.Count);

        state.StartFrom(numbers);

        Same.Bits(numbers, TestNumbers.Values(state), "state");
        var copy = new float[state.Count];
        state.CopyTo(copy);
        Same.Bits(numbers, copy, "copy");
        Assert.Throws<ArgumentException>("values", () => state.StartFrom(new float[state.Count + 1]));
        Assert.Throws<ArgumentException>("values", () => state.CopyTo(new float[state.Count + 1]));
        Same.Bits(numbers, TestNumbers.Values(state), "state");
    }
}
