using System.Globalization;
using System.Text.Json;

namespace RnnGen.Formats;

/// <summary>The weights of a Keras file by layer, in whatever layout.</summary>
internal static class KerasWeights
{
    private static readonly string[] Containers = ["layers/", "_layer_checkpoint_dependencies/"];

    // The order in which Keras counts the weights of a layer that has others in it.
    private static readonly string[] Order = ["vars", "cell", "cells", "forward_layer", "backward_layer", "layer"];

    /// <summary>Whether the file lists its layers by their names; else they have the names of their classes, numbered.</summary>
    public static bool AreLayersNamed(TensorFile file) => file.Texts.ContainsKey(KerasTexts.LayerNames);

    /// <summary>A file with the weights that it lists first, in the order of the list: that of <c>get_weights</c>.</summary>
    public static TensorFile InOrder(TensorFile file)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonElement weight in List(file, KerasTexts.WeightNames).SelectMany(KerasSettings.Elements))
        {
            places.TryAdd(KerasSettings.Text(weight) ?? "", places.Count);
        }

        return places.Count == 0 ? file : new TensorFile(file.Format, file.Path, file.Tensors.OrderBy(tensor => places.GetValueOrDefault(tensor.Name, int.MaxValue)), file.Texts);
    }

    /// <summary>Finds the weights of all layers.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The groups of the layers in the order of the file, each with its weights in the order of Keras.</returns>
    /// <exception cref="CheckpointException">The file has another layout, or lacks a weight.</exception>
    public static IReadOnlyList<KerasGroup> Of(TensorFile file) => AreLayersNamed(file) ? Listed(file) : Grouped(file);

    private static List<KerasGroup> Listed(TensorFile file)
    {
        return [.. List(file, KerasTexts.LayerNames).Zip(List(file, KerasTexts.WeightNames), (name, list) => new KerasGroup(
            KerasSettings.Text(name) ?? "",
            [.. KerasSettings.Elements(list).Select(weight => Find(file, KerasSettings.Text(weight) ?? ""))]))];
    }

    private static IEnumerable<JsonElement> List(TensorFile file, string name) =>
        KerasSettings.Elements(KerasSettings.Parse(file.Path, name, file.Texts.GetValueOrDefault(name, "[]")));

    private static FileTensor Find(TensorFile file, string name) => file.Find(name) ?? throw new CheckpointException(
        CheckpointReason.MissingTensor, file.Path, name, null, $"expected this weight, which the file lists, found none. The file is incomplete: save it again.");

    private static List<KerasGroup> Grouped(TensorFile file)
    {
        // tf.keras wrote "\" where it ran on Windows.
        (string Path, FileTensor Tensor)[] tensors = [.. file.Tensors.Select(tensor => (tensor.Name.Replace('\\', '/'), tensor))];
        string? container = Containers.FirstOrDefault(name => tensors.Any(tensor => tensor.Path.StartsWith(name, StringComparison.Ordinal)));
        if (container is null)
        {
            throw new CheckpointException(
                CheckpointReason.MissingTensor, file.Path, $"expected the layers of a Keras model, found {tensors.Length} tensors in other groups. Save a Sequential or functional model.");
        }

        IEnumerable<(string[] Path, FileTensor Tensor)> inLayers = tensors
            .Where(tensor => tensor.Path.StartsWith(container, StringComparison.Ordinal))
            .Select(tensor => (tensor.Path[container.Length..].Split('/'), tensor.Tensor));

        // Random numbers for dropout have a state, which is no weight.
        return [.. inLayers
            .Where(tensor => !tensor.Path.Contains("seed_generator"))
            .GroupBy(tensor => tensor.Path[0])
            .Select(group => new KerasGroup(group.Key, [.. group.OrderBy(tensor => tensor.Path, Comparer<string[]>.Create(Compare)).Select(tensor => tensor.Tensor)]))];
    }

    private static int Compare(string[] left, string[] right)
    {
        for (int k = 0; k < left.Length && k < right.Length; k++)
        {
            int order = Rank(left[k]).CompareTo(Rank(right[k]));
            order = order != 0 ? order : KerasGroup.Compare(left[k], right[k]);
            if (order != 0)
            {
                return order;
            }
        }

        return left.Length.CompareTo(right.Length);
    }

    private static int Rank(string part)
    {
        int rank = Array.IndexOf(Order, part);
        return rank < 0 ? Order.Length : rank;
    }
}

/// <summary>The weights of a layer.</summary>
/// <param name="Name">The name of the layer, or that of its class with a number.</param>
/// <param name="Weights">The weights in the order of Keras.</param>
internal sealed record KerasGroup(string Name, IReadOnlyList<FileTensor> Weights)
{
    /// <summary>The number of a name such as <c>lstm_2</c>: 2; that of <c>lstm</c> is 0.</summary>
    /// <param name="name">The name.</param>
    /// <param name="stem">The name without a number.</param>
    /// <returns>The number; null if the name has another stem.</returns>
    public static int? Number(string name, string stem)
    {
        if (name == stem)
        {
            return 0;
        }

        return name.StartsWith(stem, StringComparison.Ordinal) && name.Length > stem.Length + 1 && name[stem.Length] == '_'
            && int.TryParse(name.AsSpan(stem.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : null;
    }

    /// <summary>Compares names, the numbers at their ends as numbers: 2 is before 10.</summary>
    public static int Compare(string left, string right)
    {
        string leftStem = left.TrimEnd(Digits);
        string rightStem = right.TrimEnd(Digits);
        int order = string.CompareOrdinal(leftStem, rightStem);
        if (order != 0)
        {
            return order;
        }

        order = left.Length.CompareTo(right.Length);
        return order != 0 ? order : string.CompareOrdinal(left, right);
    }

    private static readonly char[] Digits = [.. "0123456789"];
}
