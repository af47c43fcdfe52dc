using System.Globalization;

namespace RnnGen.Benchmarks;

/// <summary>What was taken away from this thread: by the host of a virtual machine, and by other processes. Linux tells; elsewhere it is unknown.</summary>
internal sealed class HostTime
{
    private readonly double? _stolen = Stolen();
    private readonly long? _interruptions = Interruptions();

    /// <summary>Since this object was created.</summary>
    public string Describe(TimeSpan duration) => _stolen is { } stolen && _interruptions is { } interruptions
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"Meanwhile the host took {Stolen() - stolen:0.0} s of all cores away ({100 * (Stolen() - stolen) / (duration.TotalSeconds * Cores()):0.0} %), and other processes interrupted the measuring thread {Interruptions() - interruptions:#,0} times ({(Interruptions() - interruptions) / duration.TotalSeconds:0.0} per second).")
        : "What the host took away is unknown.";

    /// <summary>Seconds, all cores of the machine together.</summary>
    private static double? Stolen()
    {
        const string File = "/proc/stat";
        const double TicksPerSecond = 100;
        return System.IO.File.Exists(File)
            ? long.Parse(System.IO.File.ReadLines(File).First().Split(' ', StringSplitOptions.RemoveEmptyEntries)[8], CultureInfo.InvariantCulture) / TicksPerSecond
            : null;
    }

    private static int Cores() => File.ReadLines("/proc/stat").Count(line => line.StartsWith("cpu", StringComparison.Ordinal)) - 1;

    private static long? Interruptions()
    {
        const string File = "/proc/thread-self/status";
        const string Key = "nonvoluntary_ctxt_switches:";
        return System.IO.File.Exists(File)
            ? long.Parse(System.IO.File.ReadLines(File).First(line => line.StartsWith(Key, StringComparison.Ordinal))[Key.Length..], CultureInfo.InvariantCulture)
            : null;
    }
}
