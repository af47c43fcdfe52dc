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

    private static string Line(TrainingProgress report, Func<TrainingProgress, string> describe)
    {
        string validation = report.Validation is Score score ? string.Create(CultureInfo.InvariantCulture, $", validation {score.Loss:0.000}") : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"update {report.Update} of {report.Updates}, {describe(report)}{validation}, {report.Remaining:m\\:ss} left");
    }

    private sealed class Reports(Action<TrainingProgress> show) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => show(value);
    }
}
