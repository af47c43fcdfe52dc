using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.TestingHost;
using RnnGen.Orleans;

namespace RnnGen.Tests.Clusters;

/// <summary>Two silos in this process. Streams of tests have keys of their own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    internal FaultyStorage Storage { get; } = new();

    internal InProcessTestCluster Cluster => _cluster!;

    internal IClusterClient Client => Cluster.Client;

    public async ValueTask InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(2);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", Storage);
            silo.Configure<ClusterMembershipOptions>(options =>
            {
                options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
                options.NumMissedProbesLimit = 2;
                options.NumVotesForDeathDeclaration = 1;
            });
            silo.AddRnnStreams(new Sensor(seed: 1));
            silo.AddRnnStreams(new Sensor(seed: 1), options => (options.Name, options.Persistence) = ("Third", StreamPersistence.Every(3)));
            silo.AddRnnStreams(new Sensor(seed: 1), options => (options.Name, options.Persistence) = ("Idle", StreamPersistence.OnDeactivation));
            silo.AddRnnStreams(new Sensor(seed: 1), options => (options.Name, options.Persistence) = ("Timed", StreamPersistence.Every(TimeSpan.FromMilliseconds(300))));
            silo.AddRnnStreams(new Sensor(seed: 1), options => options.Name = "Published");
            silo.AddRnnStreams(new Letters(seed: 1));
        });
        builder.ConfigureClient(client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(5)));
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async ValueTask DisposeAsync() => await Cluster.DisposeAsync();

    /// <summary>A stream of the class <see cref="Sensor"/> whose inputs are those of its key, so that it can be compared.</summary>
    internal IRnnStreamGrain<float> Stream(string model, string key) => Client.GetRnnStreamGrain<float>(model, key);

    /// <summary>Deactivates a stream; it is read again by the next call.</summary>
    internal async Task Deactivate(string model, string key)
    {
        GrainId id = Stream(model, key).GetGrainId();
        await Cluster.DeactivateAsync(id);
    }
}

[CollectionDefinition(nameof(ClusterFixture))]
public sealed class ClusterCollection : ICollectionFixture<ClusterFixture>;
