using System.Diagnostics;

namespace RnnGen.Everywhere;

/// <summary>How long a start and a step take, and how much memory.</summary>
internal static class Measurements
{
    /// <summary>Loads a model and makes one step.</summary>
    /// <param name="started">When the program began.</param>
    /// <returns>The time since then.</returns>
    public static TimeSpan Start(long started)
    {
        using Stream file = typeof(Measurements).Assembly.GetManifestResourceStream("gru24.safetensors")!;
        Gru24 model = Gru24.Load(file);
        Span<float> output = stackalloc float[1];
        model.Step(model.CreateState(), [0.5f], output);
        return Stopwatch.GetElapsedTime(started);
    }

    /// <summary>The largest amount of memory so far, in kB; 0 if the system does not tell.</summary>
    public static long PeakMemory()
    {
        const string Key = "VmHWM:";
        const string Status = "/proc/self/status";
        if (File.Exists(Status) && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is string line)
        {
            return long.Parse(line[Key.Length..].Replace("kB", "").Trim());
        }

        return OperatingSystem.IsBrowser() ? 0 : Environment.WorkingSet / 1024;
    }

    /// <summary>The time of a step in nanoseconds: the shortest of several runs.</summary>
    public static double Step(IRnnStreamingModel<float> model)
    {
        State state = model.CreateState();
        var input = new float[model.InputSize];
        var output = new float[model.OutputSize];
        int steps = 16;
        double best = double.MaxValue;
        for (int run = 0; run < 12; run++)
        {
            long start = Stopwatch.GetTimestamp();
            for (int k = 0; k < steps; k++)
            {
                model.Step(state, input, output);
            }

            TimeSpan time = Stopwatch.GetElapsedTime(start);
            if (time.TotalMilliseconds < 50)
            {
                // Not long enough to count.
                steps *= 4;
                run = Math.Min(run, 1);
                continue;
            }

            best = Math.Min(best, time.TotalNanoseconds / steps);
        }

        return best;
    }
}

[RnnModel(1, 1), Gru(24), Linear(1)]
internal sealed partial class Gru24;
