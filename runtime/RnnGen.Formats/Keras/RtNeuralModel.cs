using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace RnnGen.Formats;

/// <summary>
/// The layers in the JSON of RTNeural as a Keras model: the weights are those of Keras, settings have other names. AIDA-X's JSON has gains and a connection from
/// the input to the output besides.
/// </summary>
internal static class RtNeuralModel
{
    private const string Input = "input";

    /// <summary>Whether a file has such layers.</summary>
    public static bool IsIn(TensorFile file) => file.Texts.ContainsKey(Key(0, "type"));

    /// <summary>Reads the layers. One that is no layer of Keras has its type as its class.</summary>
    /// <param name="file">The file.</param>
    /// <exception cref="CheckpointException">The file contradicts itself.</exception>
    public static KerasModel Read(TensorFile file)
    {
        var layers = new List<KerasLayer> { Make(file, "InputLayer", Input, new JsonObject { ["batch_shape"] = Sizes(file, "in_shape") is { Count: <= 3 } shape ? shape : null }) };
        for (int k = 0; file.Texts.TryGetValue(Key(k, "type"), out string? type); k++)
        {
            layers.Add(Read(file, k, type, layers[^1].Name));
        }

        // Gains are in decibels.
        foreach (string gain in new[] { "in_gain", "out_gain" }.Where(gain => Number(file, gain) != 0))
        {
            layers.Add(Make(file, gain, gain, [], reads: layers[^1].Name));
        }

        if (Number(file, "in_skip") is not 0 and var skip)
        {
            layers.Add(Make(file, skip == 1 ? "Add" : "in_skip", "in_skip", [], reads: [layers[^1].Name, Input]));
        }

        return new KerasModel { ClassName = "Sequential", MajorVersion = 2, Layers = layers };
    }

    private static KerasLayer Read(TensorFile file, int index, string type, string before)
    {
        FileTensor[] weights = [.. Enumerable.Range(0, int.MaxValue).Select(k => file.Find(string.Create(CultureInfo.InvariantCulture, $"{Key(index, "weights")}.{k}"))).TakeWhile(weight => weight is not null)!];
        string name = string.Create(CultureInfo.InvariantCulture, $"{type}_{index}");
        string? className = type switch
        {
            "dense" or "time-distributed-dense" => "Dense",
            "lstm" => "LSTM",
            "gru" => "GRU",
            "activation" => "Activation",
            _ => null,
        };
        if (className is null || !file.Texts.TryGetValue(Key(index, "activation"), out string? activation))
        {
            // Files of early versions do not tell activations, which are not always the usual ones.
            return Make(file, className is null ? type : $"{type} of which the file does not tell the activation", name, [], weights, before);
        }

        bool isRecurrent = className is "LSTM" or "GRU";
        CheckSize(file, index, type, isRecurrent, weights);
        var settings = new JsonObject
        {
            ["activation"] = activation.Length > 0 ? activation : isRecurrent ? "tanh" : "linear",
            ["use_bias"] = weights.Length > (isRecurrent ? 2 : 1),
            ["return_sequences"] = true,
            ["reset_after"] = true,
        };
        return Make(file, className, name, settings, weights, before);
    }

    /// <summary>The number of units is told twice: by the shape of the outputs, and by the weights.</summary>
    private static void CheckSize(TensorFile file, int index, string type, bool isRecurrent, FileTensor[] weights)
    {
        FileTensor? sized = weights.ElementAtOrDefault(isRecurrent ? 1 : 0);
        if (sized is { Shape: [int rows, int columns] } && Sizes(file, Key(index, "shape")) is [.., JsonValue last] && last.TryGetValue(out int told) && told != (isRecurrent ? rows : columns))
        {
            throw new CheckpointException(
                CheckpointReason.Shape, file.Path, sized.Name, null, $"expected weights of {told} units for layer {index} ({type}), as its shape says, found some of {(isRecurrent ? rows : columns)}.");
        }
    }

    private static KerasLayer Make(TensorFile file, string className, string name, JsonObject settings, FileTensor[]? weights = null, params string[] reads) => new()
    {
        ClassName = className,
        Name = name,
        Settings = new KerasSettings(KerasSettings.Parse(file.Path, name, settings.ToJsonString())),
        Weights = weights ?? [],
        Calls = reads.Length == 0 ? [] : [[.. reads.Select(layer => new KerasInput(layer, 0, 0))]],
    };

    private static string Key(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"layers.{index}.{name}");

    /// <summary>A shape; null if there is none.</summary>
    private static JsonArray? Sizes(TensorFile file, string key) =>
        file.Texts.TryGetValue(key, out string? text) && KerasSettings.Parse(file.Path, key, text) is { ValueKind: JsonValueKind.Array } shape ? JsonArray.Create(shape) : null;

    /// <summary>A number; 0 if there is none, NaN if it is something else.</summary>
    private static double Number(TensorFile file, string key) =>
        !file.Texts.TryGetValue(key, out string? text) ? 0 : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
