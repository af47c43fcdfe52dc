using System.Diagnostics;
using System.Net.WebSockets;
using System.Runtime.InteropServices;
using HdrHistogram;

/// <summary>A client with a stream. It computes for itself what the answers must be, with the weights that each of them names, and compares the bits.</summary>
internal sealed class StreamClient(Uri address, int number, Weights weights)
{
    private readonly ClientWebSocket _socket = new();
    private readonly Random _random = new(number);
    private readonly Schedule _schedule = new();
    private readonly byte[] _answer = new byte[64];
    private readonly float[] _score = new float[1];
    private Detector.State? _state;
    private int _version;

    /// <summary>Number of right answers.</summary>
    public long Right { get; private set; }

    /// <summary>What went wrong first; null if nothing did. Then nothing is sent any more.</summary>
    public string? Failure { get; private set; }

    /// <summary>Opens its socket.</summary>
    public async Task Connect(HttpMessageInvoker invoker)
    {
        await _socket.ConnectAsync(address, invoker, default);
    }

    /// <summary>Sends readings for a time.</summary>
    /// <param name="pace">When.</param>
    /// <param name="begin">The time stamp of its first one.</param>
    /// <param name="end">The time stamp from which on nothing is sent.</param>
    /// <param name="latencies">Receives the latencies, in microseconds.</param>
    public async Task Run(Pace pace, long begin, long end, HistogramBase latencies)
    {
        float[] readings = new float[pace.Burst * Detector.InputSize];
        _schedule.Due = begin;
        try
        {
            while (Failure is null && Stopwatch.GetTimestamp() < end)
            {
                long sent = await pace.Wait(_schedule);
                Draw(readings);
                for (int k = 0; k < pace.Burst; k++)
                {
                    await _socket.SendAsync(Bytes(readings, k), WebSocketMessageType.Binary, endOfMessage: true, default);
                }

                for (int k = 0; k < pace.Burst && Failure is null; k++)
                {
                    ValueWebSocketReceiveResult received = await _socket.ReceiveAsync(_answer.AsMemory(), default);
                    Check(received, readings.AsSpan(k * Detector.InputSize, Detector.InputSize));
                    latencies.RecordValue((long)Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
                }
            }
        }
        catch (Exception e) when (e is WebSocketException or IOException)
        {
            Failure = e.Message;
        }
    }

    /// <summary>Closes its socket.</summary>
    public async Task Close()
    {
        if (_socket.State == WebSocketState.Open)
        {
            await _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
        }
    }

    private static ReadOnlyMemory<byte> Bytes(float[] readings, int index) =>
        MemoryMarshal.AsBytes(readings.AsSpan(index * Detector.InputSize, Detector.InputSize)).ToArray();

    private void Draw(Span<float> readings)
    {
        foreach (ref float reading in readings)
        {
            reading = _random.NextSingle();
        }
    }

    private void Check(ValueWebSocketReceiveResult received, ReadOnlySpan<float> reading)
    {
        if (received is not { MessageType: WebSocketMessageType.Binary, EndOfMessage: true, Count: 8 })
        {
            Failure = $"{received.MessageType} of {received.Count} bytes, {_socket.CloseStatus} {_socket.CloseStatusDescription}";
            return;
        }

        float score = BitConverter.ToSingle(_answer, 0);
        int version = BitConverter.ToInt32(_answer, 4);
        if (version < _version || weights[version] is not Detector detector)
        {
            Failure = $"version {version} after {_version}";
            return;
        }

        _version = version;
        _state ??= detector.CreateState();
        detector.Step(_state, reading, _score);
        if (BitConverter.SingleToInt32Bits(score) != BitConverter.SingleToInt32Bits(_score[0]))
        {
            Failure = $"{score} with version {version}, expected {_score[0]}";
            return;
        }

        Right++;
    }
}
