using System.Diagnostics.Metrics;
using RnnGen.Serving;
using RnnGen.Testing;

namespace RnnGen.Tests.Serving;

/// <summary>Steps that wait for others. The clock stands still, so that it is known which steps share a batch.</summary>
public class LaneTests
{
    private const int Lanes = 16;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ManualClock _clock = new();

    [Fact]
    public void Settings_that_do_not_fit_are_refused()
    {
        Assert.Contains("Keyed with a BatchSize", Assert.Throws<ArgumentException>(() => new StreamHost<int, float>(Keyed.Of(1), 1, new() { ConcurrentBatches = 1 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new StreamHost<int, float>(KeyedLanes.Of(1), 1, new() { MaxWait = Wait }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamHost<int, float>(KeyedLanes.Of(1), 1, new() { ConcurrentBatches = -1 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamHost<int, float>(KeyedLanes.Of(1), 1, new() { ConcurrentBatches = 1, MaxWait = -Wait }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamHost<int, float>(KeyedLanes.Of(1), 1, new() { ConcurrentBatches = 1, MaxWait = TimeSpan.FromDays(50) }));
    }

    [Fact]
    public async Task A_step_waits_for_the_stated_time_at_most()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 40);
        List<int> sizes = Sizes(host, out MeterListener listener);
        using MeterListener _ = listener;

        Call[] first = [.. Enumerable.Range(0, 3).Select(key => new Call(host, key))];
        _clock.Pass(Wait - TimeSpan.FromMilliseconds(1));
        Call late = new(host, 3);
        Assert.All(first, call => Assert.False(call.Step.IsCompleted));
        _clock.Pass(TimeSpan.FromMilliseconds(1));
        foreach (Call call in (Call[])[.. first, late])
        {
            await call.Answers(steps: 1);
        }

        // A full batch does not wait, and what is left over waits no longer than any other step.
        Call[] many = [.. Enumerable.Range(0, Lanes + 2).Select(key => new Call(host, key + 10))];
        foreach (Call call in many.Take(Lanes))
        {
            await call.Answers(steps: 1);
        }

        Assert.All(many.Skip(Lanes), call => Assert.False(call.Step.IsCompleted));
        _clock.Pass(Wait);
        foreach (Call call in many.Skip(Lanes))
        {
            await call.Answers(steps: 1);
        }

        Assert.Equal([4, Lanes, 2], sizes);
    }

    [Fact]
    public async Task Steps_of_one_stream_are_taken_in_their_order()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 3);

        Call[] calls = [.. Enumerable.Range(0, 12).Select(call => new Call(host, call % 3))];
        _clock.Pass(Wait);

        for (int call = 0; call < calls.Length; call++)
        {
            await calls[call].Answers(steps: 1 + (call / 3));
        }
    }

    [Fact]
    public async Task A_step_whose_stream_has_ended_is_unknown_and_others_go_on()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 6);
        Call[] calls = [.. Enumerable.Range(0, 6).Select(key => new Call(host, key))];
        State state = host.CreateState();

        host.End(1);
        host.End(2, state);
        Assert.Equal([3f, 0], state["Memory.h"].ToArray());
        host.Start(2, Keyed.StateOf(KeyedLanes.Of(1), 3));
        host.Fork(3, 7);
        using var file = new MemoryStream();
        host.Save(file);
        _clock.Pass(Wait);

        Assert.Equal(StreamStatus.Unknown, (await calls[1].Step).Status);
        foreach (int key in (int[])[0, 2, 3, 4, 5])
        {
            await calls[key].Answers(steps: 1);
        }

        // The fork was there before the step, and so was the file.
        var fork = new float[2];
        host.Step(7, [1], fork);
        Assert.Equal([4, 1], fork);
        file.Position = 0;
        using var next = new StreamHost<int, float>(KeyedLanes.Of(1), 100);
        next.Restore(file);
        next.Step(4, [1], fork);
        Assert.Equal([5, 1], fork);

        // Idle streams end, whatever waits.
        Call last = new(host, 4);
        host.EndIdle(TimeSpan.Zero);
        _clock.Pass(Wait);
        Assert.Equal(new StepResult(StreamStatus.Unknown, 0), await last.Step);
    }

    [Theory]
    [InlineData(LiveStreams.GoOver)]
    [InlineData(LiveStreams.Stay)]
    public async Task Lanes_of_a_batch_have_one_version(LiveStreams live)
    {
        using StreamHost<int, float> host = Host();
        Started(host, 4);
        host.Swap(KeyedLanes.Of(2), live);
        Started(host, 4, from: 4);
        List<int> sizes = Sizes(host, out MeterListener listener);
        using MeterListener _ = listener;

        Call[] calls = [.. Enumerable.Range(0, 8).Select(key => new Call(host, key))];
        Call again = new(host, 0);
        host.Swap(KeyedLanes.Of(3), LiveStreams.Stay);
        _clock.Pass(Wait);

        bool goOver = live == LiveStreams.GoOver;
        for (int key = 0; key < 8; key++)
        {
            await calls[key].Answers(steps: 1, version: goOver || key >= 4 ? 2 : 1);
        }

        await again.Answers(steps: 2, version: goOver ? 2 : 1);
        Assert.Equal(goOver ? [8, 1] : [4, 4, 1], sizes);
    }

    [Theory]
    [InlineData(NonFiniteState.Refuse)]
    [InlineData(NonFiniteState.Reset)]
    public async Task One_bad_lane_does_not_touch_the_others(NonFiniteState policy)
    {
        using StreamHost<int, float> host = Host(policy);
        Started(host, 5);

        Call[] calls = [.. Enumerable.Range(0, 5).Select(key => new Call(host, key, key == 2 ? float.NaN : 1))];
        _clock.Pass(Wait);

        Assert.Equal(new StepResult(StreamStatus.NotFinite, 1), await calls[2].Step);
        foreach (int key in (int[])[0, 1, 3, 4])
        {
            await calls[key].Answers(steps: 1);
        }

        State state = host.CreateState();
        Assert.True(host.CopyTo(2, state));
        Assert.Equal(policy == NonFiniteState.Reset ? [0f, 0] : [3f, 0], state["Memory.h"].ToArray());
        Call throws = new(host, 2, float.NaN, isStrict: true);
        _clock.Pass(Wait);
        Assert.Equal(StreamStatus.NotFinite, (await Assert.ThrowsAsync<StreamException>(() => throws.Strict)).Status);
    }

    [Fact]
    public async Task Wrong_inputs_are_their_callers_alone()
    {
        using var host = new StreamHost<int, int>(new LaneLetters(1), 9, new() { ConcurrentBatches = 1, MaxWait = Wait, TimeProvider = _clock });
        using var alone = new StreamHost<int, int>(new LaneLetters(1), 9);
        var outputs = new float[9][];
        for (int key = 0; key < 8; key++)
        {
            host.Start(key);
            alone.Start(key);
        }

        Assert.Throws<ArgumentException>("inputs", () => { _ = host.TryStepAsync(0, new int[2], new float[7]); });
        Assert.Throws<ArgumentException>("outputs", () => { _ = host.StepAsync(0, new int[1], new float[6]); });
        Task<StepResult>[] steps = [.. Enumerable.Range(0, 9).Select(key => host.TryStepAsync(key, new[] { key == 3 ? 7 : key % 7 }, outputs[key] = new float[7]).AsTask())];

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => steps[3]);
        Assert.Equal(StreamStatus.Unknown, (await steps[8]).Status);
        foreach (int key in (int[])[0, 1, 2, 4, 5, 6, 7])
        {
            var expected = new float[7];
            alone.Step(key, [key % 7], expected);
            Assert.Equal(StreamStatus.Done, (await steps[key]).Status);
            Assert.Equal(expected, outputs[key]);
        }

        Assert.Equal(Bytes(alone, 3), Bytes(host, 3));
    }

