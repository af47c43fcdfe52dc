using RnnGen.Samples;

/// <summary>Digits that were spoken.</summary>
/// <param name="Samples">The sound, 8000 samples per second, within -1 .. 1.</param>
/// <param name="Digits">What was said.</param>
/// <param name="Starts">The sample at which each digit begins.</param>
internal sealed record Utterance(float[] Samples, int[] Digits, int[] Starts);

/// <summary>
/// Speaks, as Klatt's synthesizer does (1980): pulses of the vocal cords, and hiss, go through resonances that move from phoneme to phoneme.
/// </summary>
/// <param name="voice">Whose voice.</param>
/// <param name="random">What is different every time.</param>
internal sealed class Synthesizer(Voice voice, Random random)
{
    // Every 5 ms, the resonances go a fifth of the way that is left, the sound of the vocal cords and the hiss more of it.
    private const int TickMilliseconds = 5;
    private const int TickSamples = LogMel.Rate * TickMilliseconds / 1000;
    private const double Glide = 0.2;
    private const double VoiceGlide = 0.4;
    private const double NoiseGlide = 0.6;

    // The highest resonance is the same for all phonemes; none may come near the highest frequency of the samples. In Hz.
    private const double FourthFormant = 3400;
    private const double FourthWidth = 250;
    private const double HighestCenter = 3800;

    // Some air passes the vocal cords beside their pulses.
    private const double Breath = 0.05;

    // Bandwidths of the resonances of phonemes, in Hz.
    private static readonly double[] Widths = [60, 100, 140];

    private readonly Resonator[] _throat = new Resonator[4];
    private readonly double[] _formants = [500, 1500, 2500];
    private readonly List<float> _samples = [];
    private Resonator _teeth;
    private double _voice;
    private double _noise;
    private double _phase;
    private double _cords;

    /// <summary>Says digits, with silence before and after them.</summary>
    public static Utterance Say(Voice voice, int[] digits, Random random) => new Synthesizer(voice, random).Say(digits);

    private Utterance Say(int[] digits)
    {
        var starts = new int[digits.Length];
        Wait(random.Between(150, 400));
        for (int k = 0; k < digits.Length; k++)
        {
            starts[k] = _samples.Count;
            foreach ((Phoneme phoneme, double length) in Pronunciation.Digits[digits[k]])
            {
                Speak(phoneme, length * voice.Slowness * random.Between(0.8, 1.25));
            }

            // Some digits follow at once.
            Wait(Math.Max(0, voice.Pause * random.Between(-0.3, 1.7)));
        }

        Wait(random.Between(150, 400));
        return new Utterance(Record(), digits, starts);
    }

    // Silence, with the mouth as it is.
    private void Wait(double milliseconds) =>
        Speak(new Phoneme(_formants[0] / Shift(0), _formants[1] / Shift(1), _formants[2] / Shift(2), Voice: 0), milliseconds);

    private void Speak(Phoneme phoneme, double milliseconds)
    {
        double[] targets = [phoneme.F1 * Shift(0), phoneme.F2 * Shift(1), phoneme.F3 * Shift(2)];
        _teeth.TunePeak(Math.Min(phoneme.Center * voice.Throat, HighestCenter), phoneme.Width);
        for (int tick = 0; tick < milliseconds / TickMilliseconds; tick++)
        {
            for (int k = 0; k < targets.Length; k++)
            {
                _formants[k] += Glide * (targets[k] - _formants[k]);
                _throat[k].TuneFloor(_formants[k], Widths[k]);
            }

            _throat[3].TuneFloor(Math.Min(FourthFormant * voice.Throat, HighestCenter), FourthWidth);
            _voice += VoiceGlide * (phoneme.Voice - _voice);
            _noise += NoiseGlide * ((phoneme.Noise * voice.Hiss) - _noise);
            for (int sample = 0; sample < TickSamples; sample++)
            {
                _samples.Add(Sample());
            }
        }
    }

    private double Shift(int formant) => voice.Throat * voice.Accent[formant];

    private float Sample()
    {
        double pulse = 0;
        if (--_phase < 0)
        {
            // No two periods are quite alike.
            double seconds = _samples.Count / (double)LogMel.Rate;
            double period = LogMel.Rate / (voice.Pitch * (1 - (voice.Drift * seconds / (1 + seconds))) * random.Between(0.98, 1.02));
            _phase += period;
            pulse = Math.Sqrt(period);
        }

        double air = random.Between(-1, 1);
        _cords = (voice.Tilt * _cords) + ((1 - voice.Tilt) * (pulse + (Breath * air)));
        double sound = _voice * _cords;
        for (int k = 0; k < _throat.Length; k++)
        {
            sound = _throat[k].Next(sound);
        }

        return (float)(sound + _teeth.Next(_noise * air));
    }

    // The microphone: as loud as the voice is, and with the noise of the room.
    private float[] Record()
    {
        float peak = _samples.Max(Math.Abs);
        return [.. _samples.Select(sample => (float)(voice.Loudness * ((sample / peak) + (voice.Noise * random.Between(-1, 1))) / (1 + voice.Noise)))];
    }
}
