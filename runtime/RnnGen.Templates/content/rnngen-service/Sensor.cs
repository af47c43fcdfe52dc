using RnnGen;

// The model: change its layers, build, and their code is written anew. Here, it says at every reading what the next one will be.
[RnnModel(inputSize: 1, sequenceLength: 50)]
public sealed partial class Sensor
{
    [Normalization] public partial Layer Scale  { get; }
    [Gru(16)]       public partial Layer Memory { get; }
    [Linear(1)]     public partial Layer Next   { get; }
}

/// <summary>The weights: those of a file or, if there is none, new ones.</summary>
public static class Weights
{
    public static Sensor LoadOrTrain(string path)
    {
        if (!File.Exists(path))
        {
            Train().Save(path);
        }

        return Sensor.Load(path);
    }

    private static Sensor Train()
    {
        // The data: a sensor that was read 10,000 times, in windows of 50 readings. Put your own here.
        var random = new Random(1);
        float[] readings = [.. Enumerable.Range(0, 10_001).Select(n => 20 + (3 * MathF.Sin(n / 10f)) + MathF.Sin(n / 4f) + (0.1f * random.NextSingle()))];
        float[][] inputs = [.. Enumerable.Range(0, 200).Select(window => readings[(50 * window)..(50 * (window + 1))])];
        float[][] targets = [.. Enumerable.Range(0, 200).Select(window => readings[((50 * window) + 1)..((50 * (window + 1)) + 1)])];
        var data = new Sequences<float, float>(inputs, targets);

        var model = new Sensor(seed: 1);
        model.Scale.Adapt(data);
        using Sensor.Trainer trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
        trainer.Fit(data, null, new FitOptions { Updates = 2000, BatchSize = 8 });
        return model;
    }
}
