using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Checks of saved models.</summary>
public static class Checkpoint
{
    /// <summary>Checks that a model is the same after it was saved and loaded: all weights, bit for bit, and the metadata. The model is unchanged.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="CheckException">Something is lost or different.</exception>
    /// <exception cref="CheckpointException">The model cannot be saved, or what was saved cannot be loaded.</exception>
    public static void Same(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var file = new MemoryStream();
        model.Save(file);
        IRnnModel loaded = Empty(model);
        loaded.LoadWeights(file.ToArray());
        Same(model, loaded);
    }

    /// <summary>Checks that a file holds a model: all weights, bit for bit, and the metadata.</summary>
    /// <param name="model">The model.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckException">Something is different.</exception>
    /// <exception cref="CheckpointException">The file cannot be read, or is one of another model.</exception>
    public static void Same(IRnnModel model, string path)
    {
        ArgumentNullException.ThrowIfNull(model);
        IRnnModel loaded = Empty(model);
        loaded.LoadWeights(path);
        Same(model, loaded);
    }

    /// <summary>Checks that two models have the same weights, bit for bit, and the same metadata.</summary>
    /// <param name="expected">A model.</param>
    /// <param name="actual">Another one.</param>
    /// <exception cref="CheckException">A layer, a shape, a weight or an entry of the metadata differs.</exception>
    public static void Same(IRnnModel expected, IRnnModel actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Parameter[] left = [.. Stored(expected)];
        Parameter[] right = [.. Stored(actual)];
        if (!left.Select(parameter => parameter.ToString()).SequenceEqual(right.Select(parameter => parameter.ToString())))
        {
            throw new CheckException($"Expected the parameters {string.Join(", ", left.AsEnumerable())}, found {string.Join(", ", right.AsEnumerable())}.");
        }

        foreach ((Parameter one, Parameter other) in left.Zip(right))
        {
            Same(one, other);
        }

        foreach (string key in expected.Metadata.Keys.Union(actual.Metadata.Keys))
        {
            string? value = expected.Metadata.TryGetValue(key, out string? found) ? found : null;
            string? otherValue = actual.Metadata.TryGetValue(key, out found) ? found : null;
            if (value != otherValue)
            {
                throw new CheckException($"Metadata '{key}': expected {Quoted(value)}, found {Quoted(otherValue)}.");
            }
        }
    }

    private static void Same(Parameter expected, Parameter actual)
    {
        var left = new float[expected.Count];
        var right = new float[actual.Count];
        expected.CopyTo(left);
        actual.CopyTo(right);
        for (int k = 0; k < left.Length; k++)
        {
            if (BitConverter.SingleToInt32Bits(left[k]) != BitConverter.SingleToInt32Bits(right[k]))
            {
                throw new CheckException(string.Create(CultureInfo.InvariantCulture, $"{expected.FullName}{Place.Of(k, expected.Shape)}: expected {left[k]:R}, found {right[k]:R}."));
            }
        }
    }

    // A copy whose weights and metadata are others, so that everything must come from the file.
    private static IRnnModel Empty(IRnnModel model)
    {
        IRnnModel other = model.Clone();
        other.Metadata.Clear();
        foreach (Parameter parameter in Stored(other))
        {
            var values = new float[parameter.Count];
            parameter.CopyTo(values);
            parameter.CopyFrom([.. values.Select(value => value + 1)]);
        }

        return other;
    }

    private static IEnumerable<Parameter> Stored(IRnnModel model) => model.Layers.SelectMany(layer => layer.Stored);

    private static string Quoted(string? value) => value is null ? "none" : $"'{value}'";
}
