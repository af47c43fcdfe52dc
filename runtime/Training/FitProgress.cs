namespace RnnGen.Training;

/// <summary>Where a training loop is: all that the next update depends on, beside weights and moments.</summary>
internal sealed class FitProgress
{
    /// <summary>Updates of the loop, those left out included.</summary>
    public long Updates { get; set; }

    /// <summary>The place in the data; null before the first window.</summary>
    public SampleCursor? Cursor { get; set; }

    /// <summary>The states that are carried from window to window, one per lane.</summary>
    public State[] Lanes { get; set; } = [];

    /// <summary>The best validation loss so far.</summary>
    public double BestLoss { get; set; } = double.PositiveInfinity;

    /// <summary>The update after which it was reached.</summary>
    public long BestUpdate { get; set; }

    /// <summary>Validations since then.</summary>
    public long ValidationsWithoutImprovement { get; set; }

    /// <summary>The weights of that update, packed; null where they are not kept.</summary>
    public float[]? BestWeights { get; set; }
}
