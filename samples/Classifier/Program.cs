using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Tells the three arms of a spiral apart, point by point.", options =>
{
    var random = new Random(options.Seed);
    Sequences<float, int> training = Points(random, 1500);
    Sequences<float, int> held = Points(random, 600);

    var model = new Spirals(options.Seed);
    Spirals.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
    trainer.Fit(training, null, options.Training(updates: 3000, batchSize: 32), new ConsoleProgress());

    Draw(model, held);
    return $"accuracy {model.Evaluate(held).Accuracy:P1} on {held.Count} held-out points";
});

// Point after point on one of three arms that wind once around the origin, with noise.
static Sequences<float, int> Points(Random random, int count)
{
    var points = new float[count][];
    var arms = new int[count];
    for (int k = 0; k < count; k++)
    {
        int arm = k % 3;
        double along = 0.1 + (0.9 * random.NextDouble());
        double angle = (2 * Math.PI * ((arm / 3.0) + along)) + (0.5 * (random.NextDouble() + random.NextDouble() - 1));
        points[k] = [(float)(along * Math.Cos(angle)), (float)(along * Math.Sin(angle))];
        arms[k] = arm;
    }

    return new Sequences<float, int>(points, arms);
}

// The points in the colors of the arms that the model gives them.
static void Draw(Spirals model, Sequences<float, int> data)
{
    var arms = new List<(double, double)>[] { [], [], [] };
    for (int k = 0; k < data.Count; k++)
    {
        arms[model.PredictClass(data.Inputs(k))].Add((data.Inputs(k)[0], data.Inputs(k)[1]));
    }

    var plot = new Plot("Held-out points, as the model sees them", "x", "y");
    for (int arm = 0; arm < arms.Length; arm++)
    {
        plot.AddPoints($"arm {arm + 1}", arms[arm]);
    }

    plot.Save("classifier.svg");
}