    [Fact]
    public async Task Memory_that_is_gone_is_its_callers_alone()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 3);
        var inputs = new Fading(1);
        var outputs = new Fading(2);

        Call good = new(host, 0);
        Task<StepResult> unreadable = host.TryStepAsync(1, inputs.Memory, new float[2]).AsTask();
        Task<StepResult> unwritable = host.TryStepAsync(2, new float[] { 1 }, outputs.Memory).AsTask();
        (inputs.IsGone, outputs.IsGone) = (true, true);
        _clock.Pass(Wait);

        await good.Answers(steps: 1);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => unreadable);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => unwritable);
    }

    [Fact]
    public async Task Inputs_that_the_model_refuses_are_their_callers_alone()
    {
        using var host = new StreamHost<int, float>(new LaneThrowing(1), 8, new() { ConcurrentBatches = 1 });
        using var alone = new StreamHost<int, float>(new LaneThrowing(1), 8);
        for (int key = 0; key < 8; key++)
        {
            host.Start(key);
            alone.Start(key);
        }

        float[] inputs = [.. Enumerable.Range(0, 16).Select(k => k == 6 ? float.NaN : k)];
        var outputs = new float[16];
        var results = new StepResult[8];
        Assert.Throws<ArgumentOutOfRangeException>(() => host.TryStepMany([0, 1, 2, 3, 4, 5, 6, 7], inputs, outputs, results));

        for (int key = 0; key < 8; key++)
        {
            Assert.Equal(new StepResult(StreamStatus.Done, key == 3 ? 0 : 1), results[key]);
            var expected = new float[2];
            if (key != 3)
            {
                alone.Step(key, inputs.AsSpan(2 * key, 2), expected);
            }

            Assert.Equal(expected, outputs.AsSpan(2 * key, 2).ToArray());
        }

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => host.StepAsync(3, new[] { float.NaN, 1 }, new float[2]).AsTask());
        Assert.Equal(Bytes(alone, 3), Bytes(host, 3));
    }

    [Fact]
    public void Many_steps_of_a_wrong_length_change_nothing()
    {
        using var host = new StreamHost<int, float>(KeyedLanes.Of(1), 8, new() { ConcurrentBatches = 2 });
        Started(host, 2);
        float[] memory = new float[6];

        Assert.Throws<ArgumentException>("inputs", () => host.TryStepMany([0, 1], [1], new float[4], new StepResult[2]));
        Assert.Throws<ArgumentException>("outputs", () => host.TryStepMany([0, 1], [1, 1], new float[5], new StepResult[2]));
        Assert.Throws<ArgumentException>("results", () => host.TryStepMany([0, 1], [1, 1], new float[4], new StepResult[1]));
        Assert.ThrowsAny<ArgumentException>(() => host.TryStepMany([0, 1], memory.AsSpan(0, 2), memory.AsSpan(1, 4), new StepResult[2]));
        Assert.True(host.TryStepMany([], [], [], []));

        var outputs = new float[6];
        Assert.True(host.TryStepMany([0, 1, 0], [1, 1, 1], outputs, new StepResult[3]));
        Assert.Equal([1, 1, 2, 1, 1, 2], outputs);
    }

    [Fact]
    public async Task A_step_that_nobody_awaits_is_taken_and_one_is_awaited_once()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 2);
