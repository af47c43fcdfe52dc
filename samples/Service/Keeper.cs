using RnnGen.Serving;

/// <summary>Keeps the streams: restores them at the start, lets silent ones rest, and saves all of them now and then and at the end.</summary>
public sealed class Keeper(Streams streams, ServiceOptions options, ILogger<Keeper> log) : BackgroundService
{
    private string Snapshot => Path.Combine(options.Folder, "streams.bin");

    /// <summary>Why the streams could not be saved the last time; null if they were.</summary>
    public string? Failure { get; private set; }

    /// <summary>Restores. A file that is damaged or of another model is an error: the service does not start as if there had been no streams.</summary>
    public override Task StartAsync(CancellationToken cancellation)
    {
        if (File.Exists(Snapshot))
        {
            streams.Restore(Snapshot);
            log.Restored(streams.Count, streams.Resting);
        }

        return base.StartAsync(cancellation);
    }

    /// <summary>Saves. By now, the server has ended all connections: services stop in the reverse order of their start.</summary>
    public override async Task StopAsync(CancellationToken cancellation)
    {
        await base.StopAsync(cancellation);
        Save();
        log.Saved(streams.Count, streams.Resting);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.TidyEvery);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            Tidy();
            Save();
        }
    }

    private void Tidy()
    {
        try
        {
            streams.Tidy(options.RestAfter, options.ForgetAfter);
        }
        catch (StreamException e)
        {
            log.NoRest(e.Message);
        }
    }

    private void Save()
    {
        try
        {
            streams.Save(Snapshot);
            Failure = null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or RnnGen.CheckpointException)
        {
            Failure = e.Message;
            log.NotSaved(e.Message);
        }
    }
}
