using RnnGen;

/// <summary>Hears the music, feels the pose that it took last, and says how the next one is distributed.</summary>
[RnnModel(inputSize: Dance.InputSize, sequenceLength: Dance.Window, BatchSize = 8)]
public sealed partial class Dancer
{
    /// <summary>The memory: the move, and how this dance differs from others.</summary>
    [Gru(128)]
    public partial Layer Memory { get; }

    /// <summary>From the memory to a pose.</summary>
    [Dense(128)]
    public partial Layer Plan { get; }

    /// <summary>Its activation.</summary>
    [Activation(Activation.Tanh)]
    public partial Layer Planned { get; }

    /// <summary>The next pose, and two decisions: which side leads, and which of two moves.</summary>
    [Mixture(components: 4, Figure.PoseSize, Binary = Dance.Decisions)]
    public partial Layer Next { get; }
}

/// <summary>Watches poses, without music, and says in which style the dance is. It has seen true dances only.</summary>
[RnnModel(inputSize: Figure.PoseSize, sequenceLength: Dance.Window, BatchSize = 16)]
public sealed partial class Judge
{
    /// <summary>The memory; only its state after the last pose goes on.</summary>
    [Gru(32, ReturnSequences = false)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the styles.</summary>
    [Softmax(Styles.Count)]
    public partial Layer Style { get; }
}
