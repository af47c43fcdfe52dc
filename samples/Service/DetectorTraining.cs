using RnnGen;

/// <summary>
/// Trains the detector on readings of pumps that work well, and on the same with made-up departures: nobody has to wait for a pump to break. A forecaster needs no faults at all
/// (docs/anomalies.md), but then the last forecast belongs to a stream as its state does; here, the state is all.
/// </summary>
public static class DetectorTraining
{
    private const int Steps = Detector.SequenceLength;

    /// <summary>Some seconds on one core.</summary>
    /// <param name="updates">Updates of the weights.</param>
    /// <returns>The detector.</returns>
    public static Detector Run(int updates = 4000)
    {
        var random = new Random(1);
        float[][] inputs = new float[2000][];
        float[][] targets = new float[inputs.Length][];
        for (int window = 0; window < inputs.Length; window++)
        {
            (inputs[window], targets[window]) = (Readings(new Pump(random.Next())), new float[Steps]);
        }

        var detector = new Detector(seed: 1);
        detector.Scale.Adapt(new Sequences<float, float>(inputs, targets));
        for (int window = 0; window < inputs.Length; window += 2)
        {
            // Usually one of the sensors, sometimes more of them.
            Depart(inputs[window], targets[window], random);
            if (random.Next(4) == 0)
            {
                Depart(inputs[window], targets[window], random);
                Depart(inputs[window], targets[window], random);
            }
        }

        using Detector.Trainer trainer = detector.CreateTrainer(new Adam(0.01f) { ClipNorm = 1, Schedule = new CosineSchedule(updates) });
        trainer.Fit(new Sequences<float, float>(inputs, targets), null, new FitOptions { Updates = updates, Seed = 1, Quiet = true });
        return detector;
    }

    private static float[] Readings(Pump pump)
    {
        var readings = new float[Steps * Detector.InputSize];
        for (int step = 0; step < Steps; step++)
        {
            pump.Read(readings.AsSpan(step * Detector.InputSize, Detector.InputSize));
        }

        return readings;
    }

    /// <summary>From some second on, one of the sensors departs from what it should say, at once or slowly, a little or wildly, or says the same again and again.</summary>
    private static void Depart(Span<float> readings, Span<float> targets, Random random)
    {
        int sensor = random.Next(Detector.InputSize);
        int first = random.Next(Steps);
        bool isStuck = random.Next(4) == 0;
        float size = (random.Next(2) == 0 ? -1 : 1) * MathF.Exp(random.NextSingle() * MathF.Log(100)) * 0.5f;
        float seconds = 1 + (20 * random.NextSingle());
        float stuck = readings[(first * Detector.InputSize) + sensor];
        for (int step = first; step < Steps; step++)
        {
            ref float reading = ref readings[(step * Detector.InputSize) + sensor];
            reading = isStuck ? stuck : reading + (size * MathF.Min(1, (step - first + 1) / seconds));
            targets[step] = 1;
        }
    }
}
