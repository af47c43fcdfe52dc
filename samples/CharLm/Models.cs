using RnnGen;

namespace CharLm;

// One network, three cells: 65 characters, 128 units, and a guess at the next character.

/// <summary>Long short-term memory.</summary>
[RnnModel(inputSize: Sizes.Characters, sequenceLength: Sizes.Steps, Tokens = true)]
public sealed partial class CharLstm
{
    /// <summary>The memory.</summary>
    [Lstm(Sizes.Units)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Sizes.Characters)]
    public partial Layer Next { get; }
}

/// <summary>Gated recurrent unit.</summary>
[RnnModel(inputSize: Sizes.Characters, sequenceLength: Sizes.Steps, Tokens = true)]
public sealed partial class CharGru
{
    /// <summary>The memory.</summary>
    [Gru(Sizes.Units)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Sizes.Characters)]
    public partial Layer Next { get; }
}

/// <summary>Vanilla RNN.</summary>
[RnnModel(inputSize: Sizes.Characters, sequenceLength: Sizes.Steps, Tokens = true)]
public sealed partial class CharRnn
{
    /// <summary>The memory.</summary>
    [Rnn(Sizes.Units)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next character.</summary>
    [Softmax(Sizes.Characters)]
    public partial Layer Next { get; }
}

internal static class Sizes
{
    /// <summary>Characters that the models know, the one that stands for all others included.</summary>
    public const int Characters = 65;

    public const int Units = 128;

    /// <summary>Characters per training window.</summary>
    public const int Steps = 64;
}
