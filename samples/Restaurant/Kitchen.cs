using RnnGen;

/// <summary>Reads what was delivered today, as [1, 0, 0], [0, 1, 0] or [0, 0, 1], and says what comes tomorrow.</summary>
[RnnModel(inputSize: 3, sequenceLength: 6)]
public sealed partial class Kitchen
{
    /// <summary>Vanilla RNN.</summary>
    [Rnn(8)]
    public partial Layer Memory { get; }

    /// <summary>Probabilities of the three dishes.</summary>
    [Softmax(3)]
    public partial Layer Tomorrow { get; }
}
