using System.Net;
using RnnGen;

/// <summary>The model itself: windows without a stream, and other weights.</summary>
public static class ModelEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(WebApplication app)
    {
        app.MapPost("/windows", Score);
        app.MapPut("/weights", Replace);
    }

    private static IResult Score(Window window, Streams streams)
    {
        float[][] rows = window.Readings ?? [];
        var readings = new float[rows.Length * Detector.InputSize];
        bool isWindow = rows.Length is > 0 and <= Detector.SequenceLength;
        for (int row = 0; isWindow && row < rows.Length; row++)
        {
            isWindow = Message.TryCopy(rows[row], readings.AsSpan(row * Detector.InputSize, Detector.InputSize));
        }

        if (!isWindow)
        {
            return Refusals.Window;
        }

        ServedModel served = streams.Served;
        float[] scores = served.Model.Predict(readings);
        return Results.Ok(new WindowAnswer(scores, served.Version, scores.Max() >= Answer.Limit));
    }

    // Any program of this machine may: pages of others are refused by their origin.
    private static async Task<IResult> Replace(HttpContext context, WeightsFile file, Streams streams)
    {
        if (context.Connection.RemoteIpAddress is not IPAddress address || !IPAddress.IsLoopback(address))
        {
            return Refusals.Remote;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        try
        {
            Detector detector = Detector.Load(body.ToArray());
            return Results.Ok(new WeightsAnswer(file.Replace(detector, streams)));
        }
        catch (CheckpointException e) when (e.Reason == CheckpointReason.File)
        {
            return Refusals.Of(507, $"Version {streams.Served.Version} is served until the service ends, but its file cannot be written: {e.Message}");
        }
        catch (Exception e) when (e is CheckpointException or ArgumentException)
        {
            return Refusals.Of(400, e.Message);
        }
    }
}

/// <summary>Readings that are no stream.</summary>
/// <param name="Readings">The readings, 1 to 60.</param>
public sealed record Window(float[][]? Readings);

/// <summary>What is said to a window.</summary>
/// <param name="Scores">The score after each reading.</param>
/// <param name="Version">The version of the weights.</param>
/// <param name="Alarm">Whether one of the scores is an alarm.</param>
public sealed record WindowAnswer(float[] Scores, int Version, bool Alarm);

/// <summary>What is said to new weights.</summary>
/// <param name="Version">Their version.</param>
public sealed record WeightsAnswer(int Version);
