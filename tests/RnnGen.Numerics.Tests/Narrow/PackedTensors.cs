namespace RnnGen.Numerics.Tests.Narrow;

/// <summary>Packed weights, or their gradients, tensor by tensor: classes with other formats have other tiles.</summary>
internal static class PackedTensors
{
    /// <summary>All tensors, one behind the other.</summary>
    /// <param name="model">A model with these tiles.</param>
    /// <param name="packed">What is packed.</param>
    public static float[] Unpacked(this IRnnModel model, ReadOnlySpan<float> packed)
    {
        var all = new List<float>();
        foreach (Parameter parameter in model.Layers.SelectMany(layer => layer.Parameters))
        {
            var values = new float[parameter.Count];
            parameter.Read(packed, values);
            all.AddRange(values);
        }

        return [.. all];
    }
}