#pragma warning disable CA2012 // What happens if one does is what is tested.
        _ = host.TryStepAsync(0, new float[] { 1 }, new float[2]);
        ValueTask<StepResult> step = host.TryStepAsync(1, new float[] { 1 }, new float[2]);
        Assert.Throws<InvalidOperationException>(() => step.GetAwaiter().GetResult());
        _clock.Pass(Wait);
        Assert.Equal(StreamStatus.Done, (await step).Status);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await step);
#pragma warning restore CA2012
        Call[] again = [new(host, 0), new(host, 1)];
        _clock.Pass(Wait);
        await again[0].Answers(steps: 2);
        await again[1].Answers(steps: 2);
    }

    [Fact]
    public async Task A_caller_that_blocks_does_not_hold_up_the_others_of_its_batch()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 2);
        var second = new TaskCompletionSource<Task>();
        var first = Task.Run(async () =>
        {
            await host.StepAsync(0, new float[] { 1 }, new float[2]).ConfigureAwait(false);
            Assert.True((await second.Task).Wait(Patience));
        });
        second.SetResult(host.StepAsync(1, new float[] { 1 }, new float[2]).AsTask());
        do
        {
            _clock.Pass(Wait);
        }
        while (await Task.WhenAny(first, Task.Delay(1)) != first);

        await first;
    }

    [Fact]
    public async Task What_happens_is_counted()
    {
        using StreamHost<int, float> host = Host();
        Started(host, 3);
        var sums = new Dictionary<string, double>();
        var lasting = new List<double>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter == host.Meter)
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => Count(instrument, value));
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => Count(instrument, value));
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => { lock (lasting) { lasting.Add(value); } });
        listener.Start();

        Call[] calls = [.. Enumerable.Range(0, 4).Select(key => new Call(host, key))];
        _clock.Pass(Wait);
        foreach (Call call in calls)
        {
            await call.Step;
        }

        host.TryStepMany([0, 1, 9], [1, 1, 1], new float[6], new StepResult[3]);
        listener.RecordObservableInstruments();

        Assert.Equal(7, lasting.Count);
        Assert.Equal((5, 5, 2), (sums["rnngen.serving.batch.size"], sums["rnngen.serving.steps"], sums["rnngen.serving.refused"]));

        void Count(Instrument instrument, double value)
        {
            lock (sums)
            {
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
            }
        }
    }

    [Fact]
    public void Many_steps_allocate_nothing()
    {
        using var host = new StreamHost<int, float>(new LaneMeter(1), 100, new() { ConcurrentBatches = 2 });
        Started(host, 100, state: false);
        int[] keys = [.. Enumerable.Range(0, 100)];
        var inputs = new float[300];
        var outputs = new float[200];
        var results = new StepResult[100];

        Allocations.None(() => host.TryStepMany(keys, inputs, outputs, results), calls: 100);
    }

    private StreamHost<int, float> Host(NonFiniteState policy = NonFiniteState.Refuse) =>
        new(KeyedLanes.Of(1), 100, new() { ConcurrentBatches = 1, MaxWait = Wait, TimeProvider = _clock, NonFinite = policy });

    private static void Started(StreamHost<int, float> host, int count, int from = 0, bool state = true)
    {
        var model = KeyedLanes.Of(1);
        for (int key = from; key < from + count; key++)
        {
            host.Start(key, state ? Keyed.StateOf(model, key + 1) : null);
        }
    }

    private static List<int> Sizes(StreamHost<int, float> host, out MeterListener listener)
    {
        var sizes = new List<int>();
        listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == host.Meter && instrument.Name == "rnngen.serving.batch.size")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => sizes.Add(value));
        listener.Start();
        return sizes;
    }

    private static byte[] Bytes<TInput>(StreamHost<int, TInput> host, int key)
    {
        State state = host.CreateState();
        Assert.True(host.CopyTo(key, state));
        return state.ToBytes();
    }

    /// <summary>A step that was called.</summary>
    private sealed class Call
    {
        private readonly int _key;
        private readonly float[] _outputs = new float[2];

        public Call(StreamHost<int, float> host, int key, float input = 1, bool isStrict = false)
        {
            _key = key;
            Step = isStrict ? Task.FromResult(default(StepResult)) : host.TryStepAsync(key, new[] { input }, _outputs).AsTask();
            Strict = isStrict ? host.StepAsync(key, new[] { input }, _outputs).AsTask() : Task.CompletedTask;
        }

        public Task<StepResult> Step { get; }

        public Task Strict { get; }

        public async Task Answers(int steps, int version = 1)
        {
            Assert.Equal(new StepResult(StreamStatus.Done, version), await Step.WaitAsync(Patience));
            Assert.Equal([version * (_key + 1), version * steps], _outputs);
        }
    }

    /// <summary>Memory that can go.</summary>
    private sealed class Fading(int length) : System.Buffers.MemoryManager<float>
    {
        private readonly float[] _memory = new float[length];

        public bool IsGone { get; set; }

        public override Span<float> GetSpan() => IsGone ? throw new ObjectDisposedException(nameof(Fading)) : _memory;

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin()
        {
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
