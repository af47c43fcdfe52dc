using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>The texts of a Keras file, for <see cref="TensorFile.Texts"/>.</summary>
internal static class KerasTexts
{
    /// <summary>The configuration of the model: JSON.</summary>
    public const string ModelConfig = "model_config";

    /// <summary>The configuration of its training: JSON.</summary>
    public const string TrainingConfig = "training_config";

    /// <summary>The version of Keras that wrote the file.</summary>
    public const string KerasVersion = "keras_version";

    /// <summary>What Keras computed with.</summary>
    public const string Backend = "backend";

    /// <summary>The names of the layers in order: a JSON array.</summary>
    public const string LayerNames = "layer_names";

    /// <summary>For each of these layers the names of its tensors in the order of Keras: a JSON array of arrays.</summary>
    public const string WeightNames = "weight_names";

    private const string WeightsGroup = "model_weights";
    private const int LongestList = 2 << 20;

    /// <summary>Collects the texts that the groups of a file have as attributes.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="file">The file.</param>
    /// <exception cref="CheckpointException">The lists of names are too long.</exception>
    public static Dictionary<string, string> Of(string path, Hdf5Reader file)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string name in (ReadOnlySpan<string>)[ModelConfig, TrainingConfig, KerasVersion, Backend])
        {
            if ((file.Texts("", name) ?? file.Texts(WeightsGroup, name)) is [string text])
            {
                texts.Add(name, text);
            }
        }

        // Files of weights have the layers at the root, those of models in a group.
        if (List(file, WeightsGroup, LayerNames) is { } inModel)
        {
            AddNames(path, file, WeightsGroup + "/", inModel, texts);
        }
        else if (List(file, "", LayerNames) is { } atRoot)
        {
            AddNames(path, file, "", atRoot, texts);
        }

        return texts;
    }

    /// <summary>An attribute that Keras cuts into <c>name0</c>, <c>name1</c>, ... if it is longer than an attribute may be.</summary>
    private static IReadOnlyList<string>? List(Hdf5Reader file, string group, string name)
    {
        if (file.Texts(group, name) is { } whole)
        {
            return whole;
        }

        List<string>? list = null;
        for (int k = 0; file.Texts(group, string.Create(CultureInfo.InvariantCulture, $"{name}{k}")) is { } part; k++)
        {
            list ??= [];
            list.AddRange(part);
        }

        return list;
    }

    private static void AddNames(string path, Hdf5Reader file, string prefix, IReadOnlyList<string> layers, Dictionary<string, string> texts)
    {
        texts.Add(LayerNames, Json(path, writer =>
        {
            foreach (string layer in layers)
            {
                writer.WriteStringValue(layer);
            }
        }));
        texts.Add(WeightNames, Json(path, writer =>
        {
            foreach (string layer in layers)
            {
                string group = prefix + layer;
                writer.WriteStartArray();
                foreach (string weight in List(file, group, WeightNames) ?? [])
                {
                    writer.WriteStringValue($"{group}/{weight}");
                    Check(path, writer);
                }

                writer.WriteEndArray();
                Check(path, writer);
            }
        }));
    }

    private static string Json(string path, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            write(writer);
            Check(path, writer);
            writer.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>A layer can be listed again and again, and its name stands in front of each of its weights.</summary>
    private static void Check(string path, Utf8JsonWriter writer)
    {
        if (writer.BytesCommitted + writer.BytesPending > LongestList)
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, $"expected names of weights of at most {LongestList} bytes together, found more. The file is damaged: copy it again.");
        }
    }
}
