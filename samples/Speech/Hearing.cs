using RnnGen;

/// <summary>A digit that a network has heard.</summary>
/// <param name="Digit">The digit.</param>
/// <param name="Second">The end of the step at which it became certain.</param>
internal readonly record struct Heard(int Digit, double Second);

/// <summary>What trained networks hear in a sound.</summary>
internal static class Hearing
{
    /// <summary>Streams a sound, step by step, as it would come from a microphone. A digit is given as soon as it is certain.</summary>
    public static IEnumerable<Heard> Follow(Captioner captioner, float[] samples)
    {
        var ear = new LogMel();
        Captioner.State state = captioner.CreateState();
        var decoder = new CtcGreedyDecoder(captioner.Digits);
        var heard = new float[LogMel.StepSize];
        var probabilities = new float[Captioner.OutputSize];
        for (int step = 0; step < LogMel.Steps(samples.Length); step++)
        {
            ear.HearStep(samples.AsSpan(step * LogMel.StepHop, LogMel.StepSamples), heard);
            captioner.Step(state, heard, probabilities);
            if (decoder.Step(probabilities) is int digit and not CtcGreedyDecoder.None)
            {
                yield return At(step, digit);
            }
        }
    }

    /// <summary>Hears a whole sound, of at most 8 s.</summary>
    public static IEnumerable<Heard> Read(Transcriber transcriber, float[] samples)
    {
        int steps = LogMel.Steps(samples.Length);
        var probabilities = new float[steps * Transcriber.OutputSize];
        transcriber.Forward(transcriber.CreateState(), new LogMel().Hear(samples), probabilities);
        var decoder = new CtcGreedyDecoder(transcriber.Digits);
        for (int step = 0; step < steps; step++)
        {
            if (decoder.Step(probabilities.AsSpan(step * Transcriber.OutputSize, Transcriber.OutputSize)) is int digit and not CtcGreedyDecoder.None)
            {
                yield return At(step, digit);
            }
        }
    }

    private static Heard At(int step, int digit) => new(digit, ((step * LogMel.StepHop) + LogMel.StepSamples) / (double)LogMel.Rate);
}
