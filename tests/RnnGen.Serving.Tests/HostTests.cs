using System.Diagnostics.Metrics;
using RnnGen.Serving;
using RnnGen.Testing;

namespace RnnGen.Tests.Serving;

public class HostTests
{
    private static readonly float[] Inputs = [0.5f, -1, 2];

    private readonly float[] _outputs = new float[2];

    [Fact]
    public void Calls_that_do_not_fit_are_refused()
    {
        using var host = new StreamHost<string, float>(new Meter(1), capacity: 2);
        host.Start("a");

        Refuses(StreamStatus.Exists, "There is a stream 'a' already.", () => host.Start("a"));
        Refuses(StreamStatus.Unknown, "There is no stream 'b': it was never started, or it has ended.", () => host.Step("b", Inputs, _outputs));
        Refuses(StreamStatus.Unknown, "There is no stream 'b': it was never started, or it has ended.", () => host.End("b"));
        Refuses(StreamStatus.Unknown, "There is no stream 'b': it was never started, or it has ended.", () => host.Fork("b", "c"));
        Refuses(StreamStatus.Exists, "There is a stream 'a' already.", () => host.Fork("a", "a"));
        host.End("a");
        Refuses(StreamStatus.Unknown, "There is no stream 'a': it was never started, or it has ended.", () => host.End("a"));
        Refuses(StreamStatus.Unknown, @"There is no stream '\u001B[2J': it was never started, or it has ended.", () => host.End("\u001B[2J"));
        Assert.Equal(0, host.Count);
    }

    [Fact]
    public void A_full_host_takes_no_streams_until_one_has_ended()
    {
        using var host = new StreamHost<int, float>(new Meter(1), capacity: 2);
        host.Start(1);
        host.Start(2);

        Refuses(StreamStatus.Full, "There is no room for the stream '3': 2 are live, the capacity of the host.", () => host.Start(3));
        Assert.Equal(StreamStatus.Full, host.TryFork(1, 3));
        Assert.Equal(StreamStatus.Done, host.TryStep(1, Inputs, _outputs));
        Assert.Equal(2, host.Count);
        host.End(1);
        host.Start(3);
        Assert.True(host.Contains(3));
        Assert.False(host.Contains(1));
    }

    [Fact]
    public void A_wrong_length_changes_nothing()
    {
        Meter model = Served.Meter(1);
        using var host = new StreamHost<int, float>(model, capacity: 2);
        host.Start(1);
        host.Step(1, Inputs, _outputs);
        State before = host.CreateState();
        host.CopyTo(1, before);

        Assert.Throws<ArgumentException>("inputs", () => host.Step(1, Inputs.AsSpan(1), _outputs));
        Assert.Throws<ArgumentException>("outputs", () => host.Step(1, Inputs, _outputs.AsSpan(1)));

        Assert.Equal(before.ToBytes(), Bytes(host, 1));
    }

