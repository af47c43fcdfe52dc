namespace RnnGen.Interop;

/// <summary>One buffer with the weights of all levels and directions of a layer: first the matrices, then the biases.</summary>
internal sealed class PackedBuffer
{
    private readonly RecurrentPart[] _parts;
    private readonly WeightLayout _layout;

    // An export has the arrays of which the buffer is made.
    private readonly RecurrentWeights[] _own;

    /// <summary>Checks the layout.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ArgumentException">The layer is not recurrent, or one that the layout cannot express.</exception>
    public PackedBuffer(Layer layer, WeightLayout layout)
    {
        _parts = RecurrentPart.All(layer);
        _layout = layout;
        _own = [.. _parts.Select(part => new RecurrentConversion(part, layout).Write())];
        if (_own.Any(part => part.Peepholes.Count > 0))
        {
            throw new ArgumentException($"Expected a layer without peepholes, which a packed buffer does not have, found {layer}.", nameof(layer));
        }
    }

    /// <summary>Reads a buffer.</summary>
    /// <param name="weights">Has the buffer.</param>
    /// <exception cref="ArgumentException">There is no buffer, or it has another length.</exception>
    public IReadOnlyList<ParameterValues> Read(RecurrentWeights weights)
    {
        int matrices = _own.Sum(part => Matrices(part).Sum(Length));
        int all = matrices + _own.Sum(part => Biases(part).Sum(Length));
        int found = weights.Buffer?.Values.Length ?? 0;
        if (found != all && found != matrices)
        {
            throw new ArgumentException(
                $"{nameof(weights.Buffer)} of layer '{_parts[0].Layer.Name}': expected {all} elements{(all == matrices ? "" : $", or {matrices} without biases")}, found {found}.", nameof(weights));
        }

        int start = 0;
        RecurrentWeights[] read = [.. _own.Select(part => new RecurrentWeights
        {
            Layout = _layout,
            InputWeights = Take(part.InputWeights),
            StateWeights = Take(part.StateWeights),
            Projection = part.Projection is null ? null : Take([part.Projection])[0],
        })];
        return [.. _parts.Select((part, k) => new RecurrentConversion(part, _layout).Read(found == matrices ? read[k] : WithBiases(read[k], _own[k]))).SelectMany(values => values)];

        RecurrentWeights WithBiases(RecurrentWeights taken, RecurrentWeights own) => new()
        {
            Layout = taken.Layout,
            InputWeights = taken.InputWeights,
            StateWeights = taken.StateWeights,
            Projection = taken.Projection,
            InputBias = Take(own.InputBias),
            StateBias = Take(own.StateBias),
        };

        WeightTensor[] Take(IReadOnlyList<WeightTensor> arrays) => [.. arrays.Select(array =>
        {
            var taken = new WeightTensor(weights.Buffer!.Values.Slice(start, Length(array)), [.. array.Shape]);
            start += Length(array);
            return taken;
        })];
    }

    /// <summary>Writes a buffer.</summary>
    /// <exception cref="ArgumentException">There are initial states.</exception>
    public RecurrentWeights Write()
    {
        if (_own.Any(part => IsSet(part.InitialH) || IsSet(part.InitialC)))
        {
            throw new ArgumentException($"Expected initial states of zero, because a packed buffer does not have them, found others in {_parts[0].Layer.Name}.", "layer");
        }

        IEnumerable<WeightTensor> arrays = [.. _own.SelectMany(Matrices), .. _own.SelectMany(Biases)];
        float[] buffer = [.. arrays.SelectMany(array => array.Values.ToArray())];
        return new RecurrentWeights { Layout = _layout, Buffer = buffer };
    }

    private static IEnumerable<WeightTensor> Matrices(RecurrentWeights part) =>
        [.. part.InputWeights, .. part.StateWeights, .. part.Projection is null ? Array.Empty<WeightTensor>() : [part.Projection]];

    private static IEnumerable<WeightTensor> Biases(RecurrentWeights part) => [.. part.InputBias, .. part.StateBias];

    private static bool IsSet(WeightTensor? initial) => initial is not null && !RecurrentPart.AreZero(initial.Values.Span);

    private static int Length(WeightTensor array) => array.Values.Length;
}
