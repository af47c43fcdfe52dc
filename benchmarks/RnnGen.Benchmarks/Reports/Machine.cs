using System.Runtime.InteropServices;

namespace RnnGen.Benchmarks;

/// <summary>The machine on which the figures were measured.</summary>
internal static class Machine
{
    public static string Describe()
    {
        const string CpuInfo = "/proc/cpuinfo";
        string cpu = File.Exists(CpuInfo)
            ? File.ReadLines(CpuInfo).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? "unknown processor"
            : "unknown processor";
        string vectors = System.Runtime.Intrinsics.Vector512.IsHardwareAccelerated ? "512-bit vectors" : $"{System.Numerics.Vector<byte>.Count * 8}-bit vectors";
        return $"{cpu}{Family(CpuInfo)}, {Environment.ProcessorCount} cores, {vectors}; {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}.";
    }

    /// <summary>Virtual machines may hide the name of the model, but not its numbers.</summary>
    private static string Family(string cpuInfo)
    {
        if (!File.Exists(cpuInfo))
        {
            return "";
        }

        string? Value(string key) => File.ReadLines(cpuInfo).FirstOrDefault(line => line.StartsWith(key + "\t", StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
        return Value("cpu family") is { } family && Value("model") is { } model ? $" (family {family}, model {model})" : "";
    }
}
