using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.Serving;

/// <summary>
/// Some of the streams of a host, by their keys. Only one thread is in it at a time, for as long as a step or a batch of steps takes: so a stream takes one step at a time, and streams of
/// different shards take theirs at the same time.
/// </summary>
internal sealed partial class Shard<TKey, TInput>
    where TKey : notnull
{
    private readonly int _index;
    private readonly Population _population;
    private readonly StreamHostOptions<TKey> _options;
    private readonly Dictionary<TKey, Entry> _streams;
    private readonly Slab _slab;
    private readonly LaneMemory<TInput>? _lanes;

    // A stream has an index of these. One without streams is taken for the next version that is needed.
    private Served[] _served;
    private int _current;

    // Streams with a version before this one have gone over.
    private int _oldest;
    private long _steps;

    public Shard(int index, ModelVersion<TInput> version, Population population, StreamHostOptions<TKey> options)
    {
        _index = index;
        _population = population;
        _options = options;
        _streams = new Dictionary<TKey, Entry>(options.Comparer);
        _slab = new Slab(version.StateOf(index).RowSize);
        _served = [new Served(version, index)];
        _lanes = version.BatchOf(index) is null ? null : new LaneMemory<TInput>((IRnnBatchModel<TInput>)version.Model);
    }

    /// <summary>Whoever calls <see cref="Add"/> or <see cref="Has"/> holds it.</summary>
    public Lock Gate { get; } = new();

    /// <summary>Number of steps that were taken.</summary>
    public long Steps => Volatile.Read(ref _steps);

    public bool Contains(TKey key)
    {
        lock (Gate)
        {
            return Has(key);
        }
    }

    public bool Has(TKey key) => _streams.ContainsKey(key);

    public StreamStatus Step(TKey key, ReadOnlySpan<TInput> inputs, Span<float> outputs, out int version)
    {
        lock (Gate)
        {
            ref Entry stream = ref Find(key);
            if (Unsafe.IsNullRef(ref stream))
            {
                version = 0;
                return StreamStatus.Unknown;
            }

            Served served = _served[stream.Served];
            version = served.Version.Number;
            State state = served.State;
            Span<float> row = _slab[stream.Row];
            state.ReadRow(row);
            served.Version.Model.Step(state, inputs, outputs);
            _steps++;
            stream.Used = _options.TimeProvider.GetTimestamp();
            if (state.IsFinite)
            {
                state.WriteRow(row);
                return StreamStatus.Done;
            }

            return NotFinite(state, row);
        }
    }

    /// <summary>Starts a stream with the current version.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="from">What it continues from; null for the initial state.</param>
    public StreamStatus Start(TKey key, State? from)
    {
        lock (Gate)
        {
            State state = _served[_current].State;
            if (from is null)
            {
                state.Reset();
            }

            return Enter(key, from ?? state, _served[_current].Version);
        }
    }

    /// <summary>Starts a stream with the version of another.</summary>
    public StreamStatus Fork(TKey key, State from, ModelVersion<TInput> version)
    {
        lock (Gate)
        {
            return Enter(key, from, version);
        }
    }

    /// <summary>Copies the state of a stream, and tells its version; null if there is no such stream.</summary>
    public ModelVersion<TInput>? Copy(TKey key, State state)
    {
        lock (Gate)
        {
            ref Entry stream = ref Find(key);
            if (Unsafe.IsNullRef(ref stream))
            {
                return null;
            }

            state.ReadRow(_slab[stream.Row]);
            return _served[stream.Served].Version;
        }
    }

    public StreamStatus End(TKey key, State? last)
    {
        if (Remove(key, long.MaxValue, last) is null)
        {
            return StreamStatus.Unknown;
        }

        _population.Leave();
        return StreamStatus.Done;
    }

    /// <summary>Ends the streams that were not used since a time.</summary>
    /// <param name="since">The time.</param>
    /// <param name="last">Memory for their states.</param>
    /// <param name="ended">Is told each of them.</param>
    /// <param name="count">Their number is added to it, also if one cannot be told.</param>
    public void EndIdle(long since, State last, Action<TKey, State>? ended, ref int count)
    {
        var keys = new List<TKey>();
        lock (Gate)
        {
            foreach ((TKey key, Entry stream) in _streams)
            {
                if (stream.Used <= since)
                {
                    keys.Add(key);
                }
            }
        }

        foreach (TKey key in keys)
        {
            if (Remove(key, since, last) is ModelVersion<TInput> version)
            {
                Tell(key, version, last, ended);
                count++;
            }
        }
    }

    /// <summary>Streams that are started later have a version, and so have live ones if they go over.</summary>
    public void Serve(ModelVersion<TInput> version, LiveStreams live)
    {
        lock (Gate)
        {
            if (live == LiveStreams.Stay)
            {
                _current = IndexOf(version);
                return;
            }

            _oldest = version.Number;
            foreach (Served served in _served)
            {
                served.Serve(version, _index);
            }
        }
    }

    /// <summary>Adds a stream that has its place in the population, and whose key is not live.</summary>
    /// <param name="key">The key.</param>
    /// <param name="from">What it continues from.</param>
    /// <param name="version">Its version; null for the current one.</param>
    public void Add(TKey key, State from, ModelVersion<TInput>? version = null)
    {
        int served = version is null || version.Number < _oldest ? _current : IndexOf(version);
        int row = _slab.Take();
        try
        {
            _streams.Add(key, new Entry { Row = row, Served = served, Used = _options.TimeProvider.GetTimestamp() });
        }
        catch
        {
            _slab.Return(row);
            throw;
        }

        from.WriteRow(_slab[row]);
        _served[served].Streams++;
    }

    /// <summary>Copies all streams: their keys, and their rows one behind the other.</summary>
    public (TKey[] Keys, float[] Rows) Copy()
    {
        lock (Gate)
        {
            int size = _served[0].State.RowSize;
            var keys = new TKey[_streams.Count];
            float[] rows = GC.AllocateUninitializedArray<float>(checked(keys.Length * size));
            int count = 0;
            foreach ((TKey key, Entry stream) in _streams)
            {
                _slab[stream.Row].CopyTo(rows.AsSpan(count * size));
                keys[count++] = key;
            }

            return (keys, rows);
        }
    }

    /// <summary>A step would leave a state that is not finite.</summary>
    private StreamStatus NotFinite(State state, Span<float> row)
    {
        if (_options.NonFinite == NonFiniteState.Reset)
        {
            state.Reset();
            state.WriteRow(row);
        }

        return StreamStatus.NotFinite;
    }

    private ref Entry Find(TKey key) => ref CollectionsMarshal.GetValueRefOrNullRef(_streams, key);

    private StreamStatus Enter(TKey key, State from, ModelVersion<TInput> version)
    {
        if (Has(key))
        {
            return StreamStatus.Exists;
        }

        if (!_population.TryEnter())
        {
            return StreamStatus.Full;
        }

        try
        {
            Add(key, from, version);
            return StreamStatus.Done;
        }
        catch
        {
            _population.Leave();
            throw;
        }
    }

    /// <summary>Removes a stream, unless it was used after a time. Its place in the population stays taken.</summary>
    private ModelVersion<TInput>? Remove(TKey key, long since, State? last)
    {
        lock (Gate)
        {
            ref Entry found = ref Find(key);
            if (Unsafe.IsNullRef(ref found) || found.Used > since)
            {
                return null;
            }

            Entry stream = found;
            last?.ReadRow(_slab[stream.Row]);
            _streams.Remove(key);
            _slab.Return(stream.Row);
            Served served = _served[stream.Served];
            served.Streams--;
            return served.Version;
        }
    }

    /// <summary>A stream whose end cannot be told goes on, so that it is not lost; only if another one has its key by now, it has ended.</summary>
    private void Tell(TKey key, ModelVersion<TInput> version, State last, Action<TKey, State>? ended)
    {
        bool hasEnded = true;
        try
        {
            ended?.Invoke(key, last);
        }
        catch
        {
            lock (Gate)
            {
                if (!Has(key))
                {
                    Add(key, last, version);
                    hasEnded = false;
                }
            }

            throw;
        }
        finally
        {
            if (hasEnded)
            {
                _population.Leave();
            }
        }
    }

    private int IndexOf(ModelVersion<TInput> version)
    {
        int unused = -1;
        for (int index = 0; index < _served.Length; index++)
        {
            if (_served[index].Version == version)
            {
                return index;
            }

            unused = _served[index].Streams == 0 && index != _current ? index : unused;
        }

        if (unused < 0)
        {
            _served = [.. _served, new Served(version, _index)];
            return _served.Length - 1;
        }

        _served[unused].Serve(version, _index);
        return unused;
    }

    private struct Entry
    {
        public int Row;
        public int Served;
        public long Used;
    }

    /// <summary>A version, the state and the batch that its steps are taken in, and how many streams have it.</summary>
    private sealed class Served(ModelVersion<TInput> version, int shard)
    {
        public ModelVersion<TInput> Version { get; private set; } = version;

        public State State { get; private set; } = version.StateOf(shard);

        public Batch? Batch { get; private set; } = version.BatchOf(shard);

        public int Streams { get; set; }

        public void Serve(ModelVersion<TInput> next, int shard)
        {
            Version = next;
            State = next.StateOf(shard);
            Batch = next.BatchOf(shard);
        }
    }
}
