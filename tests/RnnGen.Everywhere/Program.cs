using System.Globalization;

namespace RnnGen.Everywhere;

/// <summary>
/// Computes every case, and prints a digest of each, so that targets can be compared: just-in-time and native code, vectors of all widths, processors, browsers.
/// </summary>
/// <remarks>
/// <c>--brief</c> trains reproducible models for 50 updates instead of 1,000. <c>--measure</c> also prints the time of steps, <c>--values</c> all results, for <c>compare</c>; <c>compare FOLDER</c> compares what the targets printed.
/// <c>start MODEL [FOLDER]</c> prints only how long a model took to load and to make a step; <c>write FOLDER</c> writes its file.
/// </remarks>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        switch (arguments)
        {
            case ["compare", string folder]:
                return Comparison.Run(folder, Console.Out);
            case ["write", string folder]:
                Measurements.Write(folder);
                return 0;
            case ["start", string model, .. string[] folder]:
                TimeSpan start = Measurements.FirstStep(model, folder.FirstOrDefault());
                Console.WriteLine(Report.Fact($"{model}-start-us", $"{start.TotalMicroseconds:0}"));
                Console.WriteLine(Report.Fact($"{model}-memory-kB", $"{Measurements.PeakMemory()}"));
                return 0;
        }

        if (arguments.Contains("--brief"))
        {
            Reproducible.Updates = 50;
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
