using System.Net.Http.Json;

namespace RnnGen.Tests.Service;

/// <summary>What Prometheus reads. A process has one service; those of other tests, whose metrics have the same names, would end these when they stop.</summary>
[CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
[Collection(nameof(MetricsTests))]
public sealed class MetricsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Metrics_have_no_key()
    {
        await using RunningService service = await RunningService.Start(_folder);
        using ClientSocket socket = await service.Connect("secret-key-1");
        await new Alone(1).Talk(socket);
        await socket.Close();
        await service.Client.PostAsJsonAsync("streams/secret-key-2", (float[])[1, 2, 3]);
        await service.Client.PostAsJsonAsync("streams/secret-key-3", (float[])[1, 2]);
        await service.Client.GetAsync("streams/secret-key-4");

        // Twice: what has ended since the first time is missing in the second one.
        await service.Client.GetStringAsync("metrics");
        await Task.Delay(400);
        string metrics = await service.Client.GetStringAsync("metrics");

        Assert.DoesNotContain("secret-key", metrics, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^rnngen_serving_steps_total\{.*host=""live"".*model=""Detector"".*\} \d+", metrics);
        Assert.Matches(@"(?m)^rnngen_serving_step_duration_seconds_bucket\{.*le=""0\.001""\} \d+", metrics);
        Assert.Matches(@"(?m)^service_answer_duration_seconds_count\{.*\} \d+", metrics);
    }
}
