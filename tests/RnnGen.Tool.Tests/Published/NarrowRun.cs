using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using RnnGen.Comparing;
using RnnGen.Numerics.Tests.Reference;

namespace RnnGen.Tool.Tests.Published;

/// <summary>Runs published networks with narrow weights, through the same code: while a run is current, twins of the classes take the places of models.</summary>
/// <param name="format">What the twins read.</param>
internal sealed partial class NarrowRun(WeightFormat format)
{
    [ThreadStatic]
    private static NarrowRun? _current;

    private static readonly ConcurrentDictionary<WeightFormat, Lazy<Assembly>> Declared = new();

    private readonly ErrorSum _outputs = new();
    private readonly HashSet<string> _layers = [];

    /// <summary>Whether a run is current.</summary>
    public static bool IsCurrent => _current is not null;

    /// <summary>How far the outputs are from those that were published.</summary>
    public SignalError Outputs => _outputs.Error;

    /// <summary>Decisions, and how many changed.</summary>
    public (int Changed, int Count) Decisions { get; private set; }

    /// <summary>The layers that steps read in the format.</summary>
    public IReadOnlyCollection<string> Layers => _layers;

    /// <summary>What the format adds to the text of classes: those without a recurrent layer must not have it.</summary>
    public static string Edit(string text, WeightFormat format)
    {
        const string Start = "[RnnModel(";
        return string.Join(Start, text.Split(Start).Select(part => Recurrent().IsMatch(part) ? Windows().Replace(part, $"$0, Weights = WeightFormat.{format}") : part));
    }

    /// <summary>Runs a network.</summary>
    public static NarrowRun Of(PublishedNetwork network, WeightFormat format)
    {
        _current = new NarrowRun(format);
        try
        {
            network.Run();
            return _current;
        }
        finally
        {
            _current = null;
        }
    }

    /// <summary>The model itself or, in a run, one whose steps read narrow weights.</summary>
    public static IRnnModel Twin(IRnnModel model) => _current?.TwinOf(model) ?? model;

    /// <summary>Tells a run how its outputs differ.</summary>
    public static void Add(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) => _current?._outputs.Add(expected, actual);

    /// <summary>Tells a run how its decisions differ.</summary>
    public static void Decide(int changed, int count)
    {
        if (_current is { } run)
        {
            run.Decisions = (run.Decisions.Changed + changed, run.Decisions.Count + count);
        }
    }

    private IRnnModel TwinOf(IRnnModel model)
    {
        Type type = model.GetType();
        Type twin = type.Namespace == CompiledClasses.Space
            ? ByTool.TypeOf(type.Name, format)
            : Declared.GetOrAdd(format, key => new Lazy<Assembly>(() => Compile(key))).Value.GetType(Space(type.FullName!))!;
        var created = (IRnnModel)Activator.CreateInstance(twin, 1)!;
        var file = new MemoryStream();
        model.Save(file);
        created.LoadWeights(file.ToArray());
        foreach (NarrowLayer layer in NarrowLayer.AllOf(created))
        {
            _layers.Add($"{layer.Layer.Attribute.Trim('[', ']')} {layer.Layer.Declaration.Size}");
        }

        return created;
    }

    /// <summary>The classes that the tests declare, in another namespace.</summary>
    private static Assembly Compile(WeightFormat format)
    {
        string tests = Path.GetFullPath(Path.Combine(Here(), "..", ".."));
        string[] files =
        [
            Path.Combine(tests, "RnnGen.Tool.Tests", "Published", "Models.cs"),
            Path.Combine(tests, "RnnGen.Formats.Tests", "Placing", "PublishedModels.cs"), Path.Combine(tests, "RnnGen.Formats.Tests", "Layouts", "PublishedModels.cs"),
        ];
        return RuntimeCompilation.Load(RuntimeCompilation.Of(files.Select(file => "using RnnGen;\n" + Space(Edit(File.ReadAllText(file), format)))));
    }

    private static string Space(string text) => text.Replace("RnnGen.Tool.Tests.", "Twins.", StringComparison.Ordinal).Replace("RnnGen.Formats.Tests.", "Twins.", StringComparison.Ordinal);

    [GeneratedRegex(@"sequenceLength: \d+")]
    private static partial Regex Windows();

    [GeneratedRegex(@"\b(Rnn|Gru|Lstm|Mgu|MinGru)\(\d")]
    private static partial Regex Recurrent();

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
