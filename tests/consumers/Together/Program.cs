using Models;
using RnnGen;
using RnnGen.Mpi;

return MpiGroup.Run(group =>
{
    var sensor = new Sensor(seed: 1);
    var windows = new Sequences<float, float>(
        [.. Enumerable.Range(0, 8).Select(window => Wave(window, 0))],
        [.. Enumerable.Range(0, 8).Select(window => Wave(window, 1))]);
    double before = sensor.Evaluate(windows).Loss;
    using Sensor.Trainer trainer = sensor.CreateTrainer(new Adam(0.01f));
    trainer.Workers = 2;
    trainer.Group = group;
    trainer.Fit(windows, null, new FitOptions { Updates = 200, BatchSize = 4, Quiet = true });
    if (group.IsFirst)
    {
        Console.WriteLine($"{group.Size} process, learns: {sensor.Evaluate(windows).Loss < before / 2}");
    }

    return 0;
});

static float[] Wave(int window, int step) => [.. Enumerable.Range(0, Sensor.SequenceLength).Select(n => MathF.Sin(window + n + step))];
