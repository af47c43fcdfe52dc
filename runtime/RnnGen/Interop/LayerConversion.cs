namespace RnnGen.Interop;

/// <summary>A layer with a weight and perhaps a bias against the arrays of another library.</summary>
internal sealed class LayerConversion
{
    private readonly Layer _layer;
    private readonly Parameter _weight;
    private readonly Parameter? _bias;
    private readonly bool _transposed;

    /// <summary>Finds the parameters.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="transposed">Whether the other library has the matrix transposed.</param>
    /// <exception cref="ArgumentException">The layer has no weight.</exception>
    public LayerConversion(Layer layer, bool transposed)
    {
        _layer = layer;
        (_weight, _bias) = ParametersOf(layer);
        _transposed = transposed && _weight.Shape.Count > 1;
    }

    /// <summary>The weight of a layer, and its bias if it has one.</summary>
    /// <exception cref="ArgumentException">The layer has no weight.</exception>
    public static (Parameter Weight, Parameter? Bias) ParametersOf(Layer layer) => (
        layer.Stored.FirstOrDefault(parameter => parameter.Name == "weight") ?? throw new ArgumentException($"Expected a layer with a parameter 'weight', found {layer}.", nameof(layer)),
        layer.Stored.FirstOrDefault(parameter => parameter.Name == "bias"));

    private int Columns => _weight.Shape.Count > 1 ? _weight.Shape[1] : 1;

    private GateArrays Matrix => new(new GateOrder([0], [1]), 1, _weight.Shape[0], Columns, _transposed);

    /// <summary>Reads the arrays.</summary>
    /// <param name="weights">The arrays.</param>
    /// <exception cref="ArgumentException">They do not fit the layer.</exception>
    public IReadOnlyList<ParameterValues> Read(LayerWeights weights)
    {
        var weight = new ParameterValues(_weight, Matrix.Read([weights.Weight], $"{nameof(weights.Weight)} of layer '{_layer.Name}'"));
        string what = $"{nameof(weights.Bias)} of layer '{_layer.Name}'";
        float[]? bias = weights.Bias?.Values.ToArray();
        if (_bias is null)
        {
            return bias is null || RecurrentPart.AreZero(bias)
                ? [weight]
                : throw new ArgumentException($"{what}: expected none or zeros, because the layer has none, found other values.", nameof(weights));
        }

        return bias is null || bias.Length == _bias.Count
            ? [weight, new(_bias, bias ?? new float[_bias.Count])]
            : throw new ArgumentException($"{what}: expected [{_bias.Count}], found {weights.Bias}.", nameof(weights));
    }

    /// <summary>Writes the arrays.</summary>
    public LayerWeights Write() => new()
    {
        Weight = Matrix.Write(RecurrentPart.ValuesOf(_weight))[0],
        Bias = _bias is null ? null : new WeightTensor(RecurrentPart.ValuesOf(_bias)),
        Transposed = _transposed,
    };
}
