using System.Diagnostics;
using System.Diagnostics.Metrics;
using RnnGen.Serving;

namespace RnnGen.Benchmarks;

/// <summary>Callers of a host, each of which steps its own streams as fast as it can.</summary>
internal abstract class LanesContender(StreamHost<int, float> host, IRnnModel model, int callers)
{
    // Enough for the percentiles of a round.
    private const int SamplesPerCaller = 1 << 12;

    private readonly List<double> _rates = [];
    private readonly List<double> _bytes = [];
    private readonly List<long> _times = [];
    private readonly Caller[] _callers = [.. Enumerable.Range(0, callers).Select(number => new Caller(number, callers, host.Count, model))];
    private long _steps;
    private long _batches;
    private long _batched;

    /// <summary>Steps per second.</summary>
    public double Rate => _rates.Order().ElementAt(_rates.Count / 2);

    /// <summary>Bytes allocated per step.</summary>
    public double Bytes => _bytes.Order().ElementAt(_bytes.Count / 2);

    public double BatchSize => (double)_batched / _batches;

    protected StreamHost<int, float> Host => host;

    /// <summary>The time within which a part of the steps was answered, in microseconds.</summary>
    public double Latency(double part) => _times.Order().ElementAt((int)(part * (_times.Count - 1))) * 1e6 / Stopwatch.Frequency;

    public void Run(TimeSpan time, bool keep)
    {
        using MeterListener listener = Listen();
        Array.ForEach(_callers, caller => caller.Begin());
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        long end = start + (long)(time.TotalSeconds * Stopwatch.Frequency);
        Task.WaitAll([.. _callers.Select(caller => Start(caller, end))]);
        TimeSpan taken = Stopwatch.GetElapsedTime(start);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
        _steps = _callers.Sum(caller => caller.Steps);
        if (keep)
        {
            _rates.Add(_steps / taken.TotalSeconds);
            _bytes.Add((double)bytes / _steps);
            Array.ForEach(_callers, caller => _times.AddRange(caller.Times));
        }
    }

    protected abstract Task Start(Caller caller, long end);

    private MeterListener Listen()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter == host.Meter && instrument.Name == "rnngen.serving.batch.size")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, size, _, _) =>
        {
            Interlocked.Increment(ref _batches);
            Interlocked.Add(ref _batched, size);
        });
        listener.Start();
        return listener;
    }

    /// <summary>Has every so many streams, and takes the steps of one after the other.</summary>
    public sealed class Caller(int first, int callers, int streams, IRnnModel model)
    {
        private readonly long[] _times = new long[SamplesPerCaller];

        private int _next = first;

        public int Key => _next;

        public float[] Inputs { get; } = new Random(streams).Uniform(model.InputSize);

        public float[] Outputs { get; } = new float[model.OutputSize];

        public int Steps { get; private set; }

        public ReadOnlySpan<long> Times => _times.AsSpan(0, Math.Min(Steps, _times.Length));

        public void Begin() => Steps = 0;

        public void Stepped(long time, int steps = 1)
        {
            _times[Steps++ % _times.Length] = time;
            Steps += steps - 1;
            Next();
        }

        public int Next()
        {
            int key = _next;
            _next = (key + callers) % streams;
            return key;
        }
    }

    /// <summary>Threads that have their messages at hand.</summary>
    public sealed class Threads(StreamHost<int, float> host, IRnnModel model, int callers) : LanesContender(host, model, callers)
    {
        protected override Task Start(Caller caller, long end) => Task.Factory.StartNew(
            () =>
            {
                long start = Stopwatch.GetTimestamp();
                while (start < end)
                {
                    Host.Step(caller.Key, caller.Inputs, caller.Outputs);
                    long now = Stopwatch.GetTimestamp();
                    caller.Stepped(now - start);
                    start = now;
                }
            },
            TaskCreationOptions.LongRunning);
    }

    /// <summary>Threads that have 32 messages at hand.</summary>
    public sealed class Many(StreamHost<int, float> host, IRnnModel model, int callers) : LanesContender(host, model, callers)
    {
        private const int Messages = 32;

        protected override Task Start(Caller caller, long end) => Task.Factory.StartNew(
            () =>
            {
                var keys = new int[Messages];
                float[] inputs = [.. Enumerable.Repeat(caller.Inputs, Messages).SelectMany(input => input)];
                var outputs = new float[Messages * caller.Outputs.Length];
                var results = new StepResult[Messages];
                long start = Stopwatch.GetTimestamp();
                while (start < end)
                {
                    for (int k = 0; k < Messages; k++)
                    {
                        keys[k] = caller.Next();
                    }

                    Host.TryStepMany(keys, inputs, outputs, results);
                    long now = Stopwatch.GetTimestamp();
                    caller.Stepped(now - start, Messages);
                    start = now;
                }
            },
            TaskCreationOptions.LongRunning);
    }

    /// <summary>Tasks that await a message, which the pool has to deliver, and then its answer.</summary>
    public sealed class Tasks(StreamHost<int, float> host, IRnnModel model, int callers) : LanesContender(host, model, callers)
    {
        protected override Task Start(Caller caller, long end) => Task.Run(async () =>
        {
            long start = Stopwatch.GetTimestamp();
            while (start < end)
            {
                await Task.Yield();
                await Host.StepAsync(caller.Key, caller.Inputs, caller.Outputs);
                long now = Stopwatch.GetTimestamp();
                caller.Stepped(now - start);
                start = now;
            }
        });
    }
}
