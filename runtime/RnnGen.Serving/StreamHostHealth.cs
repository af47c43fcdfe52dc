using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace RnnGen.Serving;

/// <summary>
/// A health check of a host: degraded while there is no room or hardly any, or if there were states that are not finite since the last check. It is never unhealthy: whatever the host refuses, its streams go on,
/// and another machine does not have them. The data are <c>streams</c>, <c>capacity</c>, <c>version</c> and, since the last check, <c>refused</c> starts and <c>notFinite</c> steps.
/// <code>
/// services.AddHealthChecks().AddCheck("streams", new StreamHostHealth&lt;string, float&gt;(host));
/// </code>
/// </summary>
/// <typeparam name="TKey">The keys of the streams.</typeparam>
/// <typeparam name="TInput">The element type of the inputs.</typeparam>
/// <param name="host">The host.</param>
public sealed class StreamHostHealth<TKey, TInput>(StreamHost<TKey, TInput> host) : IHealthCheck
    where TKey : notnull
{
    private readonly StreamHost<TKey, TInput> _host = host ?? throw new ArgumentNullException(nameof(host));
    private readonly double _nearlyFull = 0.9;
    private long _refused;
    private long _notFinite;

    /// <summary>The part of the capacity beyond which there is hardly any room, 0 to 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is not in this range.</exception>
    public double NearlyFull
    {
        get => _nearlyFull;
        init => _nearlyFull = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a part of the capacity, 0 to 1.");
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        int streams = _host.Count;
        long refused = Since(ref _refused, _host.Log.Full);
        long notFinite = Since(ref _notFinite, _host.Log.NotFinite);
        var problems = new List<string>();
        if (streams > _nearlyFull * _host.Capacity)
        {
            problems.Add($"{streams} of {_host.Capacity} streams are live.");
        }

        if (refused > 0)
        {
            problems.Add($"Streams that were refused since the last check, because there was no room: {refused}.");
        }

        if (notFinite > 0)
        {
            problems.Add($"States that would not be finite after a step, since the last check: {notFinite}.");
        }

        var data = new Dictionary<string, object>
        {
            ["streams"] = streams, ["capacity"] = _host.Capacity, ["version"] = _host.Version, ["refused"] = refused, ["notFinite"] = notFinite,
        };
        return Task.FromResult(problems.Count > 0 ? HealthCheckResult.Degraded(string.Join(' ', problems), data: data) : HealthCheckResult.Healthy(data: data));
    }

    private static long Since(ref long last, long now) => now - Interlocked.Exchange(ref last, now);
}
