using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.TestingHost;
using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

[Collection(nameof(ClusterFixture))]
public class SiloTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Streams_go_on_when_a_silo_dies()
    {
        InProcessSiloHandle victim = await fixture.Cluster.StartAdditionalSiloAsync();
        using var stop = new CancellationTokenSource();
        Task<long>[] runs = [.. Enumerable.Range(0, 60).Select(index => Run(index % 2 == 0 ? "Sensor" : "Third", $"dies {index}", stop.Token))];
        await Task.Delay(500);

        await fixture.Cluster.KillSiloAsync(victim);
        await Task.Delay(500);

        // Each takes steps after the death of the silo.
        await stop.CancelAsync();
        Assert.All(await Task.WhenAll(runs), steps => Assert.True(steps > 0));
    }

    [Fact]
    public void A_name_is_given_once()
    {
        var silo = new Builder();
        silo.AddRnnStreams(new Sensor(seed: 1));

        Assert.Throws<ArgumentException>("configure", () => silo.AddRnnStreams(new Sensor(seed: 2)));
        Assert.Throws<ArgumentException>("configure", () => silo.AddRnnStreams(new Sensor(seed: 2), options => options.Name = "a/b"));
        Assert.Throws<ArgumentException>("configure", () => silo.AddRnnStreams(new Sensor(seed: 2), options => options.Name = ""));
        silo.AddRnnStreams(new Sensor(seed: 2), options => options.Name = "Second");
    }

    [Fact]
    public void A_silo_without_the_storage_does_not_start()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddRnnStreams(new Sensor(seed: 1), options => options.StorageName = "states"));
        using IHost host = builder.Build();

        OrleansConfigurationException refused = Assert.Throws<OrleansConfigurationException>(host.Start);

        Assert.Equal("The streams of the model 'Sensor' need a grain storage named 'states': add one, such as AddRedisGrainStorage or AddMemoryGrainStorage.", refused.Message);
    }

    /// <summary>Takes steps until it is stopped, and a last one after that; each is compared.</summary>
    private async Task<long> Run(string model, string key, CancellationToken stop)
    {
        RnnStream<float> stream = fixture.Client.GetRnnStream<float>(model, key);
        var alone = new Alone(key);
        long number = 0;
        bool isLast;
        do
        {
            isLast = stop.IsCancellationRequested;
            number++;
            Assert.Equal(alone.Step(), (await stream.StepAsync(Sensor.InputsOf(key, number))).Outputs);
        }
        while (!isLast);
        return number;
    }

    private sealed class Builder : ISiloBuilder
    {
        public IServiceCollection Services { get; } = new ServiceCollection();

        public Microsoft.Extensions.Configuration.IConfiguration Configuration { get; } = new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build();
    }
}
