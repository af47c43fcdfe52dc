using RnnGen.Tool.Description;

namespace RnnGen.Tool.Import;

/// <summary>The layers that were made so far, and where the columns of signals are in their outputs.</summary>
/// <param name="names">Makes names of layers.</param>
internal sealed class LayerSet(LayerNames names)
{
    private readonly List<ImportedLayer> _layers = [];
    private readonly Dictionary<Wire, Place> _places = [];

    /// <summary>The layers in the order of their declaration.</summary>
    public IReadOnlyList<ImportedLayer> All => _layers;

    /// <summary>The number of inputs of the class.</summary>
    public int InputSize { get; private set; }

    /// <summary>Makes columns of inputs of the graph inputs of the class.</summary>
    public void AddInput(Signal signal)
    {
        foreach (Wire wire in signal.Wires())
        {
            _places.Add(wire, new Place(-1, InputSize++));
        }
    }

    /// <summary>Makes tokens the inputs of the class.</summary>
    /// <param name="count">The number of tokens.</param>
    public void SetTokens(int count) => InputSize = count;

    /// <summary>Adds a layer.</summary>
    /// <param name="layer">The layer without its name, which is made of the origin.</param>
    /// <param name="wires">The columns that are its outputs, in order; outputs that nothing reads are left out.</param>
    public ImportedLayer Add(ImportedLayer layer, IReadOnlyList<Wire?> wires)
    {
        layer = layer with { Name = names.Make(layer.Origin, layer.Argument is Activation function ? function.ToString() : layer.Kind) };
        for (int column = 0; column < wires.Count; column++)
        {
            if (wires[column] is { } wire)
            {
                _places[wire] = new Place(_layers.Count, column);
            }
        }

        _layers.Add(layer);
        return layer;
    }

    /// <summary>The layer and the column of a wire; null for one that is an input of the class, or that no layer computes.</summary>
    public (ImportedLayer Layer, int Column)? Find(Wire wire) =>
        _places.TryGetValue(wire, out Place place) && place.Layer >= 0 ? (_layers[place.Layer], place.Column) : null;

    /// <summary>Which input of the class a column of an input is; null if it is none.</summary>
    public int? FindInput(Wire wire) => _places.TryGetValue(wire, out Place place) && place.Layer < 0 ? place.Column : null;

    /// <summary>What a layer must read so that it reads some columns.</summary>
    /// <param name="wires">The columns.</param>
    /// <param name="origin">What reads them, for messages.</param>
    public Joined Join(IReadOnlyList<Wire> wires, string origin)
    {
        var starts = new Dictionary<int, int>();
        var from = new List<string>();
        int width = 0;
        var columns = new int[wires.Count];
        for (int k = 0; k < columns.Length; k++)
        {
            if (!_places.TryGetValue(wires[k], out Place place))
            {
                throw new ImportException(origin, $"expected what a layer reads as an input of the class or the output of a layer, found {wires[k].Signal.Origin}.");
            }

            if (!starts.TryGetValue(place.Layer, out int start))
            {
                start = width;
                starts.Add(place.Layer, start);
                from.Add(place.Layer < 0 ? Layer.Input : _layers[place.Layer].Name);
                width += place.Layer < 0 ? InputSize : _layers[place.Layer].Width;
            }

            columns[k] = start + place.Column;
        }

        return new Joined([.. from], width, columns);
    }

    /// <param name="Layer">The number of the layer; -1 for the inputs.</param>
    /// <param name="Column">The column of its output.</param>
    private readonly record struct Place(int Layer, int Column);
}

/// <summary>Concatenated outputs of layers.</summary>
/// <param name="From">The layers.</param>
/// <param name="Width">The number of columns.</param>
/// <param name="Columns">Where the columns that are wanted are among them.</param>
internal sealed record Joined(string[] From, int Width, int[] Columns)
{
    /// <summary>Whether the columns that are wanted are all of them, in order.</summary>
    public bool IsExact => Columns.Length == Width && Columns.AsSpan().SequenceEqual([.. Enumerable.Range(0, Width)]);

    /// <summary>A matrix on the columns that are wanted as one on all columns, zero elsewhere.</summary>
    public float[] Spread(double[] weights)
    {
        int rows = weights.Length / Math.Max(1, Columns.Length);
        if (IsExact)
        {
            return Array.ConvertAll(weights, weight => (float)weight);
        }

        var sums = new double[rows * Width];
        for (int k = 0; k < weights.Length; k++)
        {
            (int row, int column) = Math.DivRem(k, Columns.Length);
            sums[(row * Width) + Columns[column]] += weights[k];
        }

        return Array.ConvertAll(sums, sum => (float)sum);
    }
}
