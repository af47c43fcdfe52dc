using System.Buffers.Binary;
using NAudio.Wave;

namespace RnnGen.Samples.Tests;

/// <summary>The synthesizer, what the networks hear, and the files of the sample Speech.</summary>
public sealed class SpeechTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("speech-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(300)]
    [InlineData(1000)]
    [InlineData(3000)]
    public void A_tone_is_loudest_in_the_band_around_it(double frequency)
    {
        ReadOnlySpan<float> bands = new LogMel().Hear(Tone(frequency, LogMel.Rate, amplitude: 0.5f, LogMel.StepSamples)).AsSpan(0, LogMel.Bands);

        // The centers of the bands are at equal distances on the mel scale.
        double place = (Mel(frequency) - Mel(100)) / (Mel(3900) - Mel(100)) * (LogMel.Bands + 1);
        int loudest = bands.IndexOf(System.Numerics.Tensors.TensorPrimitives.Max(bands));
        Assert.InRange(loudest, place - 2, place);

        static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));
    }

    [Fact]
    public void Twice_the_amplitude_is_four_times_the_energy()
    {
        float quiet = new LogMel().Hear(Tone(1000, LogMel.Rate, amplitude: 0.2f, LogMel.StepSamples)).Max();
        float loud = new LogMel().Hear(Tone(1000, LogMel.Rate, amplitude: 0.4f, LogMel.StepSamples)).Max();

        Assert.Equal(Math.Log(4), loud - quiet, 1e-3);
    }

    [Fact]
    public void Silence_is_a_number() => Assert.All(new LogMel().Hear(new float[LogMel.Rate]), band => Assert.Equal(Math.Log(1e-10), band, 1e-3));

    [Fact]
    public void Hearing_a_step_takes_no_memory()
    {
        var ear = new LogMel();
        var samples = new float[LogMel.StepSamples];
        var step = new float[LogMel.StepSize];

        AllocationTests.AssertNothing(() => ear.HearStep(samples, step));
    }

    [Theory]
    [InlineData(500, 80)]
    [InlineData(3400, 250)]
    public void A_resonator_lets_its_frequency_or_the_lowest_through(double frequency, double bandwidth)
    {
        var peak = new Resonator();
        peak.TunePeak(frequency, bandwidth);
        Assert.Equal(1, Gain(peak, frequency), 0.02);
        Assert.InRange(Gain(peak, frequency + bandwidth), 0.2, 0.9);

        var floor = new Resonator();
        floor.TuneFloor(frequency, bandwidth);
        Assert.Equal(1, Gain(floor, frequency: 0), 0.02);
        Assert.InRange(Gain(floor, frequency), 2, 100);
    }

    [Fact]
    public void Every_digit_is_spoken_where_it_is_said_to_be()
    {
        var random = new Random(1);
        for (int k = 0; k < 20; k++)
        {
            Utterance utterance = Synthesizer.Say(Voice.Draw(random) with { Noise = 0.001 }, [0, 1, 2, 3, 4, 5], random);

            Assert.All(utterance.Samples, sample => Assert.InRange(sample, -1, 1));
            Assert.Equal(utterance.Starts.Order(), utterance.Starts);
            Assert.InRange(utterance.Starts[0], 0.1 * LogMel.Rate, 0.5 * LogMel.Rate);
            Assert.True(Loudness(utterance.Samples.AsSpan(0, utterance.Starts[0])) < 0.1 * Loudness(utterance.Samples.AsSpan(utterance.Starts[0])));
        }

        static double Loudness(ReadOnlySpan<float> samples) => System.Numerics.Tensors.TensorPrimitives.Norm(samples) / Math.Sqrt(samples.Length);
    }

    [Fact]
    public void The_longest_utterances_fit_the_networks()
    {
        var random = new Random(1);
        Voice slow = Voice.Draw(random) with { Slowness = 1.4, Pause = 250 };
        for (int k = 0; k < 20; k++)
        {
            Assert.InRange(LogMel.Steps(Synthesizer.Say(slow, [0, 0, 0, 0, 0, 0], random).Samples.Length), 100, LogMel.LongestSteps);
        }
    }

    [Fact]
    public void A_recording_is_written_and_read()
    {
        float[] samples = Tone(440, LogMel.Rate, amplitude: 0.7f, LogMel.Rate);
        Recording.Save(At("a.wav"), samples);
        byte[] file = File.ReadAllBytes(At("a.wav"));
        Assert.Equal([.. "RIFF"u8], file[..4]);
        Assert.Equal([.. "WAVEfmt "u8], file[8..16]);
        Assert.Equal((1, 1, LogMel.Rate, 16), (file[20], file[22], BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(24)), file[34]));

        float[] read = Recording.Read(At("a.wav")).Samples;

        Assert.Equal(samples.Length, read.Length);
        Assert.All(samples.Zip(read), pair => Assert.Equal(pair.First, pair.Second, 1.0f / 16000));
    }

    [Theory]
    [InlineData(8000, 8, 1)]
    [InlineData(16000, 16, 1)]
    [InlineData(44100, 16, 2)]
    [InlineData(48000, 24, 2)]
    [InlineData(11025, 32, 1)]
    [InlineData(48000, -32, 1)]
    [InlineData(96000, -64, 2)]
    public void Recordings_of_other_formats_are_resampled(int rate, int bits, int channels)
    {
        const double Hertz = 440;
        WaveFormat format = bits > 0 ? new WaveFormat(rate, bits, channels)
            : WaveFormat.CreateCustomFormat(WaveFormatEncoding.IeeeFloat, rate, channels, rate * channels * -bits / 8, channels * -bits / 8, -bits);
        using (var file = new WaveFileWriter(At("a.wav"), format))
        {
            foreach (float sample in Tone(Hertz, rate, amplitude: 0.5f, rate))
            {
                for (int channel = 0; channel < channels; channel++)
                {
                    file.Write(Bytes(sample, bits));
                }
            }
        }

        float[] read = Recording.Read(At("a.wav")).Samples;

        Assert.InRange(read.Length, LogMel.Rate - 100, LogMel.Rate + 100);
        float[] middle = read[1000..7000];
        Assert.Equal(0.5, middle.Max(), 0.05);
        Assert.InRange(middle.Zip(middle.Skip(1)).Count(pair => pair.First < 0 && pair.Second >= 0), Hertz * 0.75 - 1, Hertz * 0.75 + 1);
    }

    [Fact]
    public void Damaged_recordings_are_refused_or_read()
    {
        Recording.Save(At("a.wav"), Tone(440, LogMel.Rate, amplitude: 0.7f, 2000));
        byte[] file = File.ReadAllBytes(At("a.wav"));
        var random = new Random(1);
        int refused = 0;
        for (int k = 0; k < 2000; k++)
        {
            byte[] damaged = file[..(k < 60 ? k : file.Length)];
            for (int change = 0; change < 3 && k >= 60; change++)
            {
                damaged[random.Next(60)] = (byte)(random.Next(3) switch { 0 => 0, 1 => 255, _ => random.Next(256) });
            }

            File.WriteAllBytes(At("a.wav"), damaged);
            refused += Record.Exception(() => Recording.Read(At("a.wav"))) switch
            {
                null => 0,
                IOException refusal when refusal.Message.Contains("a.wav", StringComparison.Ordinal) => 1,
                Exception other => throw new InvalidOperationException($"Damage {k}.", other),
            };
        }

        Assert.InRange(refused, 500, 1999);
    }

    [Fact]
    public void A_number_that_is_none_is_refused()
    {
        using (var file = new WaveFileWriter(At("a.wav"), WaveFormat.CreateIeeeFloatWaveFormat(LogMel.Rate, 1)))
        {
            float[] samples = [.. new float[1000], float.NaN];
            file.WriteSamples(samples, 0, samples.Length);
        }

        Assert.Contains("not a number", Assert.Throws<IOException>(() => Recording.Read(At("a.wav"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_heard_is_a_message_before_training()
    {
        AssertMessage("none", "none");
        AssertMessage("There are no WAV files in '.'", ".");
        File.WriteAllText(At("broken.wav"), "RIFF or not");
        AssertMessage("broken.wav' cannot be read as a WAV file", ".");

        void AssertMessage(string expected, string folder)
        {
            (int code, string output, string errors) = Sample.Run("Speech", _folder, "--wav", folder);
            Assert.Equal(1, code);
            Assert.Contains(expected, errors, StringComparison.Ordinal);
            Assert.Single(errors.Trim().Split('\n'));
            Assert.DoesNotContain("update", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_hears_the_recordings_of_a_folder()
    {
        var random = new Random(1);
        Recording.Save(At("Three.WAV"), Synthesizer.Say(Voice.Draw(random), [3], random).Samples);
        Recording.Save(At("noise.wav"), [.. Enumerable.Range(0, 9 * LogMel.Rate).Select(_ => random.NextSingle() - 0.5f)]);

        (int code, string output, string errors) = Sample.Run("Speech", _folder, "--quick", "--wav", ".");

        Assert.Equal((0, ""), (code, errors.Trim()));
        Assert.Contains("\nThree.WAV, streaming:", output, StringComparison.Ordinal);
        Assert.Contains("\nThree.WAV, whole:", output, StringComparison.Ordinal);
        Assert.Contains("\nnoise.wav, whole: longer than 8 s\n", output, StringComparison.Ordinal);
        Assert.InRange(new FileInfo(At("speech.svg")).Length, 1000, 150_000);
    }

    private string At(string name) => Path.Combine(_folder, name);

    private static float[] Tone(double frequency, int rate, float amplitude, int samples) =>
        [.. Enumerable.Range(0, samples).Select(k => amplitude * (float)Math.Sin(2 * Math.PI * frequency * k / rate))];

    /// <summary>By how much a filter amplifies a tone, after it has settled.</summary>
    private static double Gain(Resonator resonator, double frequency)
    {
        double highest = 0;
        for (int k = 0; k < LogMel.Rate; k++)
        {
            double next = resonator.Next(Math.Cos(2 * Math.PI * frequency * k / LogMel.Rate));
            highest = k > LogMel.Rate / 2 ? Math.Max(highest, Math.Abs(next)) : 0;
        }

        return highest;
    }

    private static byte[] Bytes(float sample, int bits) => bits switch
    {
        8 => [(byte)(128 + (int)(sample * 127))],
        -32 => BitConverter.GetBytes(sample),
        -64 => BitConverter.GetBytes((double)sample),
        _ => BitConverter.GetBytes((int)(sample * int.MaxValue))[(4 - (bits / 8))..],
    };
}
