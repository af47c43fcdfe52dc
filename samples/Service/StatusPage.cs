/// <summary>The page for people, and what it shows.</summary>
public static class StatusPage
{
    /// <summary>Adds them.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/", () => Results.Stream(typeof(StatusPage).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8"));
        app.MapGet("/status", (Streams streams, History history, Alarms alarms) =>
            new Status(streams.Capacity, streams.Resting, streams.Served.Version, history.Last, alarms.Last));
    }
}

/// <summary>What the page shows.</summary>
/// <param name="Capacity">The most live streams.</param>
/// <param name="Resting">Streams that rest.</param>
/// <param name="Version">The version of the weights.</param>
/// <param name="Seconds">The last two minutes.</param>
/// <param name="Alarms">The last alarms.</param>
public sealed record Status(int Capacity, int Resting, int Version, Second[] Seconds, Alarm[] Alarms);
