using RnnGen;

namespace TrainTogether;

/// <summary>Guesses the next character of a text.</summary>
[RnnModel(inputSize: Characters, sequenceLength: Steps, Tokens = true, BatchSize = 32)]
public sealed partial class CharLstm
{
    /// <summary>Characters that it knows, the one that stands for all others included.</summary>
    public const int Characters = 65;

    /// <summary>Characters per window.</summary>
    public const int Steps = 64;

    /// <summary>The memory.</summary>
    [Lstm(128)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Characters)]
    public partial Layer Next { get; }
}

/// <summary>The model "m128" of the benchmarks: many readings, of which some are forecast.</summary>
[RnnModel(inputSize: 64, sequenceLength: 100, BatchSize = 32)]
public sealed partial class SeriesLstm
{
    /// <summary>The memory.</summary>
    [Lstm(128)]
    public partial Layer Memory { get; }

    /// <summary>The first four readings, one step ahead.</summary>
    [Linear(4)]
    public partial Layer Next { get; }
}
