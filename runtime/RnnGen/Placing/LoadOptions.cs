namespace RnnGen;

/// <summary>
/// How the tensors of a file are found that were not saved by this very model: a PyTorch module with other names, a checkpoint with wrappers around it, a
/// file with more than the weights. Found without being told are:
/// <list type="bullet">
/// <item><description>the wrappers <c>module.</c>, <c>_orig_mod.</c> and <c>model.</c>, also nested, in front of the names of all weights;</description></item>
/// <item><description>the weights of <c>nn.LSTMCell</c>, <c>nn.GRUCell</c> and <c>nn.RNNCell</c>, whose names have no <c>_l0</c>;</description></item>
/// <item><description>shapes with more dimensions of 1 in front or behind, such as that of a convolution with a kernel of 1;</description></item>
/// <item><description>one bias of a recurrent layer that has two: the second one is zero;</description></item>
/// <item><description>elements of other types than 32-bit floats.</description></item>
/// </list>
/// What was done is in the <see cref="LoadResult"/>.
/// </summary>
public sealed record LoadOptions
{
    /// <summary>
    /// From names of the model to names of the file: of a layer (<c>Memory</c> to <c>rnn</c>; empty if the file's names are those of the parameters
    /// alone) or of a tensor (<c>Memory.weight_ih_l0</c> to <c>rnn.W</c>). Names of the file are those after <see cref="Prefix"/>.
    /// </summary>
    public Dictionary<string, string> Rename { get; init; } = [];

    /// <summary>Is taken off the names of the file, such as <c>model_state_dict.</c>; tensors without it are not looked at.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>
    /// The tensors of the file that may be left out because the model has no place for them: <c>*</c> for all, or patterns with <c>*</c> for any
    /// characters and <c>?</c> for one, separated by semicolons, such as <c>encoder.*; steps</c>. All others must have a place.
    /// </summary>
    public string Ignore { get; init; } = "";

    /// <summary>Whether weights may be NaN or infinite. If not, such a file is refused.</summary>
    public bool AllowNonFinite { get; init; }

    /// <summary>
    /// Whether the <see cref="KnownAnswers"/> in the file are compared with those of the model. A file without any is refused, too. An existing model is
    /// checked on a copy, so that it is unchanged if the answers are wrong.
    /// </summary>
    public bool CheckAnswers { get; init; }
}
