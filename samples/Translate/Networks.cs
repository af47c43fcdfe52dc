using RnnGen;

/// <summary>Reads a date as people write it, character by character. What it has understood is its state.</summary>
[RnnModel(inputSize: Dates.Characters, sequenceLength: Dates.Longest)]
public sealed partial class Reader
{
    /// <summary>A vector for every character.</summary>
    [Embedding(24)]
    public partial Layer Letters { get; }

    /// <summary>The memory.</summary>
    [Gru(128, ReturnSequences = false)]
    public partial Layer Memory { get; }
}

/// <summary>Writes the date as ISO 8601 has it, from the state that the reader ended with.</summary>
[RnnModel(inputSize: Dates.Characters, sequenceLength: 11)]
public sealed partial class Writer
{
    /// <summary>A vector for every character.</summary>
    [Embedding(24)]
    public partial Layer Letters { get; }

    /// <summary>The memory, as large as the reader's.</summary>
    [Gru(128)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Dates.Characters)]
    public partial Layer Next { get; }
}
