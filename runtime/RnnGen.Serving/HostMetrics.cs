using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace RnnGen.Serving;

/// <summary>What an operator looks at: a meter and an activity source with the name of the package. Keys are in neither of them.</summary>
internal sealed class HostMetrics : IDisposable
{
    private const string Name = "RnnGen.Serving";

    private readonly Meter _meter;
    private readonly Counter<long> _started;
    private readonly Counter<long> _ended;
    private readonly Counter<long> _idle;
    private readonly Counter<long> _refused;
    private readonly Histogram<double> _duration;
    private readonly Histogram<int> _batchSize;

    /// <param name="model">The name of the model, a tag of the meter.</param>
    /// <param name="host">The name of the host, another tag; null for none.</param>
    /// <param name="population">Counts the streams.</param>
    /// <param name="steps">Counts the steps, so that a step has nothing to tell.</param>
    /// <param name="version">Tells the version.</param>
    public HostMetrics(string model, string? host, Population population, Func<long> steps, Func<int> version)
    {
        _meter = new Meter(new MeterOptions(Name) { Tags = host is null ? [new("model", model)] : [new("host", host), new("model", model)] });
        _meter.CreateObservableCounter("rnngen.serving.steps", steps, "{step}", "Steps that were taken");
        _meter.CreateObservableUpDownCounter("rnngen.serving.streams", () => population.Count, "{stream}", "Live streams");
        _meter.CreateObservableUpDownCounter("rnngen.serving.capacity", () => population.Capacity, "{stream}", "The most streams that can be live");
        _meter.CreateObservableGauge("rnngen.serving.version", version, description: "The number of the weights");
        _started = _meter.CreateCounter<long>("rnngen.serving.started", "{stream}", "Streams that were started");
        _ended = _meter.CreateCounter<long>("rnngen.serving.ended", "{stream}", "Streams that were ended by their key");
        _idle = _meter.CreateCounter<long>("rnngen.serving.idle", "{stream}", "Streams that were ended because they were idle");
        _refused = _meter.CreateCounter<long>("rnngen.serving.refused", "{call}", "Calls that were not done, by their status");
        _duration = _meter.CreateHistogram<double>("rnngen.serving.step.duration", "s", "Time of a step, with waiting");
        _batchSize = _meter.CreateHistogram(
            "rnngen.serving.batch.size", "{step}", "Steps that were computed together", advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64, 128, 256] });
    }

    /// <summary>The meter of this host.</summary>
    public Meter Meter => _meter;

    public static ActivitySource Source { get; } = new(Name);

    /// <summary>Whether anyone listens to the duration of steps; else no time is taken.</summary>
    public bool MeasuresSteps => _duration.Enabled;

    public StreamStatus Started(StreamStatus status) => Count(_started, status);

    public StreamStatus Ended(StreamStatus status) => Count(_ended, status);

    public void Idle(int streams) => _idle.Add(streams);

    public StreamStatus Stepped(StreamStatus status) => status == StreamStatus.Done ? status : Refused(status);

    public StreamStatus Stepped(StreamStatus status, TimeSpan? duration)
    {
        if (duration is TimeSpan time)
        {
            _duration.Record(time.TotalSeconds);
        }

        return Stepped(status);
    }

    public void Batched(int steps) => _batchSize.Record(steps);

    public void Dispose() => _meter.Dispose();

    private StreamStatus Count(Counter<long> counter, StreamStatus status)
    {
        if (status != StreamStatus.Done)
        {
            return Refused(status);
        }

        counter.Add(1);
        return status;
    }

    private StreamStatus Refused(StreamStatus status)
    {
        if (_refused.Enabled)
        {
            _refused.Add(1, new KeyValuePair<string, object?>("status", status.ToString()));
        }

        return status;
    }
}
