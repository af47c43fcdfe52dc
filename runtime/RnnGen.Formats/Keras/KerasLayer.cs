namespace RnnGen.Formats;

/// <summary>A layer of a Keras model.</summary>
internal sealed class KerasLayer
{
    /// <summary>The class, such as <c>LSTM</c>; null if the file has no configuration.</summary>
    public string? ClassName { get; init; }

    /// <summary>The name. Without a configuration it is that of its group in the file.</summary>
    public required string Name { get; init; }

    /// <summary>All settings of the file.</summary>
    public KerasSettings Settings { get; init; }

    /// <summary>The weights in the order of Keras: <c>kernel</c>, <c>recurrent_kernel</c>, <c>bias</c>; a bidirectional layer has those of the forward layer first.</summary>
    public IReadOnlyList<FileTensor> Weights { get; init; } = [];

    /// <summary>
    /// For each call of the layer the outputs of other layers that it reads. Layers of a sequential model read the one before; the first one reads nothing.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<KerasInput>> Calls { get; init; } = [];

    /// <summary>
    /// The layers in this layer, with their part of the weights: the forward and the backward one of <c>Bidirectional</c>, the one of <c>TimeDistributed</c>,
    /// the cell of <c>RNN</c>.
    /// </summary>
    public IReadOnlyList<KerasLayer> Wrapped { get; init; } = [];

    /// <summary>Whether a recurrent layer reads its input from the end.</summary>
    public bool? GoBackwards { get; init; }

    /// <summary>The number of units. Keras 1 calls it <c>output_dim</c>.</summary>
    public int? Units => Settings.Integer("units") ?? Settings.Integer("output_dim");

    /// <summary>The activation: <c>tanh</c>, <c>relu</c>, <c>linear</c>, ...</summary>
    public string? Activation => Settings.Function("activation");

    /// <summary>The activation of the gates. <c>hard_sigmoid</c> is another function in Keras 3 than before. Keras 1 calls it <c>inner_activation</c>.</summary>
    public string? RecurrentActivation => Settings.Function("recurrent_activation") ?? Settings.Function("inner_activation");

    /// <summary>Whether there is a bias.</summary>
    public bool? UseBias => Settings.Flag("use_bias") ?? Settings.Flag("bias");

    /// <summary>Whether a GRU applies the reset gate behind the product; null in files of before Keras 2.1.5, which always applied it in front.</summary>
    public bool? ResetAfter => Settings.Flag("reset_after");

    /// <summary>Whether a recurrent layer returns all steps, or the last one.</summary>
    public bool? ReturnSequences => Settings.Flag("return_sequences");

    /// <summary>Whether a recurrent layer returns its states, too.</summary>
    public bool? ReturnState => Settings.Flag("return_state");

    /// <summary>How a bidirectional layer merges its outputs: <c>concat</c>, <c>sum</c>, <c>mul</c>, <c>ave</c>; null for no merging.</summary>
    public string? MergeMode => Settings.Text("merge_mode");

    /// <summary>What is added to variances.</summary>
    public double? Epsilon => Settings.Number("epsilon");

    /// <summary>The shape of the input with the batch first, if the layer tells it. Sizes that are open are null.</summary>
    public IReadOnlyList<int?>? InputShape => Settings.Shape("batch_shape") ?? Settings.Shape("batch_input_shape");
}
