using Microsoft.Extensions.Diagnostics.HealthChecks;

/// <summary>Unhealthy while streams cannot be saved.</summary>
public sealed class SnapshotHealth(Keeper keeper) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellation = default) =>
        Task.FromResult(keeper.Failure is string failure ? HealthCheckResult.Unhealthy(failure) : HealthCheckResult.Healthy());
}
