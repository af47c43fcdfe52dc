using RnnGen.Numerics;

namespace RnnGen.Training;

/// <summary>
/// The learning rate range test (Smith 2015, "Cyclical learning rates for training neural networks"), with a rate that rises exponentially until the loss explodes.
/// </summary>
internal static class LearningRateFinder
{
    private const double Decay = 0.9;

    /// <summary>Runs the test; this trains.</summary>
    /// <param name="trainer">A trainer with a constant schedule.</param>
    /// <param name="data">The data.</param>
    /// <param name="range">Its settings.</param>
    public static LearningRateCurve Run<TInput, TTarget>(Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data, LearningRateRange range)
    {
        SampleCursor cursor = new SampleCursor(DataOrder.Shuffled, data.Count, new RandomStream(range.Seed, number: 1)).Begin();
        var windows = new int[range.BatchSize ?? trainer.DefaultBatchSize];
        List<float> rates = [];
        List<double> losses = [];
        (double sum, double weight, double lowest) = (0, 0, double.PositiveInfinity);
        for (int update = 0; update < range.Updates; update++)
        {
            trainer.Optimizer.LearningRate = range.RateOf(update);
            foreach (ref int window in windows.AsSpan())
            {
                window = cursor.Next();
            }

            double loss = trainer.Train(data, windows);
            if (!double.IsFinite(loss))
            {
                break;
            }

            sum = (Decay * sum) + ((1 - Decay) * loss);
            weight = (Decay * weight) + (1 - Decay);
            rates.Add(range.RateOf(update));
            losses.Add(sum / weight);
            lowest = Math.Min(lowest, losses[^1]);
            if (HasExploded(losses[0], lowest, losses[^1]))
            {
                break;
            }
        }

        if (losses.Count == 0)
        {
            throw new ArgumentException("The first mini-batch has no finite loss, so there is nothing to compare.", nameof(data));
        }

        int best = losses.IndexOf(lowest);
        return new LearningRateCurve(rates, losses, best == 0 ? float.NaN : rates[best] / 10);
    }

    /// <summary>Four times the lowest loss, and more than it has fallen: the loss of a density can be negative or near zero.</summary>
    private static bool HasExploded(double first, double lowest, double loss) => loss - lowest > 3 * Math.Max(Math.Abs(lowest), first - lowest);
}
