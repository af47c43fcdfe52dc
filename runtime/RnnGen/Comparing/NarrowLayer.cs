using RnnGen.CompilerServices;

namespace RnnGen.Comparing;

/// <summary>A layer that a model reads in a narrow format.</summary>
/// <param name="Index">Its place among the layers.</param>
/// <param name="Layer">The layer.</param>
/// <param name="Copies">The narrow copies of its matrices.</param>
internal sealed record NarrowLayer(int Index, Layer Layer, NarrowCopy[] Copies)
{
    public WeightFormat Format => Copies[0].Format;

    /// <summary>Bytes of its weights as a step of floats reads them.</summary>
    public long Bytes => sizeof(float) * (long)(Layer.Range.End - Layer.Range.Start);

    /// <summary>Bytes as a step reads them in the narrow format.</summary>
    public long NarrowBytes => Bytes + (sizeof(float) * Copies.Sum(copy => copy.Size - copy.Replaced));

    /// <summary>All layers with narrow weights of a model.</summary>
    public static NarrowLayer[] AllOf(IRnnModel model) =>
    [
        .. model.Layers
            .Select((layer, index) => new NarrowLayer(index, layer, [.. model.Weights.Narrow.Where(copy => copy.Source.Offset >= layer.Range.Start && copy.Source.Offset < layer.Range.End)]))
            .Where(layer => layer.Copies.Length > 0),
    ];

    /// <summary>A copy of a model of floats, in which the weights of some layers are what steps of the narrow model compute with.</summary>
    /// <param name="model">The model of floats.</param>
    /// <param name="narrow">The narrow model, whose own weights do not matter.</param>
    /// <param name="layers">The layers that are rounded.</param>
    public static TModel Rounded<TModel>(TModel model, IRnnModel narrow, IEnumerable<NarrowLayer> layers)
        where TModel : class, IRnnModel
    {
        TModel copy = model.Clone();
        (Parameter Own, Parameter Packed)[] pairs = [.. SameLayers.Parameters(copy).Zip(SameLayers.Parameters(narrow))];
        var packed = new float[narrow.Weights.Values.Length];
        foreach ((Parameter own, Parameter other) in pairs)
        {
            other.Write(Interop.RecurrentPart.ValuesOf(own), packed);
        }

        foreach (NarrowCopy matrix in layers.SelectMany(layer => layer.Copies))
        {
            WeightRounding.Round(matrix.Format, packed, matrix.Source);
        }

        Parameter.Replace([.. pairs.Select(pair => (pair.Own, Values(pair.Packed)))]);
        return copy;

        float[] Values(Parameter parameter)
        {
            var values = new float[parameter.Count];
            parameter.Read(packed, values);
            return values;
        }
    }
}
