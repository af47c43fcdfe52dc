using Microsoft.Extensions.Diagnostics.HealthChecks;

/// <summary>Unhealthy while streams cannot be saved, degraded while there is hardly any room.</summary>
public sealed class StreamsHealth(Streams streams, Keeper keeper) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellation = default) =>
        Task.FromResult(keeper.Failure is string failure ? HealthCheckResult.Unhealthy(failure)
            : streams.Count > 0.9 * streams.Capacity ? HealthCheckResult.Degraded($"{streams.Count} of {streams.Capacity} streams are live.")
            : HealthCheckResult.Healthy());
}
