using System.Buffers;
using System.Diagnostics;
using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.Mvc;
using RnnGen.Serving;

/// <summary>Streams over HTTP: a socket, single readings, events, the end.</summary>
public static class StreamEndpoints
{
    /// <summary>Adds them.</summary>
    public static void Map(WebApplication app)
    {
        RouteGroupBuilder stream = app.MapGroup("/streams/{key}");
        stream.AddEndpointFilter((context, next) =>
            Keys.IsKey((string)context.HttpContext.GetRouteValue("key")!) ? next(context) : ValueTask.FromResult<object?>(Refusals.Key));
        stream.MapGet("", Connect);
        stream.MapPost("", Post);
        stream.MapGet("events", Listen);
        stream.MapDelete("", (string key, Streams streams) => streams.End(key) ? Results.NoContent() : Refusals.Unknown);
    }

    private static async Task<IResult> Connect(string key, HttpContext context, Streams streams, Senders senders, StreamSocket sockets)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Refusals.Of(426, "A stream is a WebSocket. Without one: POST for a reading, GET .../events for the answers.");
        }

        if (Enter(key, streams, senders) is IResult refusal)
        {
            return refusal;
        }

        try
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await sockets.Serve(socket, key);
        }
        finally
        {
            senders.Leave(key);
        }

        return Results.Empty;
    }

    private static IResult Post(string key, [FromBody] float[] numbers, Streams streams, Senders senders, Readings readings, Telemetry telemetry)
    {
        long received = Stopwatch.GetTimestamp();
        Span<float> reading = stackalloc float[Detector.InputSize];
        if (!Message.TryCopy(numbers, reading))
        {
            return Refusals.Reading;
        }

        if (Enter(key, streams, senders) is IResult refusal)
        {
            return refusal;
        }

        try
        {
            switch (readings.Take(key, reading, out Answer answer))
            {
                case StreamStatus.Done:
                    telemetry.Answered(received);
                    return Results.Ok(answer);
                case StreamStatus.NotFinite:
                    return Refusals.NotFinite;
                default:
                    return Refusals.Full;
            }
        }
        finally
        {
            senders.Leave(key);
        }
    }

    private static async Task<IResult> Listen(string key, HttpContext context, Events events, IHostApplicationLifetime lifetime)
    {
        using Listener? listener = events.Listen(key);
        if (listener is null)
        {
            return Refusals.Full;
        }

        // The client knows that it listens when the headers are there: they do not wait for the first answer.
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.FlushAsync();

        // A listener must not hold up the end of the service.
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        IAsyncEnumerable<SseItem<Answer>> answers = listener.Answers(end.Token).Select(answer => new SseItem<Answer>(answer, "answer"));
        try
        {
            await SseFormatter.WriteAsync(answers, context.Response.Body, (answer, memory) => memory.Write(Message.Write(answer.Data)), end.Token);
        }
        catch (OperationCanceledException)
        {
        }

        return Results.Empty;
    }

    /// <summary>Begins to send: null, or why not.</summary>
    private static IResult? Enter(string key, Streams streams, Senders senders)
    {
        switch (senders.TryEnter(key))
        {
            case StreamStatus.Exists:
                return Refusals.Busy;
            case StreamStatus.Full:
                return Refusals.Full;
        }

        if (streams.Open(key) == StreamStatus.Full)
        {
            senders.Leave(key);
            return Refusals.Full;
        }

        return null;
    }
}
