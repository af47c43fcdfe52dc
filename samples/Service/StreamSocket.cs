using System.Diagnostics;
using System.Net.WebSockets;
using RnnGen.Serving;

/// <summary>
/// The socket of a stream: each message is a reading, and is answered before the next one is read. So a client that sends faster than it is answered, or does not read its answers, is slowed
/// down by TCP, and nothing is stored for it.
/// </summary>
public sealed class StreamSocket(Readings readings, Telemetry telemetry, IHostApplicationLifetime lifetime)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Serves a socket until one of the two sides leaves.</summary>
    public async Task Serve(WebSocket socket, string key)
    {
        // Its client answers, and the loop below ends as if the client had left first.
        using CancellationTokenRegistration stopping = lifetime.ApplicationStopping.Register(() => _ = Leave(socket));
        try
        {
            await Answer(socket, key);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException)
        {
            // The client has disappeared. Its stream waits for it.
        }
    }

    private async Task Answer(WebSocket socket, string key)
    {
        byte[] buffer = new byte[Message.Longest];
        float[] reading = new float[Detector.InputSize];
        while (true)
        {
            ValueWebSocketReceiveResult part = await socket.ReceiveAsync(buffer.AsMemory(), default);
            int length = part.Count;
            while (!part.EndOfMessage && length < buffer.Length)
            {
                part = await socket.ReceiveAsync(buffer.AsMemory(length), default);
                length += part.Count;
            }

            if (part.MessageType == WebSocketMessageType.Close)
            {
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
                return;
            }

            if (!part.EndOfMessage)
            {
                await socket.CloseAsync(WebSocketCloseStatus.MessageTooBig, $"A message has at most {Message.Longest} bytes.", default);
                return;
            }

            long received = Stopwatch.GetTimestamp();
            bool isText = part.MessageType == WebSocketMessageType.Text;
            if (!Message.TryRead(buffer.AsSpan(0, length), isText, reading))
            {
                await socket.CloseAsync(WebSocketCloseStatus.InvalidPayloadData, $"A reading is {Detector.InputSize} finite numbers.", default);
                return;
            }

            switch (readings.Take(key, reading, out Answer answer))
            {
                case StreamStatus.Done:
                    await socket.SendAsync(isText ? Message.Write(answer) : Message.Write(answer, buffer), part.MessageType, WebSocketMessageFlags.EndOfMessage, default);
                    telemetry.Answered(received);
                    break;
                case StreamStatus.NotFinite:
                    await socket.CloseAsync(WebSocketCloseStatus.InvalidPayloadData, "The reading would spoil the state.", default);
                    return;
                default:
                    await socket.CloseAsync((WebSocketCloseStatus)1013, "The stream rests, and there is no room for it. Try again later.", default);
                    return;
            }
        }
    }

    private static async Task Leave(WebSocket socket)
    {
        try
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.EndpointUnavailable, "The service ends. The stream goes on after its next start.", default);
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException)
        {
            // It has left by itself.
        }

        // A client that does not answer does not hold up the end.
        await Task.Delay(Patience);
        socket.Abort();
    }
}
