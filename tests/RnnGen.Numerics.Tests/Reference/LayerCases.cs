using RnnGen.Generator.Cells;
using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;
using RnnGen.Generator.Parsing;
using RnnGen.Generator.Planning;

namespace RnnGen.Numerics.Tests.Reference;

/// <summary>A cell of every kind of layer that there is, with every option in turn and with all of them at once.</summary>
internal static class LayerCases
{
    public static IReadOnlyList<LayerKind> Kinds { get; } =
    [
        .. typeof(LayerKind).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(LayerKind)) && !t.IsAbstract).OrderBy(t => t.Name).Select(t => LayerKind.Find(t.Name)!),
    ];

    /// <summary>The layers by name, such as <c>Lstm 3 5: Peepholes = True</c>.</summary>
    public static IReadOnlyDictionary<string, LayerSpec> Layers { get; } = Small().DistinctBy(l => l.Kind.Essence(l)).ToDictionary(l => l.Name);

    /// <summary>The recurrent layers in a size at which the sums of the inputs are computed ahead of the steps.</summary>
    public static IReadOnlyDictionary<string, LayerSpec> Large { get; } =
        Kinds.Where(k => k.IsRecurrent).Select(LargeLayer).ToDictionary(l => l.Name);

    private static LayerSpec LargeLayer(LayerKind kind) => new[] { 96, 160, 256 }
        .Select(units => Layer(kind, 64, units, OptionValues.None))
        .First(layer => SizeLimits.SizeOf(layer).Parameters * sizeof(float) > Thresholds.SplitBeyond);

    private static IEnumerable<LayerSpec> Small()
    {
        foreach (LayerKind kind in Kinds)
        {
            foreach ((int inputSize, int units) in new[] { (3, 5), (1, 1), (6, 17) })
            {
                yield return Layer(kind, inputSize, units, OptionValues.None);
                yield return Layer(kind, inputSize, units, AllOptions(kind, units));
            }

            foreach (Option option in kind.Options)
            {
                foreach (object value in Values(option, units: 5))
                {
                    yield return Layer(kind, 3, 5, OptionValues.None.With(option, value));
                }
            }
        }
    }

    private static OptionValues AllOptions(LayerKind kind, int units) =>
        kind.Options.Aggregate(OptionValues.None, (values, option) => Values(option, units).FirstOrDefault() is object value ? values.With(option, value) : values);

    /// <summary>Values of an option that are not its default.</summary>
    private static IEnumerable<object> Values(Option option, int units) => option switch
    {
        Flag flag => [!(bool)flag.Default],
        Number number => new[] { 0.4, 2.0, 1.0 }.Where(n => number.IsAllowed(n, units) && n != (double)number.Default).Take(1).Cast<object>(),
        Function => Enum.GetValues<ActivationKind>().Reverse().SelectMany(Functions),
        IChoice choice => Enum.GetValues(choice.Values).Cast<object>().Skip(1),
        _ => [],
    };

    private static IEnumerable<object> Functions(ActivationKind kind)
    {
        yield return new FunctionSpec(kind);
        if (Generator.Cells.Functions.TakesAlpha(kind))
        {
            yield return new FunctionSpec(kind, -0.3, Generator.Cells.Functions.TakesBeta(kind) ? 0.7 : null);
        }
    }

    private static LayerSpec Layer(LayerKind kind, int inputSize, int units, OptionValues options)
    {
        int input = kind.KeepsSize ? units : inputSize;
        string name = $"{kind} {input} {units}{(options.Equals(OptionValues.None) ? "" : ": " + options)}";
        return new LayerSpec(name, kind, input, units, Property: null) { Options = options };
    }
}
