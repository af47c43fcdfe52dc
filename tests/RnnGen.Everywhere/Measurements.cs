using System.Diagnostics;

namespace RnnGen.Everywhere;

/// <summary>How long a start and a step take, and how much memory.</summary>
internal static class Measurements
{
    /// <summary>Loads a model and makes one step, in a new process.</summary>
    /// <param name="model"><c>gru24</c> or <c>lstm128</c>.</param>
    /// <param name="folder">Has its file, see <see cref="Write"/>; null where there are no files, for the resource that is the file of the first one.</param>
    /// <returns>The time.</returns>
    public static TimeSpan FirstStep(string model, string? folder)
    {
        float[] input = [0.5f];
        float[] output = [0];
        string path = $"{folder}/{model}.safetensors";
        using Stream? resource = folder is null ? typeof(Measurements).Assembly.GetManifestResourceStream($"{model}.safetensors") : null;
        long start = Stopwatch.GetTimestamp();
        if (model == "gru24")
        {
            Gru24 gru = resource is null ? Gru24.Load(path) : Gru24.Load(resource);
            gru.Step(gru.CreateState(), input, output);
        }
        else
        {
            Lstm128 lstm = Lstm128.Load(path);
            lstm.Step(lstm.CreateState(), input, output);
        }

        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Writes the files that are loaded.</summary>
    public static void Write(string folder)
    {
        new Gru24(seed: 1).Save($"{folder}/gru24.safetensors");
        new Lstm128(seed: 1).Save($"{folder}/lstm128.safetensors");
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
