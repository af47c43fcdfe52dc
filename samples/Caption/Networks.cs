using RnnGen;

/// <summary>Looks at a picture of 8x8 and makes the first state of the speller out of it.</summary>
[RnnModel(inputSize: 64, sequenceLength: 1)]
public sealed partial class Eye
{
    /// <summary>Features of the picture.</summary>
    [Dense(64)]
    public partial Layer Features { get; }

    /// <summary>Their activation.</summary>
    [Activation(Activation.Relu)]
    public partial Layer Rectified { get; }

    /// <summary>One number for each of the speller's states.</summary>
    [Dense(48)]
    public partial Layer Thought { get; }

    /// <summary>States of a GRU lie between -1 and 1.</summary>
    [Activation(Activation.Tanh)]
    public partial Layer Bounded { get; }
}

/// <summary>Spells a name, letter by letter.</summary>
[RnnModel(inputSize: Characters, sequenceLength: 8, Tokens = true)]
public sealed partial class Speller
{
    /// <summary>The letters, and a mark that stands before and after a name.</summary>
    public const int Characters = 27;

    /// <summary>The memory.</summary>
    [Gru(48)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next letter.</summary>
    [Softmax(Characters)]
    public partial Layer Next { get; }
}
