using RnnGen;
using RnnGen.Serving;

/// <summary>
/// All streams. A live one takes steps. One whose client is silent comes to rest, so that its place is free, and is live again with its next reading: it goes on from the state that it had.
/// </summary>
public sealed class Streams : IDisposable
{
    private readonly StreamHost<string, float> _live;
    private readonly StreamHost<string, float> _resting;

    // Held while streams come to rest or wake up; not by steps.
    private readonly Lock _moving = new();

    /// <param name="detector">The first weights.</param>
    /// <param name="options">The settings.</param>
    /// <param name="logs">Receive what happens to streams.</param>
    public Streams(Detector detector, ServiceOptions options, ILoggerFactory logs)
    {
        Served = new ServedModel(detector, 1);
        _live = new StreamHost<string, float>(detector, options.Capacity, new StreamHostOptions<string> { Name = "live", Logger = logs.CreateLogger("Streams.Live") });
        _resting = new StreamHost<string, float>(detector, options.RestingCapacity, new StreamHostOptions<string> { Name = "resting", Logger = logs.CreateLogger("Streams.Resting") });
        Health = new StreamHostHealth<string, float>(_live);
    }

    /// <summary>Is told the key of each stream that is live no longer.</summary>
    public event Action<string>? Left;

    /// <summary>The weights that streams are served with, and the number of their version.</summary>
    public ServedModel Served { get; private set; }

    /// <summary>Degraded while there is hardly any room for live streams.</summary>
    public StreamHostHealth<string, float> Health { get; }

    /// <summary>Number of live streams.</summary>
    public int Count => _live.Count;

    /// <summary>The most live streams.</summary>
    public int Capacity => _live.Capacity;

    /// <summary>Number of streams that rest.</summary>
    public int Resting => _resting.Count;

    /// <summary>Makes a stream live: it goes on if there is one, and begins if not.</summary>
    /// <returns><see cref="StreamStatus.Done"/> or <see cref="StreamStatus.Full"/>.</returns>
    public StreamStatus Open(string key)
    {
        if (_live.Contains(key))
        {
            return StreamStatus.Done;
        }

        lock (_moving)
        {
            State state = _live.CreateState();
            bool rests = _resting.CopyTo(key, state);
            StreamStatus status = _live.TryStart(key, rests ? state : null);
            if (rests && status == StreamStatus.Done)
            {
                _resting.TryEnd(key);
            }

            return status == StreamStatus.Exists ? StreamStatus.Done : status;
        }
    }

    /// <summary>One reading of a stream, which is opened if it is not live.</summary>
    /// <returns><see cref="StreamStatus.Done"/>, <see cref="StreamStatus.Full"/>, or <see cref="StreamStatus.NotFinite"/> for a reading that would spoil the state: it changed nothing.</returns>
    public StreamStatus Step(string key, ReadOnlySpan<float> reading, out Answer answer)
    {
        float score = 0;
        int version;
        StreamStatus status;
        while ((status = _live.TryStep(key, reading, new Span<float>(ref score), out version)) == StreamStatus.Unknown)
        {
            // It came to rest while its client was connected.
            if (Open(key) == StreamStatus.Full)
            {
                status = StreamStatus.Full;
                break;
            }
        }

        answer = new Answer(score, version);
        return status;
    }

    /// <summary>Ends a stream for good.</summary>
    /// <returns>Whether there was one.</returns>
    public bool End(string key)
    {
        lock (_moving)
        {
            if (_resting.TryEnd(key) == StreamStatus.Done)
            {
                return true;
            }

            bool wasLive = _live.TryEnd(key) == StreamStatus.Done;
            Left?.Invoke(key);
            return wasLive;
        }
    }

    /// <summary>Lets streams without a reading for a time come to rest, and forgets those that have rested for long.</summary>
    /// <exception cref="StreamException">There is no room for more streams that rest: the others stay live.</exception>
    public (int Rested, int Forgotten) Tidy(TimeSpan restAfter, TimeSpan forgetAfter)
    {
        lock (_moving)
        {
            int forgotten = _resting.EndIdle(forgetAfter);
            int rested = _live.EndIdle(restAfter, (key, state) =>
            {
                _resting.Start(key, state);
                Left?.Invoke(key);
            });
            return (rested, forgotten);
        }
    }

    /// <summary>New weights for all streams, each from its next reading on.</summary>
    /// <param name="detector">The new weights, which must not be changed afterwards.</param>
    /// <returns>The number of the version.</returns>
    /// <exception cref="ArgumentException">A weight is not finite; nothing was changed.</exception>
    public int Swap(Detector detector)
    {
        lock (_moving)
        {
            Served = new ServedModel(detector, _live.Swap(detector));
            return Served.Version;
        }
    }

    /// <summary>Saves all streams to a file, which is replaced as a whole.</summary>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void Save(string path)
    {
        string part = path + ".part";
        lock (_moving)
        {
            using var file = new FileStream(part, FileMode.Create);
            _live.Save(file);
            _resting.Save(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }

    /// <summary>Reads a file with all streams.</summary>
    /// <exception cref="CheckpointException">It is damaged or of another model.</exception>
    /// <exception cref="StreamException">There is not enough room.</exception>
    public void Restore(string path)
    {
        using FileStream file = File.OpenRead(path);
        _live.Restore(file);
        _resting.Restore(file);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _live.Dispose();
        _resting.Dispose();
    }
}

/// <summary>Weights that streams are served with.</summary>
/// <param name="Model">The weights; read only.</param>
/// <param name="Version">The number of their version.</param>
public sealed record ServedModel(Detector Model, int Version);
