using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>The weights of a model as a safetensors file: one tensor <c>Layer.parameter</c> each, in PyTorch's shapes.</summary>
internal static class Checkpoint
{
    public static void Save(ModelWeights weights, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        TensorToWrite[] tensors = [.. weights.Parameters.Select(p => new TensorToWrite(p.FullName, p.Shape, ValuesOf(p)))];
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string> { ["model"] = weights.Model });
    }

    /// <summary>Reads everything and checks it before it writes the first weight.</summary>
    public static void Load(ModelWeights weights, string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        SafetensorsFile file = SafetensorsFile.Read(path);
        Parameter[] parameters = [.. weights.Parameters];
        float[][] values = [.. parameters.Select(p => Read(file, p))];

        var known = parameters.Select(p => p.FullName).ToHashSet();
        SafetensorsTensor? surplus = file.Tensors.Values.FirstOrDefault(t => !known.Contains(t.Name));
        if (surplus is not null)
        {
            throw surplus.Wrong($"expected only the tensors of model '{weights.Model}' ({string.Join(", ", known)}), found one more.");
        }

        // The padding, too, whatever a diverged training has left there.
        weights.MutableValues.Clear();
        for (int k = 0; k < parameters.Length; k++)
        {
            parameters[k].Write(values[k], weights.MutableValues);
        }

        weights.Changed();
    }

    private static float[] Read(SafetensorsFile file, Parameter parameter)
    {
        SafetensorsTensor tensor = file[parameter.FullName];
        if (!tensor.Shape.SequenceEqual(parameter.Shape.Select(size => (long)size)))
        {
            throw tensor.Wrong($"expected shape [{string.Join(", ", parameter.Shape)}], found [{string.Join(", ", tensor.Shape)}].");
        }

        var values = new float[parameter.Count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }

    private static float[] ValuesOf(Parameter parameter)
    {
        var values = new float[parameter.Count];
        parameter.CopyTo(values);
        return values;
    }
}
