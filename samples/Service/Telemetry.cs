using System.Diagnostics;
using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

/// <summary>What the service measures, beside what the host of streams does. No key of a stream is in any tag.</summary>
public sealed class Telemetry : IDisposable
{
    private const string Name = "RnnGen.Samples.Service";

    private readonly Meter _meter = new(Name);
    private readonly Histogram<double> _answers;
    private readonly Counter<long> _alarms;
    private long _answered;
    private long _alarmed;

    /// <summary>Creates the instruments.</summary>
    public Telemetry()
    {
        _answers = _meter.CreateHistogram<double>("service.answer.duration", "s", "From a message until its answer is sent");
        _alarms = _meter.CreateCounter<long>("service.alarms", "{alarm}", "Alarms that began");
    }

    /// <summary>Number of answers so far.</summary>
    public long Answers => Volatile.Read(ref _answered);

    /// <summary>Number of alarms so far.</summary>
    public long Alarms => Volatile.Read(ref _alarmed);

    /// <summary>The latencies for the page.</summary>
    public Latency Latency { get; } = new();

    /// <summary>Counts an answer.</summary>
    /// <param name="started">The time stamp of its message.</param>
    public void Answered(long started)
    {
        TimeSpan duration = Stopwatch.GetElapsedTime(started);
        Interlocked.Increment(ref _answered);
        Latency.Add(duration);
        _answers.Record(duration.TotalSeconds);
    }

    /// <summary>Counts an alarm.</summary>
    public void Alarmed()
    {
        Interlocked.Increment(ref _alarmed);
        _alarms.Add(1);
    }

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    /// <summary>Adds OpenTelemetry, to be read by Prometheus.</summary>
    public static void AddTo(IServiceCollection services)
    {
        // Most steps take less than a microsecond.
        var durations = new ExplicitBucketHistogramConfiguration { Boundaries = [1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.3, 1] };
        services.AddSingleton<Telemetry>();
        services.AddOpenTelemetry().ConfigureResource(resource => resource.AddService("detector")).WithMetrics(metrics => metrics
            .AddMeter(Name, "RnnGen.Serving", "Microsoft.AspNetCore.Hosting")
            .AddView("rnngen.serving.step.duration", durations)
            .AddView("service.answer.duration", durations)
            .AddPrometheusExporter());
    }
}
