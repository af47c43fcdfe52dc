namespace RnnGen.Formats.Tests.Exports;

/// <summary>Gives all parameters values, also those that a new model has as zeros.</summary>
internal static class RandomWeights
{
    public static TModel WithWeights<TModel>(this TModel model, Random random)
        where TModel : IRnnModel
    {
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = parameter.Name == "variance" ? 0.5f + random.NextSingle() : 1.2f * (random.NextSingle() - 0.5f);
            }

            parameter.CopyFrom(values);
        }

        return model;
    }

    /// <summary>Any bits: NaN with payloads, infinities, -0, denormal numbers.</summary>
    public static TModel WithBits<TModel>(this TModel model, Random random)
        where TModel : IRnnModel
    {
        int[] special = [int.MinValue, 0x7FC12345, unchecked((int)0xFF8000FF), 0x7F800000, 1];
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            for (int k = 0; k < values.Length; k++)
            {
                values[k] = BitConverter.Int32BitsToSingle(random.Next(3) == 0 ? special[random.Next(special.Length)] : random.Next(int.MinValue, int.MaxValue));
            }

            parameter.CopyFrom(values);
        }

        return model;
    }
}
