using System.Collections.Immutable;

namespace RnnGen.Verification;

/// <summary>A model as plain loops in double precision, with conventions that can be changed.</summary>
internal sealed record ReferenceNetwork
{
    public required ImmutableArray<ReferenceLayer> Layers { get; init; }

    /// <summary>Whether a sequence starts from the last states of the one before it.</summary>
    public bool CarriesState { get; init; }

    /// <summary>Whether every step depends on the steps before it alone, and has outputs: then a sequence can be judged by its first steps.</summary>
    public bool IsCausal => Layers.All(layer => layer.Declaration is not RecurrentAttribute recurrent || (!layer.IsTurned && recurrent.Direction == Direction.Forward && recurrent.ReturnSequences));

    /// <summary>Whether there are equations for all layers of a model.</summary>
    public static bool Knows(IRnnModel model) => model.Layers.All(layer => layer.Declaration is LstmAttribute or GruAttribute or RnnAttribute or MguAttribute or MinGruAttribute
        or DenseAttribute or (HeadAttribute and not (MixtureAttribute or QuantileAttribute)) or ActivationAttribute or EmbeddingAttribute or NormalizationAttribute or LayerNormAttribute or DropoutAttribute);

    /// <summary>Copies a model.</summary>
    public static ReferenceNetwork Of(IRnnModel model) => new() { Layers = [.. model.Layers.Select(layer => ReferenceLayer.Of(layer, model.Layers))] };

    /// <summary>A copy whose sequences start from a state.</summary>
    public ReferenceNetwork StartingFrom(State state) => StartingFrom(name => Wide(state[name]));

    /// <summary>A copy whose sequences start from states.</summary>
    /// <param name="stateOf">The values of a state, such as <c>Memory.h</c>; null for the initial ones.</param>
    public ReferenceNetwork StartingFrom(Func<string, double[]?> stateOf) => this with
    {
        Layers = [.. Layers.Select(layer => layer with
        {
            Cells = [.. layer.Cells.Select(cell => cell with
            {
                InitialH = stateOf($"{layer.Name}.h{cell.Suffix}") ?? cell.InitialH,
                InitialC = cell.IsLstm ? stateOf($"{layer.Name}.c{cell.Suffix}") ?? cell.InitialC : cell.InitialC,
            })],
        })],
    };

    /// <summary>A copy with another layer.</summary>
    public ReferenceNetwork With(int index, ReferenceLayer layer) => this with { Layers = Layers.SetItem(index, layer) };

    /// <summary>Runs a sequence.</summary>
    /// <param name="inputs">[steps][inputs].</param>
    /// <param name="state">The states before it, and after it.</param>
    /// <returns>The outputs in the order of the model: head by head, or those of the last layer.</returns>
    public double[] Run(double[][] inputs, ReferenceState state)
    {
        double[][][] results = RunLayers(inputs, state);
        bool hasHeads = Layers.Any(layer => layer.IsHead);
        IEnumerable<double[][]> outputs = hasHeads ? results.Where((_, k) => Layers[k].IsHead) : [results[^1]];
        return [.. outputs.SelectMany(rows => rows).SelectMany(row => row)];
    }

    /// <summary>Runs a sequence.</summary>
    /// <param name="inputs">[steps][inputs].</param>
    /// <param name="state">The states before it, and after it.</param>
    /// <returns>The outputs of every layer, [layers][steps][units], or [layers][1][units] after the last step.</returns>
    public double[][][] RunLayers(double[][] inputs, ReferenceState state)
    {
        var results = new double[Layers.Length][][];
        for (int k = 0; k < Layers.Length; k++)
        {
            double[][][] sources = [.. Layers[k].Sources.Select(source => source < 0 ? inputs : results[source])];
            double[][] joined = sources.Length == 1 ? sources[0] : [.. Enumerable.Range(0, sources[0].Length).Select(step => sources.SelectMany(source => source[step]).ToArray())];
            results[k] = Layers[k].Run(joined, state);
        }

        return results;
    }

    private static double[] Wide(ReadOnlySpan<float> values) => [.. values.ToArray()];
}
