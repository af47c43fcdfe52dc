using System.ComponentModel;
using System.Globalization;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>A layer of a model: its name and its parameters.</summary>
public sealed class Layer
{
    /// <summary>The name of the model's input in <see cref="LayerAttribute.From"/>.</summary>
    public const string Input = "<input>";

    private static readonly string[] First = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];

    private readonly Parameter[] _parameters;
    private Parameter[]? _inOrder;

    /// <summary>For generated code.</summary>
    /// <param name="name">The name.</param>
    /// <param name="declaration">The attribute that declares it.</param>
    /// <param name="parameters">The parameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Layer(string name, LayerAttribute declaration, params Parameter[] parameters)
    {
        Name = name;
        Declaration = declaration;
        _parameters = parameters;
    }

    /// <summary>The name of the property or attribute that declares the layer. Checkpoints name tensors <c>Layer.parameter</c>.</summary>
    public string Name { get; }

    /// <summary>The attribute that declares the layer, with all its options.</summary>
    internal LayerAttribute Declaration { get; }

    /// <summary>Whether it is a [Normalization] that changes nothing, as before <see cref="Adapt(ReadOnlySpan{float})"/>.</summary>
    internal bool IsUnadapted => Declaration is NormalizationAttribute && _parameters[0].HasOnly(0) && _parameters[1].HasOnly(1);

    /// <summary>The attribute as a user writes it, without arguments: <c>[Gru]</c>.</summary>
    internal string Attribute => $"[{Declaration.GetType().Name.Replace(nameof(System.Attribute), "", StringComparison.Ordinal)}]";

    /// <summary>
    /// Whether updates leave the parameters unchanged: their gradients are ignored, also for the norm that is clipped, and
    /// neither momentum nor weight decay changes them. Gradients still flow through the layer to those below.
    /// </summary>
    public bool Frozen { get; set; }

    /// <summary>
    /// The parameters in PyTorch's order: for each level and direction <c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>, <c>weight_hr</c>,
    /// then those that PyTorch does not have.
    /// </summary>
    public IReadOnlyList<Parameter> Parameters =>
        _inOrder ??= [.. _parameters.OrderBy(p => Array.FindIndex(_parameters, other => PartOf(other) == PartOf(p))).ThenBy(RankOf)];

    /// <summary>The parameters in the order of files and of initialization: another order would give other models for the same seed.</summary>
    internal IReadOnlyList<Parameter> Stored => _parameters;

    /// <summary>The parameter with a name.</summary>
    /// <param name="name">The name, such as <c>weight_ih_l0</c>, <c>bias_hh_l0</c> or <c>weight</c>.</param>
    /// <exception cref="ArgumentException">The layer has no parameter of this name.</exception>
    public Parameter this[string name]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(name);
            foreach (Parameter parameter in _parameters)
            {
                if (parameter.Name == name)
                {
                    return parameter;
                }
            }

            throw new ArgumentException(
                $"Layer '{Name}' has no parameter '{name}'; it has {string.Join(", ", _parameters.Select(p => $"'{p.Name}'"))}.", nameof(name));
        }
    }

    /// <summary>Describes the layer: name and parameters, such as <c>Next: weight [4, 10], bias [4]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        string parameters = _parameters.Length == 0 ? "no parameters" : string.Join(", ", Parameters.Select(p => $"{p.Name} {p.ShapeText}"));
        return $"{Name}: {parameters}{(Frozen ? " (frozen)" : "")}";
    }

    /// <summary>
    /// Sets mean and variance of a <see cref="NormalizationAttribute">[Normalization]</see> layer to those of data. An input that is constant in the data
    /// has variance 0: the layer maps its value to 0 and any other value to a very large number, as in Keras.
    /// </summary>
    /// <param name="rows">The inputs, [rows x InputSize], at least one row.</param>
    /// <exception cref="ArgumentException">There are no rows, the last one is incomplete, or an input, a mean or a variance is not finite; nothing was changed.</exception>
    /// <exception cref="InvalidOperationException">The layer is not a [Normalization].</exception>
    public void Adapt(ReadOnlySpan<float> rows)
    {
        FeatureStatistics statistics = Statistics();
        Add(statistics, rows, nameof(rows));
        Adapt(statistics, nameof(rows));
    }

    /// <inheritdoc cref="Adapt(ReadOnlySpan{float})"/>
    /// <typeparam name="TTarget">The element type of the targets, which are not used.</typeparam>
    /// <param name="data">The inputs of all windows.</param>
    public void Adapt<TTarget>(Dataset<float, TTarget> data)
    {
        ArgumentNullException.ThrowIfNull(data);
        FeatureStatistics statistics = Statistics();
        for (int window = 0; window < data.Count; window++)
        {
            Add(statistics, data.Inputs(window), nameof(data), window);
        }

        Adapt(statistics, nameof(data));
    }

    /// <summary>The suffix for level and direction, such as <c>_l1_reverse</c>; empty for layers without.</summary>
    private static string PartOf(Parameter parameter)
    {
        int start = parameter.Name.LastIndexOf("_l", StringComparison.Ordinal);
        return start < 0 ? "" : parameter.Name[start..];
    }

    private static int RankOf(Parameter parameter)
    {
        int rank = Array.FindIndex(First, name => parameter.Name.StartsWith(name, StringComparison.Ordinal));
        return rank < 0 ? First.Length : rank;
    }

    private FeatureStatistics Statistics() => _parameters is [{ Name: "mean", Count: int size }, { Name: "variance" }]
        ? new FeatureStatistics(size)
        : throw new InvalidOperationException($"Layer '{Name}' has no mean and variance to adapt; only [Normalization] layers have.");

    private void Add(FeatureStatistics statistics, ReadOnlySpan<float> rows, string argument, int? window = null)
    {
        int size = _parameters[0].Count;
        if (rows.Length % size != 0)
        {
            throw new ArgumentException($"Expected rows of {size} numbers: a length that is a multiple of {size}, found {rows.Length}.", argument);
        }

        if (NonFiniteValues.Find(rows) is int at and >= 0)
        {
            string place = window is null ? "row" : $"window {window}, step";
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Expected inputs that are finite, found {rows[at]} at {place} {at / size}, column {at % size}."), argument);
        }

        statistics.Add(rows);
    }

    private void Adapt(FeatureStatistics statistics, string argument)
    {
        if (statistics.Rows == 0)
        {
            throw new ArgumentException("Expected at least one row to adapt to, found none.", argument);
        }

        float[] means = statistics.Means;
        float[] variances = statistics.Variances;
        if (!means.All(float.IsFinite) || !variances.All(float.IsFinite))
        {
            throw new ArgumentException("The mean or the variance of an input is not finite.", argument);
        }

        _parameters[0].CopyFrom(means);
        _parameters[1].CopyFrom(variances);
    }

    /// <summary>The range of the layer's parameters in the packed weights: whole vectors, not shared with other layers.</summary>
    internal (int Start, int End) Range => _parameters.Length == 0
        ? (0, 0)
        : (_parameters.Min(p => p.Range.Start), _parameters.Max(p => p.Range.End));

    internal void Bind(ModelWeights weights)
    {
        foreach (Parameter parameter in _parameters)
        {
            parameter.Bind(weights, Name);
        }
    }
}
