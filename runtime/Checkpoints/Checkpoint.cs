using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>
/// The weights of a model as a safetensors file: one tensor <c>Layer.parameter</c> each, in PyTorch's shapes, and the model's metadata. What
/// a trainer adds has names that no layer can have, so that its file is one of the model, too.
/// </summary>
internal static class Checkpoint
{
    /// <summary>What the names of a trainer's tensors begin with.</summary>
    public const string TrainingPrefix = "training:";

    private const string OwnKeys = "rnngen.";
    private const string ModelKey = OwnKeys + "model";

    /// <summary>The file of a model, with what a trainer adds to it.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="additions">More tensors.</param>
    /// <param name="ownTexts">More texts of the library's own, by their keys without the prefix.</param>
    public static SafetensorsContent ContentOf(
        ModelWeights weights, string path, IEnumerable<TensorToWrite> additions, params ReadOnlySpan<KeyValuePair<string, string>> ownTexts)
    {
        TensorToWrite[] tensors = [.. weights.Parameters.Select(p => Packed(p, p.FullName, weights.Values)), .. additions];
        var metadata = Foreign(weights.Metadata).ToDictionary();
        foreach ((string key, string value) in metadata)
        {
            if (value is null || !IsText(key) || !IsText(value))
            {
                throw new CheckpointException(CheckpointReason.Metadata, path, $"cannot be written: the metadata '{key}' is null or no valid text.");
            }
        }

        metadata.Add(ModelKey, weights.Model);
        foreach ((string key, string value) in ownTexts)
        {
            metadata.Add(OwnKeys + key, value);
        }

        return SafetensorsContent.Of(path, tensors, metadata);
    }

    /// <summary>Reads everything and checks it before it writes the first weight.</summary>
    public static void Load(ModelWeights weights, SafetensorsFile file) => Read(weights, file).ApplyTo(weights);

    /// <summary>Checks a file of the model's, and leaves the model as it is.</summary>
    public static Content Read(ModelWeights weights, SafetensorsFile file)
    {
        var values = new PackedTensors(weights, parameter => file[parameter.FullName]);
        var known = weights.Parameters.Select(p => p.FullName).ToHashSet();
        SafetensorsTensor? surplus = file.Tensors.Values.FirstOrDefault(
            t => !known.Contains(t.Name) && !t.Name.StartsWith(TrainingPrefix, StringComparison.Ordinal));
        if (surplus is not null)
        {
            throw surplus.Wrong(
                CheckpointReason.SurplusTensor, $"expected only the tensors of model '{weights.Model}' ({string.Join(", ", known)}), found one more.");
        }

        return new Content(file, values);
    }

    /// <summary>A text of the library's own; null where the file has none.</summary>
    public static string? OwnText(SafetensorsFile file, string key) => file.Metadata.GetValueOrDefault(OwnKeys + key);

    /// <summary>The tensor of one parameter's shape out of a block that is packed like the weights.</summary>
    public static TensorToWrite Packed(Parameter parameter, string name, ReadOnlySpan<float> packed)
    {
        var values = new float[parameter.Count];
        parameter.Read(packed, values);
        return new TensorToWrite(name, parameter.Shape, values);
    }

    /// <summary>Whether a text can be written as UTF-8 and read back: no half of a surrogate pair stands alone.</summary>
    private static bool IsText(string text)
    {
        for (int k = 0; k < text.Length; k++)
        {
            if (char.IsSurrogate(text[k]) && !(k + 1 < text.Length && char.IsSurrogatePair(text[k], text[++k])))
            {
                return false;
            }
        }

        return true;
    }

    private static IEnumerable<KeyValuePair<string, string>> Foreign(IEnumerable<KeyValuePair<string, string>> metadata) =>
        metadata.Where(pair => !pair.Key.StartsWith(OwnKeys, StringComparison.Ordinal));

    /// <summary>A file that fits the model.</summary>
    /// <param name="File">The file.</param>
    /// <param name="Values">The parameters' values.</param>
    internal sealed record Content(SafetensorsFile File, PackedTensors Values)
    {
        public void ApplyTo(ModelWeights weights)
        {
            Values.CopyTo(weights.MutableValues);
            weights.SetMetadata(Foreign(File.Metadata));
            weights.Changed();
        }
    }
}
