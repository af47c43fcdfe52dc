using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>
/// The weights of a model as a safetensors file: one tensor <c>Layer.parameter</c> per parameter, in PyTorch's shape, and the model's metadata. The
/// tensors that a trainer or known answers add have names that no layer can have, so a file with them is also a file of its model.
/// </summary>
internal static class Checkpoint
{
    /// <summary>The prefix of the names of a trainer's tensors.</summary>
    public const string TrainingPrefix = "training:";

    /// <summary>The prefix of the names of known answers.</summary>
    public const string AnswersPrefix = "answers:";

    private const string OwnKeys = "rnngen.";
    private const string ModelKey = OwnKeys + "model";

    /// <summary>The file of a model, with what a trainer adds to it.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="additions">The trainer's tensors.</param>
    /// <param name="isNarrow">Whether weights are written as the steps of the model read them.</param>
    /// <param name="ownTexts">The library's own metadata, by keys without the prefix.</param>
    public static SafetensorsContent ContentOf(
        ModelWeights weights, string path, IEnumerable<TensorToWrite> additions, bool isNarrow, params ReadOnlySpan<KeyValuePair<string, string>> ownTexts)
    {
        TensorToWrite[] tensors = [.. isNarrow ? NarrowTensors.Of(weights) : weights.Parameters.Select(p => Packed(p, p.FullName, weights.Values)), .. additions];
        Dictionary<string, string> metadata = WithoutOwn(weights.Metadata);
        foreach ((string key, string value) in metadata)
        {
            if (value is null || !IsText(key) || !IsText(value))
            {
                throw new CheckpointException(CheckpointReason.Metadata, path, $"cannot be written: the metadata '{key}' is null or not valid Unicode.");
            }
        }

        metadata.Add(ModelKey, weights.Model);
        if (isNarrow)
        {
            metadata.Add(OwnKeys + NarrowTensors.Key, NarrowTensors.Version);
        }

        foreach ((string key, string value) in ownTexts)
        {
            metadata.Add(OwnKeys + key, value);
        }

        return SafetensorsContent.Of(path, tensors, metadata);
    }

    /// <summary>Reads and checks everything before it writes the first weight.</summary>
    public static void Load(ModelWeights weights, SafetensorsFile file)
    {
        if (!OwnFile.TryLoad(weights, file))
        {
            Placement.OfOwn(weights, file.ToTensorFile(), allowNonFinite: false).ApplyTo(weights);
        }
    }

    /// <summary>Whether a tensor is one that is added to those of the model.</summary>
    public static bool IsAddition(string tensor) =>
        tensor.StartsWith(TrainingPrefix, StringComparison.Ordinal) || tensor.StartsWith(AnswersPrefix, StringComparison.Ordinal);

    /// <summary>Whether the metadata are those of a file whose weights are written as steps read them.</summary>
    public static bool IsNarrow(IReadOnlyDictionary<string, string> metadata) => metadata.ContainsKey(OwnKeys + NarrowTensors.Key);

    /// <summary>A value of the library's own metadata; null if the file has none.</summary>
    public static string? OwnText(SafetensorsFile file, string key) => file.Metadata.GetValueOrDefault(OwnKeys + key);

    /// <summary>The metadata without the library's own.</summary>
    public static Dictionary<string, string> WithoutOwn(IReadOnlyDictionary<string, string> metadata)
    {
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string key in metadata.Keys)
        {
            if (!key.StartsWith(OwnKeys, StringComparison.Ordinal))
            {
                users.Add(key, metadata[key]);
            }
        }

        return users;
    }

    /// <summary>The tensor of one parameter, from a block that is packed like the weights.</summary>
    public static TensorToWrite Packed(Parameter parameter, string name, ReadOnlySpan<float> packed)
    {
        var values = new float[parameter.Count];
        parameter.Read(packed, values);
        return new TensorToWrite(name, parameter.Shape, values);
    }

    /// <summary>Whether a text can be written as UTF-8 and read back: it has no unpaired surrogates.</summary>
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
}
