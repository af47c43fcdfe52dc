using RnnGen;

/// <summary>
/// Looks at a frame through 16 small windows, with the same weights each time: a convolution. To the model, each window is a step, and it has no memory.
/// </summary>
[RnnModel(inputSize: Windows.Size, sequenceLength: Windows.Count * Clips.Longest)]
public sealed partial class Retina
{
    /// <summary>Edges and corners.</summary>
    [Dense(48)]
    public partial Layer Edges { get; }

    /// <summary>Their activation.</summary>
    [Activation(Activation.Relu)]
    public partial Layer Sharp { get; }

    /// <summary>Parts of shapes.</summary>
    [Dense(Views.Features)]
    public partial Layer Parts { get; }

    /// <summary>Their activation.</summary>
    [Activation(Activation.Relu)]
    public partial Layer Seen { get; }
}

/// <summary>Reads what the retina saw and the colors there, frame by frame. What it has understood is its state.</summary>
[RnnModel(inputSize: Views.Size, sequenceLength: Clips.Longest)]
public sealed partial class Watcher
{
    /// <summary>What is in a frame, and where.</summary>
    [Dense(64)]
    public partial Layer Things { get; }

    /// <summary>Their activation.</summary>
    [Activation(Activation.Relu)]
    public partial Layer Noticed { get; }

    /// <summary>The memory.</summary>
    [Gru(128, ReturnSequences = false)]
    public partial Layer Memory { get; }
}

/// <summary>Says what happened, word by word, from the state that the watcher ended with.</summary>
[RnnModel(inputSize: Clips.WordCount, sequenceLength: Clips.LongestSentence, Tokens = true)]
public sealed partial class Narrator
{
    /// <summary>The memory, as large as the watcher's.</summary>
    [Gru(128)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the next word.</summary>
    [Softmax(Clips.WordCount)]
    public partial Layer Next { get; }
}
