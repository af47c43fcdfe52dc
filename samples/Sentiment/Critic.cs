using RnnGen;

/// <summary>Reads a sentence word by word, and says at its end whether it praises.</summary>
[RnnModel(inputSize: Reviews.VocabularySize, sequenceLength: Reviews.LongestSentence)]
public sealed partial class Critic
{
    /// <summary>A vector for every word.</summary>
    [Embedding(16)]
    public partial Layer Words { get; }

    /// <summary>The memory; only its state after the last word goes on.</summary>
    [Gru(24, ReturnSequences = false)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of blame and praise.</summary>
    [Softmax(2)]
    public partial Layer Verdict { get; }
}
