using System.Diagnostics;
using System.Globalization;

namespace RnnGen.Everywhere;

/// <summary>
/// Computes every case, and prints a digest of each, so that targets can be compared: just-in-time and native code, vectors of all widths, processors, browsers.
/// </summary>
/// <remarks>
/// <c>--start</c> prints only how long the first step took, <c>--measure</c> also the time of steps, <c>--values</c> all results, for <c>compare</c>;
/// <c>compare FOLDER</c> compares what the targets printed.
/// </remarks>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        long started = Stopwatch.GetTimestamp();
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            case ["compare", string folder]:
                return Comparison.Run(folder, Console.Out);
            case ["write", string path]:
                new Gru24(seed: 1).Save(path);
                return 0;
        }

        TimeSpan start = Measurements.Start(started);
        Console.WriteLine(Report.Fact("start-us", $"{start.TotalMicroseconds:0}"));
        Console.WriteLine(Report.Fact("memory-kB", $"{Measurements.PeakMemory()}"));
        if (arguments.Contains("--start"))
        {
            return 0;
        }

        Report.WriteMachine(Console.Out);
        if (arguments.Contains("--measure"))
        {
            Console.WriteLine(Report.Fact("gru24-ns", $"{Measurements.Step(new Gru24(seed: 1)):0}"));
            Console.WriteLine(Report.Fact("lstm128-ns", $"{Measurements.Step(new Lstm128(seed: 1)):0}"));
        }

        return Report.Write(Console.Out, withValues: arguments.Contains("--values"));
    }
}
