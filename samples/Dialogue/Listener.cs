using RnnGen;

/// <summary>Reads a story and questions word by word, and writes the answers with the same memory.</summary>
[RnnModel(inputSize: Stories.VocabularySize, sequenceLength: Stories.Longest)]
public sealed partial class Listener
{
    public const int Units = 128;

    /// <summary>A vector for every word.</summary>
    [Embedding(32)]
    public partial Layer Words { get; }

    /// <summary>The memory.</summary>
    [Gru(Units)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next word.</summary>
    [Softmax(Stories.VocabularySize)]
    public partial Layer Next { get; }
}
