using RnnGen;
using RnnGen.Samples;

// The last two years are held out: no target of the training lies in them.
const int Year = Airline.Year;
int months = Airline.Passengers.Length;
int cut = months - (2 * Year);

return SampleProgram.Run(args, "Forecasts airline passengers twelve months ahead.", options =>
{
    // Synced many to many: after every month the growth of the next twelve.
    float[] inputs = [.. Enumerable.Range(Year, cut - (2 * Year)).SelectMany(Row)];
    float[] targets = [.. Enumerable.Range(Year, cut - (2 * Year)).SelectMany(now => Enumerable.Range(now + 1, Year)).Select(month => (float)Airline.Growth(month))];

    // A small model on a hundred months: five of them together are better than any one.
    Forecaster[] models = [.. Enumerable.Range(0, 5).Select(k => new Forecaster(options.Seed + k))];
    Forecaster.Trainer[] trainers = [.. models.Select(model => model.CreateTrainer(new AdamW(0.005f) { WeightDecay = 0.02f, ClipNorm = 1 }))];
    TrainingConsole.Loop(options.Updates(400), () => trainers.Average(trainer => trainer.Train(inputs, targets)));

    // From every month from which twelve held-out ones can be compared.
    int[] origins = [.. Enumerable.Range(cut - 1, months - Year - cut + 1)];
    double error = origins.Average(now => Error(now, Forecast(models, now)));
    double naive = origins.Average(now => Error(now, [.. Enumerable.Range(now + 1, Year).Select(month => Airline.Passengers[month - Year])]));
    Draw(models, origins);
    Console.WriteLine($"{origins.Length} forecasts of twelve months each, mean absolute error in thousands of passengers");
    return $"error {error:0.0}, seasonal naive {naive:0.0}";
});

// What is known of a month: growth over a year, over a month, and the season.
static float[] Row(int month) =>
[
    (float)Airline.Growth(month),
    (float)Math.Log(Airline.Passengers[month] / Airline.Passengers[month - 1]),
    (float)Math.Sin(2 * Math.PI * month / Year),
];

// The twelve months after a month, from all the months up to it.
static double[] Forecast(Forecaster[] models, int now)
{
    var growth = new double[Year];
    var outputs = new float[Year];
    foreach (Forecaster model in models)
    {
        Forecaster.State state = model.CreateState();
        for (int month = Year; month <= now; month++)
        {
            model.Step(state, Row(month), outputs);
        }

        for (int k = 0; k < Year; k++)
        {
            growth[k] += outputs[k] / models.Length;
        }
    }

    return [.. growth.Select((g, k) => Airline.Passengers[now + 1 + k - Year] * Math.Exp(g))];
}

static double Error(int now, double[] forecast) => forecast.Select((value, k) => Math.Abs(value - Airline.Passengers[now + 1 + k])).Average();

static void Draw(Forecaster[] models, int[] origins)
{
    var plot = new Plot("Airline passengers: two forecasts of twelve months each", "year", "thousands per month");
    plot.Add("passengers", Points(6 * Year, Airline.Passengers[(6 * Year)..]));
    plot.Add("forecast", Points(origins[0] + 1, Forecast(models, origins[0])));
    plot.Add("a year later", Points(origins[^1] + 1, Forecast(models, origins[^1])));
    plot.Add("the year before", Points(origins[0] + 1, Airline.Passengers[(origins[0] + 1 - Year)..(origins[0] + 1 + Year)]));
    plot.Save("forecast.svg");

    static IEnumerable<(double, double)> Points(int first, double[] values) =>
        values.Select((value, k) => (Airline.FirstYear + ((first + k) / (double)Year), value));
}
