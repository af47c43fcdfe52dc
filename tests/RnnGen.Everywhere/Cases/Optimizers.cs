namespace RnnGen.Everywhere;

/// <summary>Some updates of each optimizer, and with them the schedules.</summary>
internal static class Optimizers
{
    public static IEnumerable<Case> Cases =>
    [
        Of("Sgd", new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true, ClipNorm = 1 }),
        Of("Adam", new Adam(0.01f) { Schedule = new CosineSchedule(30) { WarmupUpdates = 5 } }),
        Of("AdamW", new AdamW(0.01f) { WeightDecay = 0.1f, ClipValue = 0.5f }),
        Of("RmsProp", new RmsProp(0.01f) { Momentum = 0.5f, Schedule = new ExponentialSchedule(0.9f) }),
        Of("AdaGrad", new AdaGrad(0.05f) { Schedule = new StepSchedule(4, 0.5f) }),
    ];

    private static Case Of(string name, OptimizerSettings settings) => new($"{name}/updates", values =>
    {
        var random = new Random(8);
        var model = new GruPlain(seed: 5);
        using var trainer = new Trainer<float, float>(model, settings) { Average = new ExponentialMovingAverage(model, 0.9f) };
        for (int update = 0; update < 12; update++)
        {
            values.Add(trainer.Train(Made.Numbers(random, 9 * GruPlain.InputSize), Made.Numbers(random, 9 * GruPlain.OutputSize)));
        }

        Passes.AddParameters(model, values);
        trainer.Average.CopyTo(model);
        Passes.AddParameters(model, values);
    });
}
