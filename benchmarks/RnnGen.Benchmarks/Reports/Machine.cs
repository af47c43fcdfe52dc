using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>The machine on which the figures were measured.</summary>
internal static class Machine
{
    private const string CpuInfo = "/proc/cpuinfo";

    public static string Describe()
    {
        string cpu = Value("model name") ?? "unknown processor";
        string vectors = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? "512-bit vectors" : $"{System.Numerics.Vector<byte>.Count * 8}-bit vectors";
        return $"{cpu}{Numbers()}, {Environment.ProcessorCount} cores, {vectors}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}.";
    }

    /// <summary>The family of the processor; 0 if it is unknown.</summary>
    public static int Family => int.TryParse(Value("cpu family"), out int family) ? family : 0;

    /// <summary>Virtual machines may hide the name of the model, but not its numbers.</summary>
    private static string Numbers() => Value("cpu family") is { } family && Value("model") is { } model ? $" (family {family}, model {model})" : "";

    private static string? Value(string key) => File.Exists(CpuInfo)
        ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith(key + "\t", StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