    [Fact]
    public void States_and_models_of_other_classes_are_refused()
    {
        using var host = new StreamHost<int, float>(new Meter(1), capacity: 2);
        State other = new OtherMeter(1).CreateState();
        host.Start(1);

        Assert.Throws<ArgumentException>("from", () => host.Start(2, other));
        Assert.Throws<ArgumentException>("last", () => host.End(1, other));
        Assert.Throws<ArgumentException>("state", () => host.CopyTo(1, other));
        Assert.Throws<ArgumentException>("model", () => host.Swap(new OtherMeter(1)));
        Assert.Throws<ArgumentOutOfRangeException>("capacity", () => new StreamHost<int, float>(new Meter(1), capacity: 0));
        Assert.Equal(1, host.Count);
        Assert.Equal(1, host.Version);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_refused()
    {
        using var host = new StreamHost<int, float>(new Meter(1), capacity: 2);
        var bad = new Meter(1);
        Parameter parameter = bad.Layers[0].Parameters[0];
        parameter.CopyFrom([.. Enumerable.Repeat(float.NaN, parameter.Count)]);

        Assert.Throws<ArgumentException>("model", () => host.Swap(bad));
        Assert.Throws<ArgumentException>("model", () => new StreamHost<int, float>(bad, capacity: 2));
        Assert.Equal(1, host.Version);
    }

    [Fact]
    public void A_stream_ends_with_its_state_and_goes_on_from_it()
    {
        Meter model = Served.Meter(1);
        using var host = new StreamHost<int, float>(model, capacity: 2);
        var alone = model.CreateState();
        var expected = new float[2];
        host.Start(1);
        host.Step(1, Inputs, _outputs);
        model.Step(alone, Inputs, expected);

        State last = host.CreateState();
        host.End(1, last);
        host.Start(2, last);
        host.Step(2, Inputs, _outputs);
        model.Step(alone, Inputs, expected);

        Assert.Equal(expected, _outputs);
        Assert.Equal(alone.ToBytes(), Bytes(host, 2));
    }

    [Fact]
    public void A_key_that_is_started_again_begins_anew()
    {
        using var host = new StreamHost<int, float>(Served.Meter(1), capacity: 2);
        host.Start(1);
        byte[] initial = Bytes(host, 1);
        host.Step(1, Inputs, _outputs);
        host.End(1);

        host.Start(1);

        Assert.Equal(initial, Bytes(host, 1));
    }

    [Theory]
    [InlineData(NonFiniteState.Refuse)]
    [InlineData(NonFiniteState.Reset)]
    public void A_state_that_would_not_be_finite_is_reported(NonFiniteState policy)
    {
        using var host = new StreamHost<int, float>(Served.Meter(1), capacity: 2, new() { NonFinite = policy });
        host.Start(1);
        byte[] initial = Bytes(host, 1);
        host.Step(1, Inputs, _outputs);
        byte[] before = Bytes(host, 1);

        Assert.Equal(StreamStatus.NotFinite, host.TryStep(1, [float.NaN, 0, 0], _outputs));

        Assert.Equal(policy == NonFiniteState.Reset ? initial : before, Bytes(host, 1));
        Refuses(
            StreamStatus.NotFinite,
            policy == NonFiniteState.Reset ? "The state of the stream '1' was not finite after a step: it starts anew." : "The state of the stream '1' would not be finite after the step: it stays as it was before.",
            () => host.Step(1, [float.NaN, 0, 0], _outputs));
        host.Step(1, Inputs, _outputs);
        Assert.All(_outputs, output => Assert.True(float.IsFinite(output)));
    }

    [Fact]
    public void Idle_streams_end_and_are_told()
    {
        var clock = new Clock();
        Keyed model = Keyed.Of(1);
        using var host = new StreamHost<int, float>(model, capacity: 100, new() { TimeProvider = clock });
        for (int key = 0; key < 100; key++)
        {
            host.Start(key, Keyed.StateOf(model, key));
        }

        clock.Pass(TimeSpan.FromMinutes(1));
        host.Step(7, [1], _outputs);
        var told = new Dictionary<int, float>();

        Assert.Equal(0, host.EndIdle(TimeSpan.FromMinutes(2)));
        Assert.Equal(99, host.EndIdle(TimeSpan.FromMinutes(1), (key, state) => told.Add(key, state["Memory.h"][0])));

        Assert.Equal(Enumerable.Range(0, 100).Where(key => key != 7), told.Keys.Order());
        Assert.All(told, stream => Assert.Equal(stream.Key, stream.Value));
        Assert.Equal(1, host.Count);
        Assert.Equal(StreamStatus.Done, host.TryStep(7, [1], _outputs));
        Assert.Throws<ArgumentOutOfRangeException>("limit", () => host.EndIdle(TimeSpan.FromSeconds(-1)));
    }

    [Fact]
    public void An_idle_stream_whose_end_cannot_be_told_is_not_lost()
    {
        Keyed model = Keyed.Of(1);
        using var host = new StreamHost<int, float>(model, capacity: 1);
        host.Start(5, Keyed.StateOf(model, 5));

        Assert.Throws<IOException>(() => host.EndIdle(TimeSpan.Zero, (_, _) => throw new IOException()));

        Assert.Equal(1, host.Count);
        host.Step(5, [1], _outputs);
        Assert.Equal([5, 1], _outputs);
        // It can be started while its end is told, and then ends by itself.
        Assert.Equal(StreamStatus.Full, host.TryStart(6));
        Assert.Equal(1, host.EndIdle(TimeSpan.Zero, (_, _) => Assert.False(host.Contains(5))));
        Assert.Equal(0, host.Count);
    }

    [Fact]
    public void The_model_may_be_trained_on()
    {
        var model = new Meter(1);
        using var host = new StreamHost<int, float>(model, capacity: 1);
        host.Start(1);
        var expected = new float[2];
        new Meter(1).Step(new Meter(1).CreateState(), Inputs, expected);

        model.Initialize(WeightInitialization.PyTorch, seed: 2);

        host.Step(1, Inputs, _outputs);
        Assert.Equal(expected, _outputs);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        using var host = new StreamHost<long, float>(new Meter(1), capacity: 1000);
        for (long key = 0; key < 1000; key++)
        {
            host.Start(key);
        }

        long next = 0;
        Allocations.None(() => host.Step(next++ % 1000, Inputs, _outputs));
        Allocations.None(() => host.TryStep(-1, Inputs, _outputs));

        // A key that is started again takes the memory of the last one.
        Allocations.None(() =>
        {
            host.End(5);
            host.Start(5);
        });
    }

    [Fact]
    public void A_step_that_is_measured_allocates_nothing()
    {
        using var host = new StreamHost<string, int>(new Letters(1), capacity: 10);
        int measured = 0;
        using MeterListener listener = Listen(host, (_, _) => Interlocked.Increment(ref measured));
        var outputs = new float[7];
        host.Start("key");

        Allocations.None(() => host.Step("key", [3], outputs));

        Assert.True(measured > 1000);
    }

    [Fact]
    public void What_happens_is_counted()
    {
        using var host = new StreamHost<int, float>(new Meter(1), capacity: 3);
        var sums = new Dictionary<string, double>();
        using MeterListener listener = Listen(host, (name, value) => sums[name] = sums.GetValueOrDefault(name) + value);

        host.Start(1);
        host.Start(2);
        host.Fork(1, 3);
        host.TryStart(4);
        host.Step(1, Inputs, _outputs);
        host.Step(2, Inputs, _outputs);
        host.TryStep(9, Inputs, _outputs);
        host.End(1);
        host.Swap(new Meter(2));
        host.EndIdle(TimeSpan.Zero);
        host.Start(1);
        listener.RecordObservableInstruments();

        sums.Remove("rnngen.serving.step.duration");
        Assert.Equal(
            "capacity 3, ended 1, idle 2, refused 2, started 4, steps 2, streams 1, version 2",
            string.Join(", ", sums.OrderBy(sum => sum.Key, StringComparer.Ordinal).Select(sum => $"{sum.Key["rnngen.serving.".Length..]} {sum.Value}")));
    }

    /// <summary>Listens to the instruments of one host, which other tests know nothing of.</summary>
    private static MeterListener Listen<TKey, TInput>(StreamHost<TKey, TInput> host, Action<string, double> measured)
        where TKey : notnull
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == host.Meter)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured(instrument.Name, value));
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured(instrument.Name, value));
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured(instrument.Name, value));
        listener.Start();
        return listener;
    }

    private static byte[] Bytes<TKey, TInput>(StreamHost<TKey, TInput> host, TKey key)
        where TKey : notnull
    {
        State state = host.CreateState();
        Assert.True(host.CopyTo(key, state));
        return state.ToBytes();
    }

    private static void Refuses(StreamStatus status, string message, Action action)
    {
        StreamException exception = Assert.Throws<StreamException>(action);
        Assert.Equal((status, message), (exception.Status, exception.Message));
    }

    private sealed class Clock : TimeProvider
    {
        private TimeSpan _now = TimeSpan.FromHours(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public void Pass(TimeSpan time) => _now += time;
    }

    [Fact]
    public void A_step_tells_the_version_that_computed_it()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(version: 1), capacity: 2);
        host.Start(1);
        host.Swap(Keyed.Of(version: 2), LiveStreams.Stay);
        host.Start(2);
        var output = new float[2];

        // The outputs are multiplied by the number of the version.
        foreach (int key in (int[])[1, 2])
        {
            Assert.Equal(StreamStatus.Done, host.TryStep(key, [5], output, out int version));
            Assert.Equal((key, 5 * key), (version, output[1]));
        }

        host.Swap(Keyed.Of(version: 3));
        Assert.Equal(StreamStatus.Done, host.TryStep(1, [1], output, out int next));
        Assert.Equal((3, 18), (next, output[1]));
        Assert.Equal(StreamStatus.Unknown, host.TryStep(3, [1], output, out int none));
        Assert.Equal(0, none);
    }

    [Fact]
    public void A_name_tells_hosts_of_one_model_apart()
    {
        using var first = new StreamHost<int, float>(new Meter(1), capacity: 2, new StreamHostOptions<int> { Name = "first" });
        using var other = new StreamHost<int, float>(new Meter(1), capacity: 2);

        Assert.Equal("host first, model Meter", string.Join(", ", first.Meter.Tags!.Select(tag => $"{tag.Key} {tag.Value}")));
        Assert.Equal("model Meter", string.Join(", ", other.Meter.Tags!.Select(tag => $"{tag.Key} {tag.Value}")));
    }
}
