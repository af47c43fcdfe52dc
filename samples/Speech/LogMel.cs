using System.Numerics.Tensors;
using NAudio.Dsp;

/// <summary>
/// What the networks hear of a sound: the loudness of 24 bands, fifty times a second, as the logarithm of the energy. The bands are triangles of equal width on
/// the mel scale, on which equal distances sound equal (Davis and Mermelstein 1980). Two frames are one step of a network.
/// </summary>
internal sealed class LogMel
{
    /// <summary>Samples per second.</summary>
    public const int Rate = 8000;

    /// <summary>Samples from one frame to the next: 20 ms.</summary>
    public const int Hop = 160;

    /// <summary>Numbers per frame.</summary>
    public const int Bands = 24;

    /// <summary>Numbers per step.</summary>
    public const int StepSize = 2 * Bands;

    /// <summary>Samples from one step to the next: 40 ms.</summary>
    public const int StepHop = 2 * Hop;

    /// <summary>Samples that a step hears: two frames, which overlap.</summary>
    public const int StepSamples = Hop + FrameSize;

    /// <summary>Steps of the longest utterance: 8 s.</summary>
    public const int LongestSteps = 200;

    // 32 ms, and half as many frequencies, with 0.
    private const int FrameSize = 256;
    private const int Frequencies = (FrameSize / 2) + 1;

    // The edges of the lowest and the highest band, in Hz.
    private const double Lowest = 100;
    private const double Highest = 3900;

    // The energy of silence, so that it has a logarithm; about that of the rounding to 16 bits.
    private const float Silence = 1e-10f;

    // [bands x frequencies]
    private static readonly float[] Triangles = CreateTriangles();

    private readonly FftProcessor _fft = new(FrameSize, FftWindowType.Hann);
    private readonly Complex[] _spectrum = new Complex[Frequencies];
    private readonly float[] _energies = new float[Frequencies];

    /// <summary>Number of whole steps in a sound.</summary>
    /// <param name="samples">Number of its samples.</param>
    /// <returns>The number.</returns>
    public static int Steps(int samples) => samples < StepSamples ? 0 : 1 + ((samples - StepSamples) / StepHop);

    /// <summary>Hears a sound.</summary>
    /// <param name="samples">The sound.</param>
    /// <returns>[steps x 48]</returns>
    public float[] Hear(ReadOnlySpan<float> samples)
    {
        var steps = new float[Steps(samples.Length) * StepSize];
        for (int step = 0; step < steps.Length / StepSize; step++)
        {
            HearStep(samples.Slice(step * StepHop, StepSamples), steps.AsSpan(step * StepSize, StepSize));
        }

        return steps;
    }

    /// <summary>Hears one step. Allocates nothing.</summary>
    /// <param name="samples">416 samples.</param>
    /// <param name="step">Receives 48 numbers.</param>
    public void HearStep(ReadOnlySpan<float> samples, Span<float> step)
    {
        HearFrame(samples[..FrameSize], step[..Bands]);
        HearFrame(samples[Hop..], step[Bands..]);
    }

    private void HearFrame(ReadOnlySpan<float> samples, Span<float> bands)
    {
        _fft.RealForward(samples, _spectrum);
        for (int k = 0; k < Frequencies; k++)
        {
            _energies[k] = (_spectrum[k].X * _spectrum[k].X) + (_spectrum[k].Y * _spectrum[k].Y);
        }

        for (int band = 0; band < Bands; band++)
        {
            bands[band] = MathF.Log(Silence + TensorPrimitives.Dot<float>(_energies, Triangles.AsSpan(band * Frequencies, Frequencies)));
        }
    }

    private static float[] CreateTriangles()
    {
        var triangles = new float[Bands * Frequencies];
        double width = (Mel(Highest) - Mel(Lowest)) / (Bands + 1);
        for (int band = 0; band < Bands; band++)
        {
            double center = Mel(Lowest) + ((band + 1) * width);
            for (int k = 0; k < Frequencies; k++)
            {
                double distance = Math.Abs(Mel(k * Rate / (double)FrameSize) - center) / width;
                triangles[(band * Frequencies) + k] = (float)Math.Max(0, 1 - distance);
            }
        }

        return triangles;
    }

    private static double Mel(double hertz) => 2595 * Math.Log10(1 + (hertz / 700));
}
