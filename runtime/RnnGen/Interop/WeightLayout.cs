namespace RnnGen;

/// <summary>
/// How a library arranges the weights of a recurrent layer. The known layouts are values, from which others are derived:
/// <c>WeightLayout.Keras with { ResetAfter = false }</c>.
/// </summary>
public sealed record WeightLayout
{
    /// <summary>PyTorch's <c>nn.RNN</c>, <c>nn.LSTM</c> and <c>nn.GRU</c>, which is the layout of RnnGen's own parameters.</summary>
    public static WeightLayout PyTorch { get; } = new();

    /// <summary>
    /// Keras' <c>SimpleRNN</c>, <c>LSTM</c> and <c>GRU</c>: gates in columns, i, f, c, o or z, r, h. There is one bias, but for a GRU with
    /// <c>reset_after = True</c> (Keras' default since 2.4), which has two in one array [2, 3 units]; for the other form, use <c>Keras with { ResetAfter = false }</c>.
    /// </summary>
    public static WeightLayout Keras { get; } = new() { GateOrder = "i f c o, z r h", Transposed = true, Biases = BiasForm.AsNeeded };

    /// <summary>
    /// ONNX's operators RNN, LSTM and GRU, one direction of the tensors W, R, B and P: gates i, o, f, c or z, r, h. The GRU is ONNX's default form; for
    /// a node with <c>linear_before_reset = 1</c>, use <c>Onnx with { ResetAfter = true }</c>.
    /// </summary>
    public static WeightLayout Onnx { get; } = new()
    {
        GateOrder = "i o f c, z r h",
        PeepholeOrder = "i o f",
        Biases = BiasForm.Stacked,
        ResetAfter = false,
    };

    /// <summary>
    /// The cells of TensorFlow 1, <c>BasicRNNCell</c>, <c>BasicLSTMCell</c>, <c>LSTMCell</c> and <c>GRUCell</c>: one kernel [inputs + units, gates x units] of
    /// [x, h], one bias. The LSTM's gates are i, j, f, o, and 1 is added to the forget gate at run time (<c>forget_bias</c>); the GRU has a kernel for r and u and
    /// another one for the candidate.
    /// </summary>
    public static WeightLayout TensorFlow1 { get; } = new()
    {
        GateOrder = "i j f o, r u | c",
        PeepholeOrder = "f | i | o",
        Transposed = true,
        Joined = JoinedWeights.InputFirst,
        Biases = BiasForm.One,
        ForgetBias = 1,
        ResetAfter = false,
    };

    /// <summary>
    /// cuDNN's packed buffer, that of PyTorch's <c>flatten_parameters</c> and of TensorFlow's <c>CudnnLSTM</c>: one after the other the matrices of all levels and
    /// directions, then all biases. Gates are i, f, g, o or r, z, n.
    /// </summary>
    public static WeightLayout CuDnn { get; } = new() { Packed = true };

    /// <summary>
    /// The order of the gates, one letter each: <c>"z r h"</c>. Input, forget and output gate are i, f and o, the cell gate is g (also c, j, n or z). Reset and
    /// update gate are r and z (also u), the candidate is n (also c, g or h). A minus sign stands for rows that the layer does not have: ignored on import, zero
    /// on export. A bar separates gates with a matrix and a bias of their own: <c>"z | r | h"</c>; it matters only for export. Of several orders, separated by commas,
    /// that with the gates of the layer is used. Null, the default: the layer's own order, PyTorch's. It means nothing to a layer without gates.
    /// </summary>
    public string? GateOrder { get; init; }

    /// <summary>The order of the LSTM's peephole weights, in the syntax of <see cref="GateOrder"/>. Null, the default: i, f, o.</summary>
    public string? PeepholeOrder { get; init; }

    /// <summary>
    /// Whether matrices are [sources, gates x units], to be multiplied by a row from the left, as in Keras. <see langword="false"/>, the default:
    /// [gates x units, sources].
    /// </summary>
    public bool Transposed { get; init; }

    /// <summary>Whether one matrix multiplies x and h together. <see cref="JoinedWeights.None"/> by default.</summary>
    public JoinedWeights Joined { get; init; }

    /// <summary>
    /// The number of biases in an export. An import takes what is there: one is added to the sums of the gates, a missing one is zero.
    /// <see cref="BiasForm.Two"/> by default.
    /// </summary>
    public BiasForm Biases { get; init; }

    /// <summary>
    /// Whether a GRU applies its reset gate after the recurrent product (<see langword="true"/>, the default; Keras' reset_after, ONNX's
    /// linear_before_reset) or before it. The layer must be declared accordingly: <see cref="GruAttribute.LinearBeforeReset"/>.
    /// </summary>
    public bool ResetAfter { get; init; } = true;

    /// <summary>
    /// What the other library adds to the sum of an LSTM's forget gate at run time: it is added to the bias on import and subtracted on export. 0 by default.
    /// </summary>
    public float ForgetBias { get; init; }

    /// <summary>
    /// Whether the update gate is 1 minus that of the layer: a GRU with <c>h' = (1 - z) ∘ h + z ∘ n</c>, where RnnGen and PyTorch have
    /// <c>h' = (1 - z) ∘ n + z ∘ h</c>. The weights and biases of the gate are negated, since <c>σ(-a) = 1 - σ(a)</c>. <see langword="false"/> by default.
    /// </summary>
    public bool InvertedUpdate { get; init; }

    /// <summary>Whether all levels and directions are in one buffer, first all matrices, then all biases. <see langword="false"/> by default.</summary>
    public bool Packed { get; init; }
}

/// <summary>Whether one matrix multiplies the input x and the state h.</summary>
public enum JoinedWeights
{
    /// <summary>There is a matrix for each.</summary>
    None,

    /// <summary>One matrix multiplies [x, h].</summary>
    InputFirst,

    /// <summary>One matrix multiplies [h, x].</summary>
    StateFirst,
}

/// <summary>The biases of a recurrent layer in another library.</summary>
public enum BiasForm
{
    /// <summary>One for the product with the input and one for that with the state, as in PyTorch.</summary>
    Two,

    /// <summary>Both in one array, that of the input first: ONNX's B.</summary>
    Stacked,

    /// <summary>One, the sum of both. A GRU that resets after the product has no such form, unless its second bias of the candidate is 0.</summary>
    One,

    /// <summary>Keras: one, but for a GRU that resets after the product, which has both in one array [2, 3 units].</summary>
    AsNeeded,

    /// <summary>None. All biases of the layer must be 0.</summary>
    None,
}
