using System.CommandLine;
using RnnGen;
using RnnGen.Samples;

var csv = new Option<FileInfo?>("--csv") { Description = "Hourly readings: a date and seven numbers per row, as in ETTh1.csv. Made up by default." };

return SampleProgram.Run(args, "Forecasts the seven readings of a transformer a day ahead, with intervals.", options =>
{
    Series series = options.Arguments.GetValue(csv) is FileInfo file ? Station.Read(file.FullName) : Station.MakeUp(options.Seed);
    (SeriesWindows training, SeriesWindows validation, SeriesWindows test) = SeriesWindows.Split(
        series.Slice(0, Math.Min(series.Rows, 20 * Station.Month)),
        new SeriesOptions
        {
            Steps = Station.Week,
            Horizon = Station.Day,
            Missing = MissingValues.Interpolate,
            Relative = RelativeTo.Last,
            Calendar = CalendarFeatures.HourOfDay | CalendarFeatures.DayOfWeek,
        },
        trainingRows: 12 * Station.Month,
        validationRows: 4 * Station.Month);

    // Three models that were trained from different weights err less together than each alone.
    Dispatcher[] dispatchers = [.. Enumerable.Range(0, 3).Select(member => new Dispatcher(options.Seed + (100 * member)))];
    foreach (Dispatcher dispatcher in dispatchers)
    {
        using Dispatcher.Trainer trainer = dispatcher.CreateTrainer(new AdamW(0.004f) { ClipNorm = 1, WeightDecay = 0.2f, Schedule = new CosineSchedule(options.Updates(1500)) });
        trainer.Workers = 2;
        trainer.Fit(training, validation, options.Training(1500, batchSize: 32) with { ValidateEvery = options.Updates(100), RestoreBestWeights = true }, new ConsoleProgress());
    }

    double loss = dispatchers.Average(dispatcher => dispatcher.Evaluate(test).Loss);
    var withGaps = new SeriesWindows(Station.WithGaps(test.Series, 0.3, options.Seed), test.Preparation);
    double lossWithGaps = dispatchers.Average(dispatcher => dispatcher.Evaluate(withGaps).Loss);
    Console.WriteLine($"loss {loss:0.0000}; with 30 % of the inputs removed {lossWithGaps:0.0000} ({(lossWithGaps / loss) - 1:+0.0 %;-0.0 %})");

    // Times to come differ from those of the training: the validation shows by how much the intervals are too narrow.
    var forecasts = new Forecasts(dispatchers, test, new Forecasts(dispatchers, validation).Shortage(0.8));
    forecasts.Draw("power.svg");
    return $"coverage {100 * forecasts.Coverage:0.0} %, better than seasonal naive in {forecasts.BetterColumns()} of {Station.Columns} columns";
}, csv);
