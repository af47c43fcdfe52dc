using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace RnnGen.Tests.Service;

/// <summary>New weights, restarts, and what operators see.</summary>
public sealed class OperationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task New_weights_are_served_from_the_next_reading_on_and_after_a_restart()
    {
        var alone = new Alone(1);
        Detector better = Trained.Varied(2);
        await using (RunningService service = await RunningService.Start(_folder))
        {
            using ClientSocket socket = await service.Connect("a");
            await alone.Talk(socket);

            Assert.Equal(2, await Put(service, better));

            float[] reading = alone.Read();
            Assert.Equal(alone.Step(reading, 2, better), await socket.Send(reading));
            await service.Stop();
        }

        await using RunningService next = await RunningService.Start(_folder);
        using ClientSocket again = await next.Connect("a");
        Assert.Equal(alone.Step([1, 2, 3], 1, better), await again.Send([1, 2, 3]));
    }

    [Fact]
    public async Task Wrong_weights_change_nothing()
    {
        await using RunningService service = await RunningService.Start(_folder);
        byte[] before = File.ReadAllBytes(_folder.Weights);
        foreach (byte[] weights in (byte[][])[[], before[..^5], new byte[5000]])
        {
            HttpResponseMessage response = await service.Client.PutAsync("weights", new ByteArrayContent(weights));
            Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        }

        Assert.Equal(1, service.Streams.Served.Version);
        Assert.Equal(before, File.ReadAllBytes(_folder.Weights));
        using ClientSocket socket = await service.Connect("a");
        await new Alone(1).Talk(socket);
    }

    [Fact]
    public async Task Weights_that_cannot_be_written_are_served_and_the_answer_says_so()
    {
        await using RunningService service = await RunningService.Start(_folder);
        File.Delete(_folder.Weights);
        Directory.CreateDirectory(_folder.Weights);

        HttpResponseMessage response = await service.Client.PutAsync("weights", Content(Trained.Varied(2)));

        Assert.Equal(HttpStatusCode.InsufficientStorage, response.StatusCode);
        Assert.Contains("Version 2 is served until the service ends", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(2, service.Streams.Served.Version);
    }

    [Fact]
    public async Task All_streams_go_on_after_a_restart()
    {
        Alone[] alone = [.. Enumerable.Range(0, 10).Select(seed => new Alone(seed))];
        await using (RunningService service = await RunningService.Start(_folder))
        {
            ClientSocket[] sockets = await Task.WhenAll(alone.Select((_, k) => service.Connect($"pump-{k}")));
            await Task.WhenAll(alone.Take(5).Select((pump, k) => pump.Talk(sockets[k])));
            service.Streams.Tidy(TimeSpan.Zero, TimeSpan.FromDays(1));
            await Task.WhenAll(alone.Skip(5).Select((pump, k) => pump.Talk(sockets[5 + k])));

            // Clients are told that the service ends.
            Task<int>[] closed = [.. sockets.Select(socket => socket.Closed())];
            await service.Stop();
            Assert.All(await Task.WhenAll(closed), reason => Assert.Equal(1001, reason));
        }

        await using RunningService next = await RunningService.Start(_folder);
        Assert.Equal((5, 5), (next.Streams.Count, next.Streams.Resting));
        await Task.WhenAll(alone.Select(async (pump, k) => await pump.Talk(await next.Connect($"pump-{k}"))));
        Assert.Equal((10, 0), (next.Streams.Count, next.Streams.Resting));
    }

    [Fact]
    public async Task A_damaged_snapshot_is_not_taken_for_none()
    {
        await using (RunningService service = await RunningService.Start(_folder))
        {
            await service.Client.PostAsJsonAsync("streams/a", (float[])[1, 2, 3]);
            await service.Stop();
        }

        byte[] snapshot = File.ReadAllBytes(_folder.Snapshot);
        snapshot[snapshot.Length / 2] ^= 1;
        File.WriteAllBytes(_folder.Snapshot, snapshot);

        await Assert.ThrowsAsync<CheckpointException>(() => RunningService.Start(_folder));
        Assert.Equal(snapshot, File.ReadAllBytes(_folder.Snapshot));
    }

    [Fact]
    public async Task Health_tells_of_a_lack_of_room_and_of_snapshots_that_fail()
    {
        await using RunningService service = await RunningService.Start(_folder, "--Service:Capacity=1", "--Service:TidyEvery=00:00:00.05");
        Assert.Equal("Healthy", await service.Client.GetStringAsync("health"));

        using ClientSocket socket = await service.Connect("a");
        Assert.Equal("Degraded", await service.Client.GetStringAsync("health"));

        // Nothing can be written where a folder is.
        Directory.CreateDirectory(_folder.Snapshot + ".part");
        while (service.Keeper.Failure is null)
        {
            await Task.Delay(10);
        }

        HttpResponseMessage health = await service.Client.GetAsync("health");
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Unhealthy"), (health.StatusCode, await health.Content.ReadAsStringAsync()));
        await new Alone(1).Talk(socket);
        Directory.Delete(_folder.Snapshot + ".part");
        while (service.Keeper.Failure is not null)
        {
            await Task.Delay(10);
        }

        Assert.Equal("Degraded", await service.Client.GetStringAsync("health"));
    }

    [Fact]
    public async Task The_page_shows_an_alarm_once()
    {
        await using RunningService service = await RunningService.Start(_folder);
        using ClientSocket socket = await service.Connect("a");
        await new Alone(1).Talk(socket);
        for (int k = 0; k < 5; k++)
        {
            Assert.True((await socket.Send([9, 9, 9])).Alarm);
        }

        JsonElement alarm = Assert.Single((await Status(service)).GetProperty("alarms").EnumerateArray());
        Assert.Equal("a", alarm.GetProperty("key").GetString());
        JsonElement seconds;
        while ((seconds = (await Status(service)).GetProperty("seconds")).GetArrayLength() == 0)
        {
            await Task.Delay(50);
        }

        Assert.Equal((1, 15), (seconds[0].GetProperty("streams").GetInt32(), seconds.EnumerateArray().Sum(second => second.GetProperty("answers").GetInt64())));
        Assert.InRange(seconds[0].GetProperty("p50").GetDouble(), 0.0001, 60_000);
        Assert.Contains("<title>", await service.Client.GetStringAsync("/"), StringComparison.Ordinal);
    }

    private static async Task<JsonElement> Status(RunningService service) => JsonDocument.Parse(await service.Client.GetStringAsync("status")).RootElement;

    private static async Task<int> Put(RunningService service, Detector detector)
    {
        HttpResponseMessage response = await service.Client.PutAsync("weights", Content(detector));
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("version").GetInt32();
    }

    private static ByteArrayContent Content(Detector detector)
    {
        using var weights = new MemoryStream();
        detector.Save(weights);
        return new ByteArrayContent(weights.ToArray());
    }
}
