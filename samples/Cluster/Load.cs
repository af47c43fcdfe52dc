using System.Diagnostics;
using RnnGen.Orleans;

namespace RnnGen.Samples.Cluster;

/// <summary>Streams that take steps, one after the other, as fast as they are answered. Each answer is compared, bit for bit, with a model in this process.</summary>
/// <param name="client">The cluster.</param>
/// <param name="models">The names of the models; streams take turns.</param>
/// <param name="streams">Number of streams.</param>
/// <param name="pause">How long a stream waits between two steps.</param>
internal sealed class Load(IClusterClient client, IReadOnlyList<string> models, int streams, TimeSpan pause)
{
    // One stream of each process is not that of another process, or of an earlier run.
    private readonly string _run = Guid.NewGuid().ToString("N")[..8];
    private readonly Dictionary<int, Sensor> _versions = [];
    private readonly List<double> _waits = [];
    private long _answered;
    private long _wrong;

    /// <summary>Number of steps that were answered.</summary>
    public long Answered => Interlocked.Read(ref _answered);

    /// <summary>Number of answers that are not those of the local model.</summary>
    public long Wrong => Interlocked.Read(ref _wrong);

    /// <summary>Number of answered steps that the streams did not have in the end.</summary>
    public long Lost { get; private set; }

    /// <summary>The highest version of weights in an answer.</summary>
    public int Version { get; private set; }

    /// <summary>Takes steps until it is stopped, then asks each stream where it is, and ends it.</summary>
    public async Task Run(CancellationToken stop)
    {
        long[] lost = await Task.WhenAll(Enumerable.Range(0, streams).Select(stream => Task.Run(() => Run(stream, stop), CancellationToken.None)));
        Lost = lost.Sum();
    }

    /// <summary>The time that a fraction of the steps took at most, with all their repetitions, in milliseconds.</summary>
    public double Quantile(double fraction)
    {
        lock (_waits)
        {
            _waits.Sort();
            return _waits.Count == 0 ? 0 : _waits[(int)(fraction * (_waits.Count - 1))];
        }
    }

    private async Task<long> Run(int stream, CancellationToken stop)
    {
        RnnStream<float> remote = client.GetRnnStream<float>(models[stream % models.Count], $"{_run}/{stream}");
        remote.RetryFor = TimeSpan.FromMinutes(2);
        Sensor.State local = Sensor.OfVersion(1).CreateState();
        var expected = new float[Sensor.OutputSize];
        long number = 0;
        while (!stop.IsCancellationRequested)
        {
            float[] inputs = Sensor.InputsOf(stream, ++number);
            long start = Stopwatch.GetTimestamp();
            StreamAnswer answer = await remote.StepAsync(inputs, CancellationToken.None);
            Keep(Stopwatch.GetElapsedTime(start), answer.Version);
            ModelOf(answer.Version).Step(local, inputs, expected);
            Interlocked.Increment(ref _answered);
            if (answer.Number != number || !answer.Outputs.AsSpan().SequenceEqual(expected))
            {
                Interlocked.Increment(ref _wrong);
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, CancellationToken.None);
            }
            else
            {
                // In one process, a stream whose answers are there at once would keep the thread to itself.
                await Task.Yield();
            }
        }

        StreamPosition position = await remote.GetPositionAsync(CancellationToken.None);
        await remote.EndAsync(CancellationToken.None);
        return number - position.Number;
    }

    private Sensor ModelOf(int version)
    {
        lock (_versions)
        {
            if (!_versions.TryGetValue(version, out Sensor? model))
            {
                _versions[version] = model = Sensor.OfVersion(version);
            }

            return model;
        }
    }

    private void Keep(TimeSpan wait, int version)
    {
        lock (_waits)
        {
            Version = Math.Max(Version, version);

            // Enough for quantiles, however long the run is.
            if (_waits.Count < 1_000_000)
            {
                _waits.Add(wait.TotalMilliseconds);
            }
        }
    }
}
