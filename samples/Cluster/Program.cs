using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Runtime;
using RnnGen.Orleans;
using RnnGen.Samples.Cluster;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var redis = new Option<string>("--redis") { Description = "Where Redis listens.", DefaultValueFactory = _ => "127.0.0.1:6379" };
var port = new Option<int>("--port") { Description = "The port for other silos.", DefaultValueFactory = _ => 11111 };
var gateway = new Option<int>("--gateway") { Description = "The port for clients.", DefaultValueFactory = _ => 30000 };
var streams = new Option<int>("--streams") { Description = "Number of streams.", DefaultValueFactory = _ => 200 };
var seconds = new Option<double>("--seconds") { Description = "How long each policy runs.", DefaultValueFactory = _ => 5 };
var models = new Option<string[]>("--models") { Description = "The policies.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. Sensor.Policies.Keys] };
var pause = new Option<double>("--pause") { Description = "Milliseconds between two steps of a stream.", DefaultValueFactory = _ => 0 };
var version = new Option<int>("--version-of") { Description = "The version that the weights are meant to get.", DefaultValueFactory = _ => 2 };
var quick = new Option<bool>("--quick") { Description = "A short version, for tests." };

var silo = new Command("silo", "A silo. Writes what becomes of the others, and stops in order at SIGTERM.") { redis, port, gateway };
silo.SetAction(async (arguments, stop) =>
{
    using IHost host = Hosts.Silo(arguments.GetValue(redis)!, arguments.GetValue(port), arguments.GetValue(gateway));
    var members = new Members();
    host.Services.GetRequiredService<ISiloStatusOracle>().SubscribeToSiloStatusEvents(members);
    await host.RunAsync(stop);

    // Orleans does not keep it alive.
    GC.KeepAlive(members);
});

var load = new Command("load", "Steps per second of each policy.") { redis, streams, seconds, models };
load.SetAction(async (arguments, stop) =>
{
    using IHost host = Hosts.Client(arguments.GetValue(redis)!);
    await host.StartAsync(stop);
    long wrong = await Measure(host.Services.GetRequiredService<IClusterClient>(), arguments.GetValue(models)!, arguments.GetValue(streams), arguments.GetValue(seconds));
    await host.StopAsync(stop);
    return wrong == 0 ? 0 : 1;
});

var watch = new Command("watch", "Takes steps until SIGTERM, and then tells what became of them.") { redis, streams, models, pause };
watch.SetAction(async (arguments, _) => await Watch(arguments.GetValue(redis)!, arguments.GetValue(models)!, arguments.GetValue(streams), TimeSpan.FromMilliseconds(arguments.GetValue(pause))));

var publish = new Command("publish", "Publishes weights.") { redis, models, version };
publish.SetAction(async (arguments, stop) =>
{
    using IHost host = Hosts.Client(arguments.GetValue(redis)!);
    await host.StartAsync(stop);
    foreach (string model in arguments.GetValue(models)!)
    {
        int published = await host.Services.GetRequiredService<IClusterClient>().PublishRnnModelAsync(model, Sensor.OfVersion(arguments.GetValue(version)));
        Console.WriteLine($"{model}: version {published}");
    }

    await host.StopAsync(stop);
});

var root = new RootCommand("Streams in a cluster. Without a command: one silo and its clients in this process, with everything in memory.") { quick, silo, load, watch, publish };
root.SetAction(async (arguments, stop) =>
{
    using IHost host = Hosts.Embedded();
    await host.StartAsync(stop);
    long wrong = await Measure(host.Services.GetRequiredService<IClusterClient>(), [.. Sensor.Policies.Keys], streams: 200, arguments.GetValue(quick) ? 0.3 : 3);
    await host.StopAsync(stop);
    Console.WriteLine($"{wrong} wrong answers");
    return wrong == 0 ? 0 : 1;
});
return await root.Parse(args).InvokeAsync();

static async Task<long> Measure(IClusterClient client, string[] models, int streams, double seconds)
{
    long wrong = 0;
    Console.WriteLine("| policy | steps per second | p50 ms | p99 ms | wrong | lost |");
    Console.WriteLine("| --- | --: | --: | --: | --: | --: |");
    foreach (string model in models)
    {
        // Twice: the first time, streams are placed and code is compiled.
        foreach (double time in (double[])[seconds / 3, seconds])
        {
            var load = new Load(client, [model], streams, TimeSpan.Zero);
            using var stop = new CancellationTokenSource();
            Task run = load.Run(stop.Token);
            await Task.Delay(TimeSpan.FromSeconds(seconds / 10));
            long before = load.Answered;
            await Task.Delay(TimeSpan.FromSeconds(time));
            double rate = (load.Answered - before) / time;
            await stop.CancelAsync();
            await run;
            wrong += load.Wrong + load.Lost;
            if (time == seconds)
            {
                Console.WriteLine($"| {model} | {rate:N0} | {load.Quantile(0.5):0.00} | {load.Quantile(0.99):0.00} | {load.Wrong} | {load.Lost} |");
            }
        }
    }

    return wrong;
}

static async Task<int> Watch(string redis, string[] models, int streams, TimeSpan pause)
{
    using IHost host = Hosts.Client(redis);
    await host.StartAsync();
    var load = new Load(host.Services.GetRequiredService<IClusterClient>(), models, streams, pause);
    using var stop = new CancellationTokenSource();
    using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
    Task run = load.Run(stop.Token);
    while (await Task.WhenAny(run, Task.Delay(TimeSpan.FromSeconds(1))) != run)
    {
        Console.WriteLine($"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} answered {load.Answered} wrong {load.Wrong}");
    }

    await run;
    Console.WriteLine($"answered {load.Answered} wrong {load.Wrong} lost {load.Lost} version {load.Version}; p50 {load.Quantile(0.5):0} ms, p99.9 {load.Quantile(0.999) / 1000:0.0} s");
    return load.Wrong + load.Lost == 0 ? 0 : 1;
}
