namespace RnnGen;

/// <summary>
/// The weights of one level and direction of a recurrent layer as another library has them. <see cref="LayerExtensions.Import(Layer, RecurrentWeights, int, Direction?)"/> places them in a
/// layer: <c>layer.Import(new RecurrentWeights { Layout = WeightLayout.Keras, InputWeights = [kernel], StateWeights = [recurrentKernel], InputBias = [bias] })</c>.
/// <para>
/// A list has one array with all gates, or several that follow each other in the order of the gates, such as one per gate. Dimensions of size 1 are ignored,
/// and a vector fits any shape of as many elements.
/// </para>
/// </summary>
public sealed class RecurrentWeights
{
    /// <summary>How they are arranged; PyTorch's layout by default.</summary>
    public WeightLayout Layout { get; init; } = WeightLayout.PyTorch;

    /// <summary>The order of the gates, if it is not that of the layout: <see cref="WeightLayout.GateOrder"/>.</summary>
    public string? GateOrder { get; init; }

    /// <summary>
    /// The matrix that multiplies x: PyTorch's <c>weight_ih</c>, Keras' kernel, ONNX's W. [gates x units, inputs], or the other way round if the layout is
    /// transposed. If it joins the matrices (<see cref="WeightLayout.Joined"/>), that of x and h.
    /// </summary>
    public IReadOnlyList<WeightTensor> InputWeights { get; init; } = [];

    /// <summary>
    /// The matrix that multiplies h: PyTorch's <c>weight_hh</c>, Keras' recurrent kernel, ONNX's R. [gates x units, size of h], or the other way round if
    /// the layout is transposed. Empty if the layout joins the matrices.
    /// </summary>
    public IReadOnlyList<WeightTensor> StateWeights { get; init; } = [];

    /// <summary>The bias of the product with x, [gates x units]; the only bias; or both in one array, [2, gates x units] or [2 x gates x units], as ONNX's B. Empty for zero.</summary>
    public IReadOnlyList<WeightTensor> InputBias { get; init; } = [];

    /// <summary>The bias of the product with h, [gates x units]. Empty for zero.</summary>
    public IReadOnlyList<WeightTensor> StateBias { get; init; } = [];

    /// <summary>The peephole weights of an LSTM, ONNX's P, [gates x units] without the cell gate; see <see cref="WeightLayout.PeepholeOrder"/>. Empty for zero.</summary>
    public IReadOnlyList<WeightTensor> Peepholes { get; init; } = [];

    /// <summary>The projection of an LSTM, PyTorch's <c>weight_hr</c>: [size of h, units], or the other way round if the layout is transposed.</summary>
    public WeightTensor? Projection { get; init; }

    /// <summary>The initial h, for layers with <see cref="RecurrentAttribute.LearnInitialState"/>. Null for zero.</summary>
    public WeightTensor? InitialH { get; init; }

    /// <summary>The initial c of an LSTM, for layers with <see cref="RecurrentAttribute.LearnInitialState"/>. Null for zero.</summary>
    public WeightTensor? InitialC { get; init; }

    /// <summary>All matrices and biases in one buffer, for a packed layout (<see cref="WeightLayout.CuDnn"/>). It has all levels and directions of the layer.</summary>
    public WeightTensor? Buffer { get; init; }

    /// <summary>The layout with the order of the gates that is set here.</summary>
    internal WeightLayout EffectiveLayout => GateOrder is null ? Layout : Layout with { GateOrder = GateOrder };
}
