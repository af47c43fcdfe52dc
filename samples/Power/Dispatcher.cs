using RnnGen;

/// <summary>Reads a week of a transformer, hour by hour, and says how its seven readings will go on for a day.</summary>
[RnnModel(inputSize: Station.Columns + 4, sequenceLength: Station.Week, BatchSize = 32)]
public sealed partial class Dispatcher
{
    /// <summary>What the week was like.</summary>
    [Gru(64, ReturnSequences = false)]
    public partial Layer Memory { get; }

    /// <summary>Keeps it from learning single weeks by heart.</summary>
    [Dropout(0.1)]
    public partial Layer Sparse { get; }

    /// <summary>Seven readings at each of 24 hours: that which one of ten, half, and nine of ten stay below.</summary>
    [Quantile(0.1, 0.5, 0.9, Targets = Station.Columns * Station.Day)]
    public partial Layer Next { get; }
}
