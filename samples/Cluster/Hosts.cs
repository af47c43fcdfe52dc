using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Runtime;
using RnnGen.Orleans;
using StackExchange.Redis;

namespace RnnGen.Samples.Cluster;

/// <summary>Silos and clients. All of them listen on loopback only.</summary>
internal static class Hosts
{
    private const string Name = "rnngen-sample";

    /// <summary>A silo and its client in this process, with everything in memory.</summary>
    public static IHost Embedded()
    {
        HostApplicationBuilder builder = Quiet();
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort: 11151, gatewayPort: 30151).AddMemoryGrainStorageAsDefault().AddSensors());
        return builder.Build();
    }

    /// <summary>A silo of the cluster whose members and streams are in Redis.</summary>
    public static IHost Silo(string redis, int port, int gateway)
    {
        HostApplicationBuilder builder = Quiet();
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(NameCluster)
            .ConfigureEndpoints(IPAddress.Loopback, port, gateway)
            .UseRedisClustering(options => options.ConfigurationOptions = Connect(redis))
            .Configure<ClusterMembershipOptions>(NoticeDeadSilos)
            .AddRedisGrainStorageAsDefault(options =>
            {
                options.ConfigurationOptions = Connect(redis);
                options.DeleteStateOnClear = true;
            })
            .AddSensors());
        return builder.Build();
    }

    /// <summary>A client of that cluster.</summary>
    public static IHost Client(string redis)
    {
        HostApplicationBuilder builder = Quiet();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(NameCluster)
            .UseRedisClustering(options => options.ConfigurationOptions = Connect(redis))
            .UseConnectionRetryFilter(async (_, stop) =>
            {
                await Task.Delay(200, stop);
                return true;
            })

            // A silo that was killed answers no more, so calls are repeated soon; one that is started again is a new gateway.
            .Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(2))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1)));
        return builder.Build();
    }

    private static void NameCluster(ClusterOptions options) => (options.ClusterId, options.ServiceId) = (Name, Name);

    /// <summary>A dead silo is noticed within 5 seconds: after 3 probes without an answer, one per second, and as long without any other message.</summary>
    private static void NoticeDeadSilos(ClusterMembershipOptions options)
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(1);
        options.MaxProbeTimeout = TimeSpan.FromSeconds(1.2);
        options.NumMissedProbesLimit = 3;
        options.NumVotesForDeathDeclaration = 1;
        options.DeathVoteExpirationTimeout = TimeSpan.FromSeconds(30);
        options.TableRefreshTimeout = TimeSpan.FromSeconds(5);
    }

    private static ConfigurationOptions Connect(string redis)
    {
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        options.AsyncTimeout = 2000;
        options.ReconnectRetryPolicy = new LinearRetry(200);
        return options;
    }

    private static ISiloBuilder AddSensors(this ISiloBuilder silo)
    {
        foreach ((string name, StreamPersistence policy) in Sensor.Policies)
        {
            silo.AddRnnStreams(Sensor.OfVersion(1), options => (options.Name, options.Persistence) = (name, policy));
        }

        return silo;
    }

    private static HostApplicationBuilder Quiet()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error).AddConsole(options => options.LogToStandardErrorThreshold = LogLevel.Trace);
        return builder;
    }
}
