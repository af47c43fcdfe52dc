using RnnGen.Serving;

/// <summary>Restores all streams at the start, ends those of devices that are silent, and saves all at the end.</summary>
internal sealed class Keeper(StreamHost<string, float> streams, ILogger<Keeper> log) : BackgroundService
{
    private const string Snapshot = "streams.bin";

    private static readonly TimeSpan Silent = TimeSpan.FromHours(1);

    public override Task StartAsync(CancellationToken cancellation)
    {
        if (File.Exists(Snapshot))
        {
            log.LogInformation("{count} streams go on", streams.Restore(Snapshot));
        }

        return base.StartAsync(cancellation);
    }

    // By now, the server has answered its last request.
    public override async Task StopAsync(CancellationToken cancellation)
    {
        await base.StopAsync(cancellation);
        log.LogInformation("{count} streams are saved", streams.Save(Snapshot));
    }

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMinutes(1));
        while (await timer.WaitForNextTickAsync(stopping))
        {
            streams.EndIdle(Silent);
        }
    }
}
