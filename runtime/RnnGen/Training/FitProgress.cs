namespace RnnGen.Training;

/// <summary>The progress of a training loop: everything that the next update depends on, except weights and moments.</summary>
internal sealed class FitProgress
{
    /// <summary>Number of updates of the loop, including skipped ones.</summary>
    public long Updates { get; set; }

    /// <summary>The position in the data; null before the first window.</summary>
    public SampleCursor? Cursor { get; set; }

    /// <summary>The states that are carried from window to window, one per lane.</summary>
    public State[] Lanes { get; set; } = [];

    /// <summary>The best validation loss so far.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The update after which it was reached.</summary>
    public long BestUpdate { get; set; }

    /// <summary>Number of validations since then.</summary>
    public long ValidationsWithoutImprovement { get; set; }

    /// <summary>The weights of that update, packed; null if they are not kept.</summary>
    public float[]? BestWeights { get; set; }
}
