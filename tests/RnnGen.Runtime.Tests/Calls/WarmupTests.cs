using System.Runtime;
using RnnGen.Tests.Allocation;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Calls;

// No other test uses these, so that nothing of them has been compiled before.

[RnnModel(inputSize: 30, sequenceLength: 40)]
internal sealed partial class WarmTokens
{
    [Embedding(6)]
    public partial Layer Words { get; }

    [Lstm(9)]
    public partial Layer Hidden { get; }

    [Softmax(30)]
    public partial Layer Next { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6)]
internal sealed partial class WarmHeads
{
    [Gru(5)]
    public partial Layer Low { get; }

    [Gru(7, ReturnSequences = false, From = [nameof(Low), Layer.Input])]
    public partial Layer High { get; }

    [Sigmoid(2)]
    public partial Layer Yes { get; }

    [Linear(1, From = [nameof(High)])]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 3, sequenceLength: 6), Rnn(5, Direction = Direction.Bidirectional), Linear(2)]
internal sealed partial class WarmBothWays;

[RnnModel(inputSize: 3, sequenceLength: 6), Rnn(5), Linear(2)]
internal sealed partial class NeverWarm;

[Collection(nameof(AllocationTests))]
public class WarmupTests
{
    [Fact]
    public void After_it_nothing_is_compiled_in_Step_and_Forward_of_tokens()
    {
        var model = new WarmTokens(seed: 1);
        WarmTokens.State state = model.CreateState();
        int[] tokens = [.. Enumerable.Range(0, 29)];
        var outputs = new float[29 * 30];
        model.Warmup();
        AssertCompilesNothing(
            () => model.Step(state, 4, outputs.AsSpan(0, 30)),
            () => model.Forward(state, tokens, outputs));
    }

    [Fact]
    public void After_it_nothing_is_compiled_in_Step_and_Forward_of_several_heads()
    {
        var model = new WarmHeads(seed: 1);
        WarmHeads.State state = model.CreateState();
        var x = new float[6 * 3];
        var yes = new float[2];
        var value = new float[1];
        model.Warmup();
        AssertCompilesNothing(
            () => model.Step(state, x.AsSpan(0, 3), yes, value),
            () => model.Forward(state, x, yes, value));
    }

    [Fact]
    public void After_it_nothing_is_compiled_in_Forward_of_both_directions()
    {
        var model = new WarmBothWays(seed: 1);
        WarmBothWays.State state = model.CreateState();
        var x = new float[6 * 3];
        var y = new float[6 * 2];
        model.Warmup();
        AssertCompilesNothing(() => model.Forward(state, x, y));
    }

    [Fact]
    public void Without_it_the_first_Step_compiles()
    {
        var model = new NeverWarm(seed: 1);
        NeverWarm.State state = model.CreateState();
        var x = new float[3];
        var y = new float[2];
        Assert.NotEqual(0, Compiled(() => model.Step(state, x, y)));
    }

    [Fact]
    public void Model_and_states_stay_as_they_are()
    {
        var model = new ShortLstm(seed: 1);
        ShortLstm.State state = model.CreateState();
        TestNumbers.Fill(state, seed: 2);
        byte[] before = state.ToBytes();
        float[] weights = model.Parameters.ToArray();

        model.Warmup();

        Assert.Equal(before, state.ToBytes());
        Assert.Equal(weights, model.Parameters.ToArray());
    }

    private static void AssertCompilesNothing(params Action[] calls)
    {
        Compiled(() => { });
        foreach (Action call in calls)
        {
            // The first of these is the one that counts; after the others the runtime would have compiled it a second time.
            for (int k = 0; k < 100; k++)
            {
                Assert.Equal(0, Compiled(call));
            }
        }
    }

    /// <summary>Methods that this thread had to wait for.</summary>
    private static long Compiled(Action call)
    {
        // The lambda itself is compiled at its first call: its method is prepared apart from what it calls.
        System.Runtime.CompilerServices.RuntimeHelpers.PrepareDelegate(call);
        long before = JitInfo.GetCompiledMethodCount(currentThread: true);
        call();
        return JitInfo.GetCompiledMethodCount(currentThread: true) - before;
    }
}
