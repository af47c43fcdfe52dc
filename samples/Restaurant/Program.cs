using RnnGen;
using RnnGen.Samples;

string[] dishes = ["jjajang", "jjamppong", "bokkeumbap"];
float[][] oneHot = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

return SampleProgram.Run(args, "A restaurant delivers jjajang, jjamppong, bokkeumbap, and again from the start.", options =>
{
    // Six days in a row, from each of the three days on which one can start to look.
    int[][] weeks = [.. Enumerable.Range(0, 3).Select(first => Enumerable.Range(first, 7).Select(day => day % 3).ToArray())];
    var data = new Sequences<float, int>(
        weeks.Select(week => week[..6].SelectMany(dish => oneHot[dish]).ToArray()),
        weeks.Select(week => week[1..]));

    var kitchen = new Kitchen(options.Seed);
    Kitchen.Trainer trainer = kitchen.CreateTrainer(new Adam(0.02f));
    IReadOnlyList<(double, double)> losses = TrainingConsole.Loop(400, () =>
    {
        for (int k = 0; k < data.Count; k++)
        {
            trainer.Accumulate(data.Inputs(k), data.Targets(k));
        }

        return trainer.Update();
    });

    int right = 0;
    for (int today = 0; today < 3; today++)
    {
        // Two days ahead: what the model says of tomorrow is what it reads next.
        var ahead = new float[2 * Kitchen.OutputSize];
        kitchen.Generate(kitchen.CreateState(), oneHot[today], ahead);

        Console.WriteLine($"today {dishes[today]}");
        for (int days = 1; days <= 2; days++)
        {
            ReadOnlySpan<float> row = ahead.AsSpan((days - 1) * 3, 3);
            int dish = Sampler.MostLikely(row);
            right += dish == (today + days) % 3 ? 1 : 0;
            Console.WriteLine($"  in {days} day{(days == 1 ? " " : "s")} [{row[0]:0}, {row[1]:0}, {row[2]:0}]  {dishes[dish]}, {row[dish]:P1} sure");
        }
    }

    var plot = new Plot("The restaurant's rule is learned", "update", "loss in nats");
    plot.Add("training", losses);
    plot.Save("restaurant.svg");
    return $"right {right} of 6";
});
