using RnnGen;

/// <summary>The lecture's network: four letters h, e, l, o, ten hidden units, and a guess at the next letter.</summary>
[RnnModel(inputSize: 4, sequenceLength: 4, Tokens = true)]
public sealed partial class Hello
{
    /// <summary>Vanilla RNN.</summary>
    [Rnn(hiddenSize: 10)]
    public partial Layer Hidden { get; }

    /// <summary>Probabilities of the four letters.</summary>
    [Softmax(4)]
    public partial Layer Next { get; }
}
