using NAudio.Wave;
using NAudio.Wave.SampleProviders;

/// <summary>A sound in a WAV file.</summary>
/// <param name="Name">The name of the file.</param>
/// <param name="Samples">8000 samples per second, within -1 .. 1.</param>
internal sealed record Recording(string Name, float[] Samples)
{
    // Samples per second. Below, there is no speech; above, no microphone.
    private const int LowestRate = 4000;
    private const int HighestRate = 384_000;

    /// <summary>Reads all WAV files of a folder.</summary>
    /// <exception cref="IOException">There is none, or one cannot be read.</exception>
    public static Recording[] ReadFolder(string folder)
    {
        string[] paths = Directory.GetFiles(folder, "*.wav", new EnumerationOptions { MatchCasing = MatchCasing.CaseInsensitive });
        return paths.Length > 0 ? [.. paths.Order(StringComparer.Ordinal).Select(Read)] : throw new FileNotFoundException($"There are no WAV files in '{folder}'.");
    }

    /// <summary>Reads a file with one or two channels, of integers or floats, at any rate.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Recording Read(string path)
    {
        using FileStream stream = File.OpenRead(path);
        try
        {
            using var file = new WaveFileReader(stream);
            WaveFormat format = file.WaveFormat;
            if (format is not { Channels: 1 or 2, SampleRate: >= LowestRate and <= HighestRate })
            {
                throw new FormatException($"expected one or two channels and {LowestRate} to {HighestRate} samples per second, found {format.Channels} and {format.SampleRate}");
            }

            float[] samples = ReadAll(new WdlResamplingSampleProvider(file.ToSampleProvider().ToMono(), LogMel.Rate));
            if (samples.Length < LogMel.StepSamples)
            {
                throw new FormatException("it is shorter than 52 ms");
            }

            return new Recording(Path.GetFileName(path), samples);
        }
        catch (Exception e)
        {
            // The library has no exception of its own for a damaged file; it can fail anywhere.
            throw new IOException($"'{path}' cannot be read as a WAV file: {e.Message}", e);
        }
    }

    /// <summary>Writes a file of 16-bit integers.</summary>
    public static void Save(string path, float[] samples)
    {
        using var file = new WaveFileWriter(path, new WaveFormat(LogMel.Rate, bits: 16, channels: 1));
        file.WriteSamples(samples, 0, samples.Length);
    }

    private static float[] ReadAll(ISampleProvider sound)
    {
        var samples = new List<float>();
        var buffer = new float[LogMel.Rate];
        while (sound.Read(buffer) is int count and > 0)
        {
            foreach (float sample in buffer.AsSpan(0, count))
            {
                samples.Add(float.IsNaN(sample) ? throw new FormatException("a sample is not a number") : Math.Clamp(sample, -1, 1));
            }
        }

        return [.. samples];
    }
}
