using RnnGen;

/// <summary>Reads a name and says in which language's style it is.</summary>
[RnnModel(inputSize: Styles.Tokens, sequenceLength: Styles.Longest)]
public sealed partial class Linguist
{
    /// <summary>A vector for every letter.</summary>
    [Embedding(12)]
    public partial Layer Letters { get; }

    /// <summary>The memory; only its state after the last letter goes on.</summary>
    [Gru(32, ReturnSequences = false)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the styles.</summary>
    [Softmax(Styles.Count)]
    public partial Layer Style { get; }
}

/// <summary>Writes a name in the style that it is told first.</summary>
[RnnModel(inputSize: Styles.Tokens, sequenceLength: Styles.Longest)]
public sealed partial class Namer
{
    /// <summary>A vector for every letter and for every style.</summary>
    [Embedding(16)]
    public partial Layer Letters { get; }

    /// <summary>The memory.</summary>
    [Gru(64)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next letter.</summary>
    [Softmax(Styles.Letters)]
    public partial Layer Next { get; }
}
