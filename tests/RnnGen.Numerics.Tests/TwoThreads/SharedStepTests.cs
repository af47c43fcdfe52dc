using System.Diagnostics;
using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.TwoThreads;

/// <summary>A step that two threads share has the bits of a step of one. Others do not run at the same time: these look at who is awake.</summary>
[CollectionDefinition(nameof(SharedStepTests), DisableParallelization = true)]
public class SharedStepCollection;

[Collection(nameof(SharedStepTests))]
public sealed class SharedStepTests : IDisposable
{
    private readonly TimeSpan _before = ParallelSteps.SpinTime;

    public SharedStepTests() => ParallelSteps.SpinTime = Timeout.InfiniteTimeSpan;

    public void Dispose() => ParallelSteps.SpinTime = _before;

    [Fact]
    public void Of_one_layer() => Check<AloneLstm, SharedLstm, float>();

    [Fact]
    public void Of_layers_of_all_kinds() => Check<AloneStack, SharedStack, float>();

    [Fact]
    public void Of_weights_of_16_bits() => Check<AloneHalves, SharedHalves, float>();

    [Fact]
    public void Of_weights_of_8_bits() => Check<AloneBytes, SharedBytes, float>();

    [Fact]
    public void Of_weights_of_4_bits() => Check<AloneNibbles, SharedNibbles, float>();

    [Fact]
    public void Of_tokens() => Check<AloneTokens, SharedTokens, int>();

    [Fact]
    public void Of_which_bad_ones_are_left_out() => Check<AloneHeld, SharedHeld, float>(bad: 5);

    [Fact]
    public void Of_a_layer_whose_last_step_is_read() => Check<AloneToOne, SharedToOne, float>();

    [Fact]
    public void Threads_that_find_no_partner_compute_alone()
    {
        var alone = new AloneLstm(seed: 5);
        var shared = new SharedLstm(seed: 5);
        float[] inputs = Inputs<float>(new Random(1), 40 * 64, 64);
        var expected = new float[40 * 128];
        AloneLstm.State start = alone.CreateState();
        for (int step = 0; step < 40; step++)
        {
            alone.Step(start, inputs.AsSpan(step * 64, 64), expected.AsSpan(step * 128, 128));
        }

        // More threads than there can be partners, and garbage in between.
        Parallel.For(0, 2 * Environment.ProcessorCount, thread =>
        {
            var found = new float[expected.Length];
            SharedLstm.State state = shared.CreateState();
            for (int k = 0; k < 20; k++)
            {
                state.Reset();
                shared.Forward(state, inputs, found);
                Assert.Equal(expected, found);
                if (thread == 0)
                {
                    GC.Collect();
                }
            }
        });
    }

    [Fact]
    public void Weights_that_change_between_steps_are_seen_by_both()
    {
        var alone = new AloneBytes(seed: 5);
        var shared = new SharedBytes(seed: 5);
        AloneBytes.State aloneState = alone.CreateState();
        SharedBytes.State sharedState = shared.CreateState();
        Wake();
        float[] inputs = Inputs<float>(new Random(1), 128, 128);
        var expected = new float[4];
        var found = new float[4];
        for (int seed = 0; seed < 20; seed++)
        {
            var file = new MemoryStream();
            new AloneBytes(seed).Save(file);
            alone.LoadWeights(file.ToArray());
            shared.LoadWeights(file.ToArray());
            alone.Step(aloneState, inputs, expected);
            shared.Step(sharedState, inputs, found);
            Assert.Equal(expected, found);
        }
    }

    [Fact]
    public void A_partner_sleeps_when_no_steps_come_and_wakes_when_they_do()
    {
        if (Environment.ProcessorCount == 1)
        {
            return;
        }

        Wake();
        ParallelSteps.SpinTime = TimeSpan.FromMilliseconds(1);
        Assert.True(Soon(() => !IsAwake()));

        // Those that come more seldom wake nobody; these do.
        Assert.False(IsAwake());
        ParallelSteps.SpinTime = TimeSpan.FromSeconds(1);
        Wake();
    }

