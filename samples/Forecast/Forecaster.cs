using RnnGen;

/// <summary>Reads how a series grows, month by month, and says after each how the next twelve will compare with those a year before them.</summary>
[RnnModel(inputSize: 3, sequenceLength: 120)]
public sealed partial class Forecaster
{
    /// <summary>The memory.</summary>
    [Gru(12)]
    public partial Layer Memory { get; }

    /// <summary>Growth over a year, for the twelve months to come.</summary>
    [Linear(Airline.Year)]
    public partial Layer Growth { get; }
}
