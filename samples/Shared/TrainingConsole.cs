using System.Diagnostics;

namespace RnnGen.Samples;

/// <summary>A training loop of one's own, with the console of <c>Fit</c>.</summary>
public static class TrainingConsole
{
    /// <summary>Runs the loop and shows the mean of its losses, twenty times in all.</summary>
    /// <param name="updates">Number of updates.</param>
    /// <param name="update">One update; it gives back its loss.</param>
    /// <returns>The losses that were shown, for a plot.</returns>
    public static IReadOnlyList<(double Update, double Loss)> Loop(int updates, Func<double> update)
    {
        var console = new ConsoleProgress();
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
                console.Report(At(done, updates, sum / every, time.Elapsed));
                sum = 0;
            }
        }

        console.Finish();
        return losses;
    }

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
}
