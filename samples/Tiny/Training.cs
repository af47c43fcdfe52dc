using System.Globalization;
using RnnGen;

/// <summary>Trains the model on a sensor that is not damaged, and stores what error is usual with it.</summary>
public static class Training
{
    /// <param name="path">The file.</param>
    public static void Run(string path)
    {
        const int Windows = 200;
        const int Steps = 100;
        var sensor = new Sensor(seed: 1);
        float[] samples = [.. Enumerable.Range(0, (Windows * Steps) + 1).Select(_ => sensor.Read())];
        float[][] inputs = [.. Enumerable.Range(0, Windows).Select(k => samples[(k * Steps)..((k + 1) * Steps)])];
        float[][] targets = [.. Enumerable.Range(0, Windows).Select(k => samples[((k * Steps) + 1)..(((k + 1) * Steps) + 1)])];
        var model = new Bearing(seed: 1);
        using Bearing.Trainer trainer = model.CreateTrainer(new Adam(0.01f) { ClipNorm = 1, Schedule = new CosineSchedule(6000) });
        trainer.Fit(new Sequences<float, float>(inputs, targets), null, new FitOptions { Updates = 6000, BatchSize = 4, Seed = 1 });

        var watch = new BearingWatch(model, usual: 0);
        float sum = 0;
        const int Count = 5000;
        const int Settled = 1000;
        for (int k = 0; k < Count; k++)
        {
            watch.Read(samples[k]);
            sum += k >= Settled ? watch.Error : 0;
        }

        model.Metadata[BearingWatch.UsualKey] = (sum / (Count - Settled)).ToString(CultureInfo.InvariantCulture);
        model.Save(path);
        Console.WriteLine($"usual error {model.Metadata[BearingWatch.UsualKey]}");
    }
}
