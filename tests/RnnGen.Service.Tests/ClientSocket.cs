using System.Net;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace RnnGen.Tests.Service;

/// <summary>A client with its socket.</summary>
internal sealed class ClientSocket(ClientWebSocket socket) : IDisposable
{
    private readonly byte[] _buffer = new byte[1024];

    public bool IsOpen => socket.State == WebSocketState.Open;

    /// <summary>The answer to the connection: 101 or why not.</summary>
    public HttpStatusCode Status => socket.HttpStatusCode;

    public string? Header(string name) => socket.HttpResponseHeaders?.GetValueOrDefault(name)?.SingleOrDefault();

    /// <summary>Sends a reading as bytes.</summary>
    public async Task<Answer> Send(float[] reading)
    {
        await Write(MemoryMarshal.AsBytes(reading.AsSpan()).ToArray(), WebSocketMessageType.Binary);
        byte[] answer = await Read(WebSocketMessageType.Binary);
        return new Answer(BitConverter.ToSingle(answer, 0), BitConverter.ToInt32(answer, 4));
    }

    /// <summary>Sends a reading as text.</summary>
    public async Task<Answer> SendText(float[] reading)
    {
        await Write(JsonSerializer.SerializeToUtf8Bytes(reading), WebSocketMessageType.Text);
        return Parse(Encoding.UTF8.GetString(await Read(WebSocketMessageType.Text)));
    }

    public Task Write(byte[] message, WebSocketMessageType type) => socket.SendAsync(message, type, endOfMessage: true, default);

    /// <summary>Waits for the end, which the service begins.</summary>
    /// <returns>Its reason.</returns>
    public async Task<int> Closed()
    {
        await Read(WebSocketMessageType.Close);
        int reason = (int)socket.CloseStatus!;
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, default);
        return reason;
    }

    /// <summary>Ends it in order.</summary>
    public Task Close() => socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);

    /// <summary>Disappears.</summary>
    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }

    public static Answer Parse(string json)
    {
        JsonElement answer = JsonDocument.Parse(json).RootElement;
        var parsed = new Answer(answer.GetProperty("score").GetSingle(), answer.GetProperty("version").GetInt32());
        Assert.Equal(parsed.Alarm, answer.GetProperty("alarm").GetBoolean());
        return parsed;
    }

    private async Task<byte[]> Read(WebSocketMessageType type)
    {
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        WebSocketReceiveResult message = await socket.ReceiveAsync(_buffer, late.Token);
        Assert.Equal((type, true), (message.MessageType, message.EndOfMessage));
        return _buffer[..message.Count];
    }
}
