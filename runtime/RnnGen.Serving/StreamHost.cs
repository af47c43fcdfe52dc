using System.Diagnostics;
using System.Diagnostics.Metrics;
using RnnGen.Checkpoints;

namespace RnnGen.Serving;

/// <summary>
/// Many streams of one model, each with a key. All methods can be called by many threads at the same time. A stream takes one step at a time, in the order in which the calls
/// come in; to have an order, wait for a step before you send the next one. A step allocates nothing.
/// <code>
/// using var host = new StreamHost&lt;long, float&gt;(model, capacity: 1_000_000);
/// host.Start(key);
/// host.Step(key, inputs, outputs);
/// host.End(key);
/// </code>
/// </summary>
/// <typeparam name="TKey">The keys of the streams. They must not change, as in a <see cref="Dictionary{TKey, TValue}"/>.</typeparam>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
public sealed partial class StreamHost<TKey, TInput> : IDisposable
    where TKey : notnull
{
    // So many that threads seldom want the same one.
    private const int ShardsPerCore = 32;

    private readonly Lock _swapping = new();
    private readonly Population _population;
    private readonly StreamHostOptions<TKey> _options;
    private readonly IEqualityComparer<TKey> _comparer;
    private readonly Shard<TKey, TInput>[] _shards;
    private readonly HostMetrics _metrics;
    private readonly HostLog _log;
    private ModelVersion<TInput> _current;

    /// <summary>Creates a host without streams.</summary>
    /// <param name="model">The model. The host takes a copy, so that this one may be trained on.</param>
    /// <param name="capacity">The most streams that are live at the same time, at least 1. Memory is only taken for streams that are started.</param>
    /// <param name="options">The settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">A weight is NaN or infinite; or the options ask for batches, and the model has none.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1, or a setting is not in its range.</exception>
    public StreamHost(IRnnStreamingModel<TInput> model, int capacity, StreamHostOptions<TKey>? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _options = options ?? new StreamHostOptions<TKey>();
        _log = new HostLog(_options.Logger, _options.TimeProvider);
        _comparer = _options.Comparer ?? EqualityComparer<TKey>.Default;
        _population = new Population(capacity);
        CheckBatches(model, _options);
        int shards = _options.ConcurrentBatches > 0 ? _options.ConcurrentBatches : ShardsPerCore * Environment.ProcessorCount;
        _current = new ModelVersion<TInput>(model, number: 1, shards, hasLanes: _options.ConcurrentBatches > 0);
        _shards = new Shard<TKey, TInput>[shards];
        for (int shard = 0; shard < shards; shard++)
        {
            _shards[shard] = new Shard<TKey, TInput>(shard, _current, _population, _options);
        }

        _metrics = new HostMetrics(model.Weights.Model, _options.Name, _population, () => _shards.Sum(shard => shard.Steps), () => Version);
        _waiting = [.. _shards.Take(_options.ConcurrentBatches).Select(shard => new WaitingSteps<TKey, TInput>(
            this, shard, ((IRnnBatchModel<TInput>)model).BatchSize, _options, _metrics))];
    }

    /// <summary>Number of live streams.</summary>
    public int Count => _population.Count;

    /// <summary>The most streams that are live at the same time.</summary>
    public int Capacity => _population.Capacity;

    /// <summary>The number of the weights that streams are started with: 1, and one more with each <see cref="Swap"/>.</summary>
    public int Version => Volatile.Read(ref _current).Number;

    /// <summary>Creates a state for <see cref="CopyTo"/> and for what the methods take and give: that of a stream by itself.</summary>
    /// <returns>The state.</returns>
    public State CreateState() => Volatile.Read(ref _current).Model.CreateState();

    /// <summary>Whether a stream is live.</summary>
    /// <param name="key">Its key.</param>
    /// <returns>Whether it is; another thread may change that at any time.</returns>
    public bool Contains(TKey key) => ShardOf(key).Contains(key);

    /// <summary>Starts a stream.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="from">What it continues from, of a stream of the same model class; null, the default, to start a new sequence. It is only read.</param>
    /// <exception cref="ArgumentException">The state belongs to another model; nothing was changed.</exception>
    /// <exception cref="StreamException">The key is live already, or the host is full; nothing was changed.</exception>
    public void Start(TKey key, State? from = null) => Require(TryStart(key, from), key);

    /// <inheritdoc cref="Start"/>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Exists"/> or <see cref="StreamStatus.Full"/>.</returns>
    public StreamStatus TryStart(TKey key, State? from = null)
    {
        CheckState(from, nameof(from));
        return Logged(_metrics.Started(ShardOf(key).Start(key, from)), key);
    }

    /// <summary>One step of a stream: reads the input, advances the state, writes the output.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="inputs">[InputSize], or one token.</param>
    /// <param name="outputs">Receives [OutputSize]; with several heads, the outputs of the first head, then those of the next.</param>
    /// <exception cref="ArgumentException">A span has the wrong length, or spans overlap; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary; nothing was changed.</exception>
    /// <exception cref="StreamException">There is no such stream, or its state would not be finite.</exception>
    public void Step(TKey key, ReadOnlySpan<TInput> inputs, Span<float> outputs) => Require(TryStep(key, inputs, outputs), key);

    /// <inheritdoc cref="Step"/>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Unknown"/> or <see cref="StreamStatus.NotFinite"/>.</returns>
    public StreamStatus TryStep(TKey key, ReadOnlySpan<TInput> inputs, Span<float> outputs) => TryStep(key, inputs, outputs, out _);

    /// <summary>As <see cref="TryStep(TKey, ReadOnlySpan{TInput}, Span{float})"/>, and tells the weights.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="inputs">[InputSize], or one token.</param>
    /// <param name="outputs">Receives [OutputSize]; with several heads, the outputs of the first head, then those of the next.</param>
    /// <param name="version">Receives the version that computed the step; 0 if there is no such stream.</param>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Unknown"/> or <see cref="StreamStatus.NotFinite"/>.</returns>
    /// <exception cref="ArgumentException">A span has the wrong length, or spans overlap; nothing was changed.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The token is not in the vocabulary; nothing was changed.</exception>
    public StreamStatus TryStep(TKey key, ReadOnlySpan<TInput> inputs, Span<float> outputs, out int version)
    {
        if (_metrics.MeasuresSteps)
        {
            long start = Stopwatch.GetTimestamp();
            StreamStatus status = ShardOf(key).Step(key, inputs, outputs, out version);
            return Logged(_metrics.Stepped(status, Stopwatch.GetElapsedTime(start)), key);
        }

        return Logged(_metrics.Stepped(ShardOf(key).Step(key, inputs, outputs, out version)), key);
    }

    /// <summary>Starts a second stream that continues, independently, from where another one is, with the same weights.</summary>
    /// <param name="key">The key of the stream that there is.</param>
    /// <param name="fork">The key of the second one.</param>
    /// <exception cref="StreamException">There is no such stream, the second key is live already, or the host is full; nothing was changed.</exception>
    public void Fork(TKey key, TKey fork)
    {
        StreamStatus status = TryFork(key, fork);
        Require(status, status == StreamStatus.Unknown ? key : fork);
    }

    /// <inheritdoc cref="Fork"/>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Unknown"/>, <see cref="StreamStatus.Exists"/> or <see cref="StreamStatus.Full"/>.</returns>
    public StreamStatus TryFork(TKey key, TKey fork)
    {
        State state = CreateState();
        return Logged(_metrics.Started(ShardOf(key).Copy(key, state) is ModelVersion<TInput> version ? ShardOf(fork).Fork(fork, state, version) : StreamStatus.Unknown), fork);
    }

    /// <summary>Copies the state of a stream, to look at it or to store it.</summary>
    /// <param name="key">The key of the stream.</param>
    /// <param name="state">Receives it; from <see cref="CreateState"/>.</param>
    /// <returns>Whether there is such a stream.</returns>
    /// <exception cref="ArgumentException">The state belongs to another model.</exception>
    public bool CopyTo(TKey key, State state)
    {
        ArgumentNullException.ThrowIfNull(state);
        CheckState(state, nameof(state));
        return ShardOf(key).Copy(key, state) is not null;
    }

    /// <summary>Ends a stream.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="last">Receives its last state; null, the default, to drop that.</param>
    /// <exception cref="ArgumentException">The state belongs to another model; nothing was changed.</exception>
    /// <exception cref="StreamException">There is no such stream.</exception>
    public void End(TKey key, State? last = null) => Require(TryEnd(key, last), key);

    /// <inheritdoc cref="End"/>
    /// <returns><see cref="StreamStatus.Done"/> or <see cref="StreamStatus.Unknown"/>.</returns>
    public StreamStatus TryEnd(TKey key, State? last = null)
    {
        CheckState(last, nameof(last));
        return _metrics.Ended(ShardOf(key).End(key, last));
    }

    /// <summary>
    /// Ends all streams that have been idle for a time. Call it now and then, such as by a <see cref="PeriodicTimer"/>: the host does not do so by itself.
    /// </summary>
    /// <param name="limit">How long a stream may be idle: since its last step or, without one, since its start.</param>
    /// <param name="ended">
    /// Is told the key of each and its last state, which is valid until it returns. The stream has ended by then, and its place is free when it returns. If it throws an exception, the stream
    /// goes on, and so do those that were not looked at yet; the exception is not caught.
    /// </param>
    /// <returns>The number of streams that have ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative.</exception>
    public int EndIdle(TimeSpan limit, Action<TKey, State>? ended = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        using Activity? activity = HostMetrics.Source.StartActivity("rnngen.serving.end_idle");
        TimeProvider clock = _options.TimeProvider;
        long since = clock.GetTimestamp() - (long)(limit.TotalSeconds * clock.TimestampFrequency);
        State last = CreateState();
        int count = 0;
        try
        {
            foreach (Shard<TKey, TInput> shard in _shards)
            {
                shard.EndIdle(since, last, ended, ref count);
            }

            return count;
        }
        finally
        {
            _metrics.Idle(count);
            if (count > 0)
            {
                _log.IdleEnded(count);
            }

            activity?.SetTag("streams", count);
        }
    }

    /// <summary>
    /// Replaces the weights while streams run: no step waits for longer than another step takes, and each is computed with the weights of one version. The new version is
    /// copied, checked and warmed up before.
    /// </summary>
    /// <param name="model">A model of the same class. The host takes a copy, so that this one may be trained on.</param>
    /// <param name="live">Whether live streams go over to the new weights, the default, or stay with theirs until they end.</param>
    /// <returns>The number of the new version.</returns>
    /// <exception cref="ArgumentException">The model is of another class, or a weight is NaN or infinite; nothing was changed.</exception>
    public int Swap(IRnnStreamingModel<TInput> model, LiveStreams live = LiveStreams.GoOver)
    {
        ArgumentNullException.ThrowIfNull(model);
        using Activity? activity = HostMetrics.Source.StartActivity("rnngen.serving.swap");
        lock (_swapping)
        {
            if (model.GetType() != _current.Model.GetType())
            {
                throw new ArgumentException($"Expected a model of the class {_current.Model.GetType()}, found {model.GetType()}.", nameof(model));
            }

            var version = new ModelVersion<TInput>(model, _current.Number + 1, _shards.Length, hasLanes: _waiting.Length > 0);
            foreach (Shard<TKey, TInput> shard in _shards)
            {
                shard.Serve(version, live);
            }

            Volatile.Write(ref _current, version);
            activity?.SetTag("version", version.Number);
            _log.Swapped(version.Number, live);
            return version.Number;
        }
    }

    /// <summary>Ends the metrics of the host. Streams need not be ended before.</summary>
    public void Dispose() => _metrics.Dispose();

    internal IEqualityComparer<TKey> Comparer => _comparer;

    internal Meter Meter => _metrics.Meter;

    internal HostLog Log => _log;

    /// <summary>Copies all streams, shard by shard: the streams of one take no steps meanwhile.</summary>
    internal IEnumerable<(TKey[] Keys, float[] Rows)> Copy() => _shards.Select(shard => shard.Copy());

    /// <summary>Starts all of some streams or, with an exception, none. Other calls wait.</summary>
    /// <param name="keys">The keys, all different.</param>
    /// <param name="read">Reads the state of the stream with an index.</param>
    /// <exception cref="StreamException">One of the keys is live, or there is not enough room.</exception>
    internal void StartAll(IReadOnlyList<TKey> keys, Action<int, State> read)
    {
        State state = CreateState();
        int entered = 0;
        try
        {
            foreach (Shard<TKey, TInput> shard in _shards)
            {
                shard.Gate.Enter();
                entered++;
            }

            foreach (TKey key in keys)
            {
                Require(ShardOf(key).Has(key) ? StreamStatus.Exists : StreamStatus.Done, key);
            }

            if (!_population.TryEnter(keys.Count))
            {
                throw new StreamException(StreamStatus.Full, $"There is no room for {keys.Count} streams: the capacity is {Capacity}, and {Count} are live.");
            }

            for (int k = 0; k < keys.Count; k++)
            {
                read(k, state);
                ShardOf(keys[k]).Add(keys[k], state);
            }
        }
        finally
        {
            for (int shard = 0; shard < entered; shard++)
            {
                _shards[shard].Gate.Exit();
            }
        }
    }

    private Shard<TKey, TInput> ShardOf(TKey key) => _shards[ShardIndexOf(key)];

    private int ShardIndexOf(TKey key)
    {
        // Fibonacci hashing: the table of a shard goes by the hash itself.
        int hash = _options.Comparer is null ? EqualityComparer<TKey>.Default.GetHashCode(key) : _comparer.GetHashCode(key);
        return (int)(((ulong)((uint)hash * 0x9E3779B9u) * (ulong)_shards.Length) >> 32);
    }

    private void CheckState(State? state, string name)
    {
        if (state is not null && !_current.IsOwn(state))
        {
            throw new ArgumentException($"The state belongs to another model: {state.GetType()}.", name);
        }
    }

    private StreamStatus Logged(StreamStatus status, TKey key)
    {
        if (status != StreamStatus.Done)
        {
            _log.Refused(status, key, Capacity);
        }

        return status;
    }

    internal void Require(StreamStatus status, TKey key)
    {
        if (status != StreamStatus.Done)
        {
            throw Refused(status, Printable.Name(key.ToString() ?? ""));
        }
    }

    private StreamException Refused(StreamStatus status, string key) => new(status, status switch
    {
        StreamStatus.Unknown => $"There is no stream '{key}': it was never started, or it has ended.",
        StreamStatus.Exists => $"There is a stream '{key}' already.",
        StreamStatus.Full => $"There is no room for the stream '{key}': {Capacity} are live, the capacity of the host.",
        _ when _options.NonFinite == NonFiniteState.Reset => $"The state of the stream '{key}' was not finite after a step: it starts anew.",
        _ => $"The state of the stream '{key}' would not be finite after the step: it stays as it was before.",
    });
}
