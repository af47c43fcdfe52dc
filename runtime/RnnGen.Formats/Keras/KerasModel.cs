using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace RnnGen.Formats;

/// <summary>A Keras model as a file describes it: its layers with their settings, connections and weights.</summary>
/// <remarks>Nothing is checked for being supported: that is up to whoever builds a network of it.</remarks>
internal sealed partial class KerasModel
{
    private static readonly string[] ModelClasses = ["Sequential", "Functional", "Model"];

    /// <summary>The class: <c>Sequential</c>, <c>Functional</c>, or <c>Model</c>, as functional ones were called before; null if the file has no configuration.</summary>
    public string? ClassName { get; init; }

    /// <summary>The first number of the version of Keras; null if the file does not tell.</summary>
    public int? MajorVersion { get; init; }

    /// <summary>
    /// The layers in the order of the configuration. Without one, those that have weights, in the order of the file, which is not always that of the model.
    /// </summary>
    public IReadOnlyList<KerasLayer> Layers { get; init; } = [];

    /// <summary>The inputs of a functional model: outputs of its input layers.</summary>
    public IReadOnlyList<KerasInput> Inputs { get; private init; } = [];

    /// <summary>The outputs of a functional model.</summary>
    public IReadOnlyList<KerasInput> Outputs { get; private init; } = [];

    /// <summary>Reads a model.</summary>
    /// <param name="file">A file of Keras, or of RTNeural.</param>
    /// <exception cref="CheckpointException">
    /// The configuration is broken, or of another kind of model, or its layers do not fit those that have weights.
    /// </exception>
    public static KerasModel Read(TensorFile file)
    {
        if (RtNeuralModel.IsIn(file))
        {
            return RtNeuralModel.Read(file);
        }

        int? version = Major(file.Texts.GetValueOrDefault(KerasTexts.KerasVersion));
        IReadOnlyList<KerasGroup> weights = KerasWeights.Of(file);
        if (!file.Texts.TryGetValue(KerasTexts.ModelConfig, out string? text))
        {
            return new KerasModel
            {
                MajorVersion = version,
                Layers = [.. weights.Where(group => group.Weights.Count > 0).Select(group => new KerasLayer { Name = group.Name, Weights = group.Weights })],
            };
        }

        var model = new KerasSettings(KerasSettings.Parse(file.Path, KerasTexts.ModelConfig, text));
        string? type = model.Text("class_name");
        if (!ModelClasses.Contains(type))
        {
            throw Wrong(file, $"expected a Sequential or functional model, found class '{type}'. Build the model of layers, and save it again.");
        }

        // Sequential models of Keras 1 have their layers here.
        KerasSettings settings = model.Object("config") ?? model;
        IEnumerable<JsonElement> layers = model.Object("config") is null ? model.List("config") : settings.List("layers");
        KerasSettings[] configurations = [.. layers.Select(layer => new KerasSettings(layer))];
        return new KerasModel
        {
            ClassName = type,
            MajorVersion = version,
            Layers = LayersOf(file, configurations, Assign(file, configurations, weights), type == "Sequential"),
            Inputs = KerasInput.List(settings.Find("input_layers")),
            Outputs = KerasInput.List(settings.Find("output_layers")),
        };
    }

    private static List<KerasLayer> LayersOf(TensorFile file, KerasSettings[] configurations, IReadOnlyList<FileTensor>[] weights, bool isSequential)
    {
        var layers = new List<KerasLayer>(configurations.Length);
        for (int k = 0; k < configurations.Length; k++)
        {
            IReadOnlyList<IReadOnlyList<KerasInput>> calls = !isSequential ? KerasInput.Calls(configurations[k])
                : k == 0 ? []
                : [[new KerasInput(layers[k - 1].Name, 0, 0)]];
            layers.Add(KerasLayers.Read(file.Path, configurations[k], weights[k], calls));
        }

        return layers;
    }

    /// <summary>Gives each layer its weights.</summary>
    private static IReadOnlyList<FileTensor>[] Assign(TensorFile file, KerasSettings[] layers, IReadOnlyList<KerasGroup> groups)
    {
        var assigned = new IReadOnlyList<FileTensor>[layers.Length];
        Array.Fill(assigned, []);
        var left = groups.Where(group => group.Weights.Count > 0).ToList();
        if (KerasWeights.AreLayersNamed(file))
        {
            for (int k = 0; k < layers.Length; k++)
            {
                string? name = KerasLayers.Name(layers[k]);
                if (left.Find(group => group.Name == name) is { } found)
                {
                    assigned[k] = found.Weights;
                    left.Remove(found);
                }
            }
        }
        else
        {
            foreach (IGrouping<string, int> alike in Enumerable.Range(0, layers.Length).GroupBy(k => SnakeCase(layers[k].Text("class_name") ?? "")))
            {
                AssignByClass(file, alike.Key, [.. alike], left, assigned);
            }
        }

        return left is []
            ? assigned
            : throw new CheckpointException(
                CheckpointReason.SurplusTensor, file.Path, left[0].Weights[0].Name, null, $"expected weights of layers in the configuration, found those of '{left[0].Name}'. The weights are of another model.");
    }

    /// <summary>
    /// Layers of one class are numbered: <c>lstm</c>, <c>lstm_1</c>, ... tf.keras counted each of them twice: <c>lstm</c>, <c>lstm_2</c>, ...
    /// </summary>
    private static void AssignByClass(TensorFile file, string stem, int[] layers, List<KerasGroup> left, IReadOnlyList<FileTensor>[] assigned)
    {
        (int Number, KerasGroup Group)[] groups = [.. left
            .Select(group => (Number: KerasGroup.Number(group.Name, stem), Group: group))
            .Where(pair => pair.Number is not null)
            .Select(pair => (pair.Number!.Value, pair.Group))
            .OrderBy(pair => pair.Item1)];

        // Layers without weights have a number, too.
        int[] numbers = [.. groups.Select(pair => pair.Number)];
        bool isTwice = numbers.Length == layers.Length && numbers.SequenceEqual(Enumerable.Range(0, layers.Length).Select(k => 2 * k));
        if (!isTwice && (numbers.Any(number => number >= layers.Length) || numbers.Distinct().Count() < numbers.Length))
        {
            throw Wrong(
                file, $"expected weights of the {layers.Length} layers '{stem}' of the configuration, found {groups.Length}, up to number {numbers[^1]}. The weights are of another model.");
        }

        for (int k = 0; k < groups.Length; k++)
        {
            assigned[layers[isTwice ? k : numbers[k]]] = groups[k].Group.Weights;
            left.Remove(groups[k].Group);
        }
    }

    /// <summary>The name of a class as Keras makes it the name of a group: <c>SimpleRNN</c> is <c>simple_rnn</c>.</summary>
    private static string SnakeCase(string name)
    {
        name = NoWord().Replace(name, "");
        name = BeforeWord().Replace(name, "$1_$2");
        return BeforeCapital().Replace(name, "$1_$2").ToLowerInvariant();
    }

    private static int? Major(string? version) =>
        version is not null && int.TryParse(version.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major) ? major : null;

    private static CheckpointException Wrong(TensorFile file, FormattableString problem) => new(CheckpointReason.Container, file.Path, problem);

    [GeneratedRegex(@"\W+", RegexOptions.CultureInvariant)]
    private static partial Regex NoWord();

    [GeneratedRegex("(.)([A-Z][a-z]+)", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeWord();

    [GeneratedRegex("([a-z])([A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex BeforeCapital();
}
