using RnnGen;

/// <summary>Guesses the next character of what is typed.</summary>
[RnnModel(inputSize: Characters, sequenceLength: 32, Tokens = true)]
public sealed partial class SearchBox
{
    /// <summary>The letters, the space, and a mark that stands before and after a phrase.</summary>
    public const int Characters = 28;

    /// <summary>The memory.</summary>
    [Gru(96)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Characters)]
    public partial Layer Next { get; }
}
