using System.Runtime;

namespace RnnGen.Benchmarks;

/// <summary>A configuration of the garbage collector.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="Environment">Variables of the process.</param>
/// <param name="Start">What the process does first.</param>
internal sealed record Collector(string Name, (string Name, string Value)[] Environment, Action Start)
{
    public static IReadOnlyList<Collector> All { get; } =
    [
        new("default", [], () => { }),
        new("sustained-low-latency", [], () => GCSettings.LatencyMode = GCLatencyMode.SustainedLowLatency),
        new("not-concurrent", [("DOTNET_gcConcurrent", "0")], () => { }),
        new("server", [("DOTNET_gcServer", "1")], () => { }),
        new("conserve-memory", [("DOTNET_GCConserveMemory", "9")], () => { }),

        // The maximum is 128 MB, and there is only this variable, no project setting.
        new("gen0-128mb", [("DOTNET_GCgen0size", "8000000")], () => { }),

        // For all that the neighbor allocates meanwhile, twice.
        new("no-gc-region", [], () => GC.TryStartNoGCRegion(2_000_000_000)),
    ];
}
