using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using HdrHistogram;

/// <summary>Many streams of a service at the same time, while its weights are swapped.</summary>
internal sealed class Load
{
    private readonly HttpClient _client;
    private readonly Weights _weights;
    private readonly StreamClient[] _streams;
    private long _stepsBefore;

    public Load(Uri service, int streams)
    {
        _client = new HttpClient { BaseAddress = service };
        _weights = new Weights(_client);
        string run = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _streams = [.. Enumerable.Range(0, streams).Select(number => new StreamClient(new Uri($"ws://{service.Authority}/streams/load-{run}-{number}"), number, _weights))];
    }

    /// <summary>Opens all sockets.</summary>
    public async Task Connect()
    {
        await _weights.Swap();
        _stepsBefore = await Steps();
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler(), disposeHandler: false);
        var time = Stopwatch.StartNew();
        await Parallel.ForEachAsync(_streams, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (stream, _) => await stream.Connect(invoker));
        Console.WriteLine($"{_streams.Length} sockets in {time.Elapsed.TotalSeconds:0.0} s");
    }

    /// <summary>Sends readings for a time, and says how fast they were answered.</summary>
    /// <returns>Steps per second.</returns>
    public async Task<double> Run(string title, Pace pace, TimeSpan time, int swaps)
    {
        // The first seconds do not count: the service compiles, or is still busy with the sockets.
        await Send(pace, TimeSpan.FromSeconds(3), new LongConcurrentHistogram(1, 60_000_000, 3));

        var latencies = new LongConcurrentHistogram(1, 60_000_000, 3);
        long before = Right();
        long started = Stopwatch.GetTimestamp();
        Task sending = Send(pace, time, latencies);
        Task swapping = Swap(swaps, time);

        // An answer that is lost must not be waited for for ever.
        await sending.WaitAsync(time + TimeSpan.FromMinutes(1));
        double perSecond = (Right() - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await swapping;
        Console.WriteLine(
            $"{title}: {perSecond:0} steps/s, p50 {Milliseconds(50)} ms, p99 {Milliseconds(99)} ms, p99.9 {Milliseconds(99.9)} ms, weights swapped {swaps} times");
        return perSecond;

        string Milliseconds(double percentile) => (latencies.GetValueAtPercentile(percentile) / 1000.0).ToString("0.0", CultureInfo.InvariantCulture);
    }

    /// <summary>Whether everything was answered, in order, with the right bits, and the service took exactly the steps that were answered.</summary>
    public async Task<bool> Check()
    {
        long steps = await Steps() - _stepsBefore;
        StreamClient[] failed = [.. _streams.Where(stream => stream.Failure is not null)];
        bool isRight = failed.Length == 0 && steps == Right();
        Console.WriteLine($"{Right()} answers with the right bits, {steps} steps of the service, {failed.Length} streams failed");
        foreach (StreamClient stream in failed.Take(5))
        {
            Console.WriteLine(stream.Failure);
        }

        await Task.WhenAll(_streams.Select(stream => stream.Close()));
        return isRight;
    }

    private long Right() => _streams.Sum(stream => stream.Right);

    private async Task Send(Pace pace, TimeSpan time, HistogramBase latencies)
    {
        long now = Stopwatch.GetTimestamp();
        long end = now + (long)(time.TotalSeconds * Stopwatch.Frequency);
        double apart = pace.Interval.TotalSeconds * Stopwatch.Frequency / _streams.Length;
        await Task.WhenAll(_streams.Select((stream, k) => Task.Run(() => stream.Run(pace, now + (long)(k * apart), end, latencies))));
    }

    private async Task Swap(int swaps, TimeSpan time)
    {
        long started = Stopwatch.GetTimestamp();
        for (int swap = 0; swap < swaps; swap++)
        {
            TimeSpan wait = (time * (swap + 0.5) / swaps) - Stopwatch.GetElapsedTime(started);
            await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero);
            await _weights.Swap();
        }
    }

    private async Task<long> Steps()
    {
        string metrics = await _client.GetStringAsync("metrics");
        Match steps = Regex.Match(metrics, @"(?m)^rnngen_serving_steps_total\S*host=""live""\S* (\d+)");
        return steps.Success ? long.Parse(steps.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }
}
