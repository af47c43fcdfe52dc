using RnnGen;

/// <summary>The lecture's first cell: 4 inputs, hidden size 2, h' = tanh(W_ih·x + b_ih + W_hh·h + b_hh). It has no head, so its outputs are its states.</summary>
[RnnModel(inputSize: 4, sequenceLength: 5)]
public sealed partial class Cell
{
    /// <summary>The cell.</summary>
    [Rnn(hiddenSize: 2)]
    public partial Layer Rnn { get; }
}
