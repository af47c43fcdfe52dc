namespace RnnGen.Benchmarks;

/// <summary>How steps read the weights of recurrent layers.</summary>
/// <param name="Name">The name on the command line and in tables.</param>
/// <param name="Layers">The format of each layer; a single one is that of all.</param>
internal sealed record StoredWeights(string Name, params IReadOnlyList<WeightFormat> Layers)
{
    public static StoredWeights Float32 { get; } = new("float32", WeightFormat.Float32);

    public static StoredWeights BFloat16 { get; } = new("bfloat16", WeightFormat.BFloat16);

    public static StoredWeights Int8 { get; } = new("int8", WeightFormat.Int8);

    public static StoredWeights Int4 { get; } = new("int4", WeightFormat.Int4);

    /// <summary>The first layer, which reads inputs, as bytes, the others as four bits.</summary>
    public static StoredWeights Mixed { get; } = new("mixed", WeightFormat.Int8, WeightFormat.Int4, WeightFormat.Int4);

    public bool AreFloats => this == Float32;

    /// <summary>Bytes of all weights that a step reads, or only of the recurrent ones. Scales and factors are not counted, and a dense layer has floats.</summary>
    public double BytesOf(Shape shape, bool onlyRecurrent = false)
    {
        double columns = shape.Hidden + (onlyRecurrent ? 0 : shape.Input);
        double dense = onlyRecurrent ? 0 : sizeof(float) * shape.Output * shape.Hidden;
        return dense + Enumerable.Range(0, shape.Layers).Sum(layer => shape.Gates * shape.Hidden * columns * BytesOf(Layers[layer < Layers.Count ? layer : 0]));
    }

    private static double BytesOf(WeightFormat format) => format switch
    {
        WeightFormat.Float32 => 4,
        WeightFormat.BFloat16 => 2,
        WeightFormat.Int8 => 1,
        WeightFormat.Int4 => 0.5,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };
}
