using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace RnnGen.Samples;

/// <summary>Shows how training goes: a bar on a terminal, plain lines elsewhere.</summary>
public static class TrainingConsole
{
    /// <summary>Runs a training and shows its reports.</summary>
    /// <typeparam name="T">What it gives back.</typeparam>
    /// <param name="describe">Turns a report into a line.</param>
    /// <param name="train">The training.</param>
    /// <returns>What the training gave back.</returns>
    public static T Run<T>(Func<TrainingProgress, string> describe, Func<IProgress<TrainingProgress>, T> train)
    {
        if (Console.IsOutputRedirected)
        {
            return train(new Reports(report => Console.WriteLine(Line(report, describe))));
        }

        return AnsiConsole.Progress()
            .AutoRefresh(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask("training");
                return train(new Reports(report =>
                {
                    task.MaxValue = report.Updates;
                    task.Value = report.Update;
                    task.Description = Markup.Escape(Line(report, describe));
                }));
            });
    }

    /// <summary>Runs a <c>Fit</c> and shows the loss.</summary>
    /// <param name="fit">The training.</param>
    /// <returns>The losses that were shown, for a plot.</returns>
    public static IReadOnlyList<(double Update, double Loss)> Fit(Func<IProgress<TrainingProgress>, FitResult> fit)
    {
        var losses = new List<(double, double)>();
        Run(
            report =>
            {
                losses.Add((report.Update, report.Loss));
                return $"loss {report.Loss:0.0000}";
            },
            fit);
        return losses;
    }

    /// <summary>Runs a training loop of one's own and shows the mean of its losses, twenty times in all.</summary>
    /// <param name="updates">Number of updates.</param>
    /// <param name="update">One update; it gives back its loss.</param>
    /// <returns>The losses that were shown, for a plot.</returns>
    public static IReadOnlyList<(double Update, double Loss)> Loop(int updates, Func<double> update) => Run(report => $"loss {report.Loss:0.0000}", progress =>
    {
        var losses = new List<(double, double)>();
        int every = Math.Max(1, updates / 20);
        var time = Stopwatch.StartNew();
        double sum = 0;
        for (int done = 1; done <= updates; done++)
        {
            sum += update();
            if (done % every == 0)
            {
                losses.Add((done, sum / every));
                progress.Report(At(done, updates, sum / every, time.Elapsed));
                sum = 0;
            }
        }

        return losses;
    });

    private static TrainingProgress At(long update, long updates, double loss, TimeSpan elapsed) => new()
    {
        Update = update,
        Updates = updates,
        Loss = loss,
        Validation = null,
        BestLoss = double.PositiveInfinity,
        LearningRate = float.NaN,
        GradientNorm = float.NaN,
        SkippedUpdates = 0,
        TargetsPerSecond = double.NaN,
        Elapsed = elapsed,
        Remaining = elapsed * ((updates - update) / (double)update),
    };

    private static string Line(TrainingProgress report, Func<TrainingProgress, string> describe)
    {
        string validation = report.Validation is Score score ? string.Create(CultureInfo.InvariantCulture, $", validation {score.Loss:0.000}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"update {report.Update} of {report.Updates}, {describe(report)}{validation}, {report.Remaining:m\\:ss} left{(report.IsDebugBuild ? " (a Debug build, many times slower)" : "")}");
    }

    private sealed class Reports(Action<TrainingProgress> show) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => show(value);
    }
}