    [Fact]
    public void Without_a_time_to_wait_nobody_is_woken()
    {
        ParallelSteps.SpinTime = TimeSpan.Zero;
        Assert.True(Soon(() => !IsAwake()));
        Check<AloneLstm, SharedLstm, float>(wake: false);
        Assert.False(IsAwake());
    }

    [Fact]
    public void The_time_to_wait_is_that_which_was_set()
    {
        Assert.Equal(Timeout.InfiniteTimeSpan, ParallelSteps.SpinTime);
        foreach (TimeSpan time in new[] { TimeSpan.Zero, TimeSpan.FromMilliseconds(20), TimeSpan.FromDays(300) })
        {
            ParallelSteps.SpinTime = time;
            Assert.Equal(time, ParallelSteps.SpinTime);
        }

        ParallelSteps.SpinTime = TimeSpan.MaxValue;
        Assert.Equal(Timeout.InfiniteTimeSpan, ParallelSteps.SpinTime);

        Assert.Throws<ArgumentOutOfRangeException>("value", () => ParallelSteps.SpinTime = TimeSpan.FromTicks(-1));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => ParallelSteps.SpinTime = TimeSpan.MinValue);
    }

    private static void Check<TAlone, TShared, TInput>(int bad = 0, bool wake = true)
        where TAlone : class, IRnnStreamingModel<TInput>, IRnnModelFactory<TAlone>
        where TShared : class, IRnnStreamingModel<TInput>, IRnnModelFactory<TShared>
        where TInput : struct
    {
        TAlone alone = TAlone.Create(7);
        TShared shared = TShared.Create(7);
        State aloneState = alone.CreateState();
        State sharedState = shared.CreateState();
        var random = new Random(3);
        int width = alone.GetInputLength(1);
        var expected = new float[alone.OutputSize];
        var found = new float[alone.OutputSize];
        if (wake)
        {
            Wake();
        }

        for (int step = 0; step < 300; step++)
        {
            TInput[] inputs = Inputs<TInput>(random, width, alone.InputSize);
            if (step % 50 < bad)
            {
                inputs[random.Next(width)] = (TInput)(object)float.NaN;
            }

            alone.Step(aloneState, inputs, expected);
            shared.Step(sharedState, inputs, found);
            Assert.Equal(expected, found);
        }

        Assert.Equal(Values(aloneState), Values(sharedState));

        // Windows of models for one thread may add the sums of their inputs in another order, so that they are compared with steps.
        TInput[] window = Inputs<TInput>(random, 40 * width, alone.InputSize);
        var outputs = new float[shared.GetOutputLength(40)];
        shared.Forward(sharedState, window, outputs);
        for (int step = 0; step < 40; step++)
        {
            alone.Step(aloneState, window.AsSpan(step * width, width), expected);
        }

        Assert.Equal(Values(aloneState), Values(sharedState));
    }

    /// <summary>Lets a partner wake up, if there is one on this machine.</summary>
    private static void Wake() => Assert.True(Environment.ProcessorCount == 1 || Soon(IsAwake));

    private static bool IsAwake()
    {
        if (StepPartner.Take() is not StepPartner partner)
        {
            return false;
        }

        float nothing = 0;
        partner.End(ref nothing, ref nothing, ref nothing, ref nothing);
        return true;
    }

    private static bool Soon(Func<bool> condition)
    {
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 30; Thread.Sleep(1))
        {
            if (condition())
            {
                return true;
            }
        }

        return false;
    }

    private static float[] Values(State state)
    {
        var values = new float[state.Count];
        state.CopyTo(values);
        return values;
    }

    private static TInput[] Inputs<TInput>(Random random, int length, int size)
        where TInput : struct =>
        [.. Enumerable.Range(0, length).Select(_ => typeof(TInput) == typeof(int) ? (TInput)(object)random.Next(size) : (TInput)(object)((random.NextSingle() * 2) - 1))];
}
