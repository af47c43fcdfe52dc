using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>The log and the health check.</summary>
public class OperatorTests
{
    private static readonly float[] Bad = [float.NaN];

    private readonly ManualClock _clock = new();
    private readonly float[] _outputs = new float[2];

    [Fact]
    public async Task Rare_events_are_logged_and_steps_are_not()
    {
        var log = new Lines(LogLevel.Information);
        using StreamHost<string, float> host = Host(log);
        host.Start("secret 1");
        host.Start("secret 2");
        host.Step("secret 1", [1], _outputs);
        await host.StepAsync("secret 1", new float[] { 1 }, _outputs);
        host.TryStep("secret 4", [1], _outputs);
        Assert.Empty(log.Written);

        for (int k = 0; k < 5; k++)
        {
            host.TryStart("secret 3");
            host.TryFork("secret 1", "secret 3");
            host.TryStep("secret 1", Bad, _outputs);
            await host.TryStepAsync("secret 1", Bad, _outputs);
            host.TryStepMany(["secret 1", "secret 2"], [1, float.NaN], new float[4], new StepResult[2]);
        }

        Assert.Equal(
            ["Warning Full: Full: 2 streams are live. Refused since the last message: 1", "Warning NotFinite: States that would not be finite after a step, since the last message: 1"],
            log.Written);
        log.Written.Clear();
        _clock.Pass(TimeSpan.FromMinutes(1));
        host.TryStart("secret 3");
        host.TryStep("secret 1", Bad, _outputs);
        host.Swap(KeyedLanes.Of(2), LiveStreams.Stay);
        host.EndIdle(TimeSpan.Zero);
        host.EndIdle(TimeSpan.Zero);

        Assert.Equal(
            [
                "Warning Full: Full: 2 streams are live. Refused since the last message: 10",
                "Warning NotFinite: States that would not be finite after a step, since the last message: 15",
                "Information Swapped: New weights, version 2; live streams: Stay",
                "Information IdleEnded: Idle streams that were ended: 2",
            ],
            log.Written);
    }

    [Fact]
    public void Keys_are_for_debugging_and_cannot_forge_lines()
    {
        var log = new Lines(LogLevel.Debug);
        using StreamHost<string, float> host = Host(log);
        host.Start("a\nb");
        host.TryStep("a\nb", Bad, _outputs);

        Assert.Equal(2, log.Written.Count);
        Assert.Matches("^Debug Refused: The stream 'a.+b': NotFinite$", log.Written[1]);
        Assert.DoesNotContain('\n', log.Written[1]);
    }

    [Fact]
    public async Task Health_tells_of_a_lack_of_room_and_of_states_that_are_not_finite()
    {
        using StreamHost<string, float> host = Host(log: null, capacity: 10);
        var health = new StreamHostHealth<string, float>(host);
        var half = new StreamHostHealth<string, float>(host) { NearlyFull = 0.5 };
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamHostHealth<string, float>(host) { NearlyFull = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new StreamHostHealth<string, float>(host) { NearlyFull = double.NaN });
        for (int key = 0; key < 9; key++)
        {
            host.Start($"{key}");
        }

        Assert.Equal("Healthy: , 9 of 10, version 1, refused 0, notFinite 0", await Check(health));
        Assert.StartsWith("Degraded: 9 of 10 streams are live.,", await Check(half), StringComparison.Ordinal);
        host.Swap(KeyedLanes.Of(2));
        host.TryStep("1", Bad, _outputs);
        await host.TryStepAsync("1", Bad, _outputs);
        Assert.Equal("Degraded: States that would not be finite after a step, since the last check: 2., 9 of 10, version 2, refused 0, notFinite 2", await Check(health));
        Assert.Equal("Healthy: , 9 of 10, version 2, refused 0, notFinite 0", await Check(health));
        host.Start("9");
        host.TryStart("10");
        Assert.Equal(
            "Degraded: 10 of 10 streams are live. Streams that were refused since the last check, because there was no room: 1., 10 of 10, version 2, refused 1, notFinite 0", await Check(health));
        host.End("9");
        host.End("8");
        Assert.Equal("Healthy: , 8 of 10, version 2, refused 0, notFinite 0", await Check(health));
    }

    private StreamHost<string, float> Host(ILogger? log, int capacity = 2) => new(KeyedLanes.Of(1), capacity, new() { ConcurrentBatches = 1, TimeProvider = _clock, Logger = log });

    private static async Task<string> Check(IHealthCheck health)
    {
        HealthCheckResult result = await health.CheckHealthAsync(new HealthCheckContext());
        IReadOnlyDictionary<string, object> data = result.Data;
        return $"{result.Status}: {result.Description}, {data["streams"]} of {data["capacity"]}, version {data["version"]}, refused {data["refused"]}, notFinite {data["notFinite"]}";
    }

    /// <summary>A log in memory.</summary>
    private sealed class Lines(LogLevel least) : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (Written)
            {
                Written.Add($"{logLevel} {eventId.Name}: {formatter(state, exception)}");
            }
        }
    }
}
