using System.Diagnostics;
using RnnGen.Serving;

namespace RnnGen.Benchmarks;

/// <summary>A way to keep many streams of one model by their keys.</summary>
internal abstract class ServingContender
{
    private readonly List<double> _seconds = [];

    /// <summary>The best round, in nanoseconds per step.</summary>
    public double Best(int steps) => _seconds.Min() * 1e9 / steps;

    public double Median(int steps) => _seconds.Order().ElementAt(_seconds.Count / 2) * 1e9 / steps;

    /// <summary>Bytes that all threads have allocated in the last round.</summary>
    public long Allocated { get; private set; }

    /// <summary>Steps of some streams, one after the other.</summary>
    protected abstract void Steps(ReadOnlySpan<long> keys);

    /// <summary>A step of each stream.</summary>
    /// <param name="keys">Their keys; each thread has a part of them.</param>
    /// <param name="threads">Number of threads.</param>
    public void Run(long[] keys, int threads)
    {
        using var start = new ManualResetEventSlim();
        int part = keys.Length / threads;
        Task[] tasks = [.. Enumerable.Range(0, threads).Select(thread => Task.Factory.StartNew(
            () =>
            {
                start.Wait();
                Steps(keys.AsSpan(thread * part, thread == threads - 1 ? keys.Length - (thread * part) : part));
            },
            TaskCreationOptions.LongRunning))];
        long before = GC.GetTotalAllocatedBytes(precise: true);
        long now = Stopwatch.GetTimestamp();
        start.Set();
        Task.WaitAll(tasks);
        _seconds.Add(Stopwatch.GetElapsedTime(now).TotalSeconds);
        Allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    public void Forget() => _seconds.Clear();

    protected static float[] Inputs => [0.1f, -0.2f, 0.3f, -0.4f];

    /// <summary>The host.</summary>
    public sealed class Hosted : ServingContender
    {
        private readonly StreamHost<long, float> _host;

        public Hosted(ServedGru model, long[] keys)
        {
            _host = new StreamHost<long, float>(model, keys.Length);
            Array.ForEach(keys, key => _host.Start(key));
        }

        protected override void Steps(ReadOnlySpan<long> keys)
        {
            float[] inputs = Inputs;
            var outputs = new float[1];
            foreach (long key in keys)
            {
                _host.Step(key, inputs, outputs);
            }
        }
    }

    /// <summary>A loop over the same rows of memory, through the same kind of table. Nothing protects a stream from a second thread, an end or other weights.</summary>
    public sealed class Rows : ServingContender
    {
        private readonly ServedGru _model;
        private readonly Dictionary<long, int> _table = [];
        private readonly Slab _slab;

        public Rows(ServedGru model, long[] keys)
        {
            _model = model;
            State initial = model.CreateState();
            _slab = new Slab(initial.RowSize);
            foreach (long key in keys)
            {
                int row = _slab.Take();
                _table.Add(key, row);
                initial.WriteRow(_slab[row]);
            }
        }

        protected override void Steps(ReadOnlySpan<long> keys)
        {
            float[] inputs = Inputs;
            var outputs = new float[1];
            ServedGru.State state = _model.CreateState();
            foreach (long key in keys)
            {
                Span<float> row = _slab[_table[key]];
                state.ReadRow(row);
                _model.Step(state, inputs, outputs);
                state.WriteRow(row);
            }
        }
    }

    /// <summary>A loop over a state for each stream.</summary>
    public sealed class Objects : ServingContender
    {
        private readonly ServedGru _model;
        private readonly Dictionary<long, ServedGru.State> _table = [];

        public Objects(ServedGru model, long[] keys)
        {
            _model = model;
            Array.ForEach(keys, key => _table.Add(key, model.CreateState()));
        }

        protected override void Steps(ReadOnlySpan<long> keys)
        {
            float[] inputs = Inputs;
            var outputs = new float[1];
            foreach (long key in keys)
            {
                _model.Step(_table[key], inputs, outputs);
            }
        }
    }
}
