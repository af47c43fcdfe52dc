/// <summary>The last minutes, second by second, for the page.</summary>
public sealed class History(Streams streams, Telemetry telemetry) : BackgroundService
{
    private const int Seconds = 120;

    private readonly Queue<Second> _seconds = new();

    /// <summary>The last seconds, the oldest first.</summary>
    public Second[] Last
    {
        get
        {
            lock (_seconds)
            {
                return [.. _seconds];
            }
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        long answers = 0;
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            (double p50, double p99) = telemetry.Latency.Take();
            long now = telemetry.Answers;
            lock (_seconds)
            {
                _seconds.Enqueue(new Second(streams.Count, now - answers, p50, p99, telemetry.Alarms));
                if (_seconds.Count > Seconds)
                {
                    _seconds.Dequeue();
                }
            }

            answers = now;
        }
    }
}

/// <summary>What happened in a second.</summary>
/// <param name="Streams">Live streams.</param>
/// <param name="Answers">Number of answers.</param>
/// <param name="P50">The median of their latency, in milliseconds.</param>
/// <param name="P99">What 99 percent of them did not exceed.</param>
/// <param name="Alarms">Alarms so far.</param>
public sealed record Second(int Streams, long Answers, double P50, double P99, long Alarms);
