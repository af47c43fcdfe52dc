using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Models;
using Orleans.Configuration;
using RnnGen.Orleans;

HostApplicationBuilder builder = Host.CreateApplicationBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Error);
builder.UseOrleans(silo => silo
    .UseLocalhostClustering(siloPort: FreePort(), gatewayPort: FreePort())
    .Configure<EndpointOptions>(options => options.AdvertisedIPAddress = IPAddress.Loopback)
    .AddMemoryGrainStorageAsDefault()
    .AddRnnStreams(new Sensor(seed: 1)));
using IHost host = builder.Build();
await host.StartAsync();

RnnStream<float> stream = host.Services.GetRequiredService<IClusterClient>().GetRnnStream<float>("Sensor", "pump");
StreamAnswer answer = await stream.StepAsync([0.5f]);
Console.WriteLine($"step {answer.Number}: {answer.Outputs[0]:F5}");
await host.StopAsync();

static int FreePort()
{
    using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
