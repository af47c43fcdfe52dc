using System.IO.Enumeration;
using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>
/// The tensors of a file that a model may get, by the names that its parameters have there. They do not include those that a trainer or known answers
/// add to a file.
/// </summary>
internal sealed class FileNames
{
    private const string FirstLevel = "_l0";

    private readonly TensorFile _file;
    private readonly LoadOptions _options;
    private readonly TensorNames _names;
    private readonly bool _isExact;

    /// <summary>Finds out how the names of the file begin.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">What the names are.</param>
    /// <param name="isExact">Whether they are exactly that.</param>
    public FileNames(ModelWeights weights, TensorFile file, LoadOptions options, bool isExact)
    {
        ArgumentNullException.ThrowIfNull(options.Prefix);
        ArgumentNullException.ThrowIfNull(options.Ignore);
        _file = file;
        _options = options;
        _isExact = isExact;
        _names = new TensorNames(weights, options.Rename);
        Tensors = [.. file.Tensors.Where(tensor => !Checkpoint.IsAddition(tensor.Name) && tensor.Name.StartsWith(options.Prefix, StringComparison.Ordinal))];
        Choose(weights);
    }

    /// <summary>The tensors, in the order of the file.</summary>
    public IReadOnlyList<FileTensor> Tensors { get; }

    /// <summary>The prefix that was asked for.</summary>
    public string Prefix => _options.Prefix;

    /// <summary>What was found in front of the names, after the prefix that was asked for.</summary>
    public string Wrapper { get; private set; } = "";

    /// <summary>Several wrappers with all weights in each; empty if it is clear which one is meant.</summary>
    public IReadOnlyList<string> Ambiguous { get; private set; } = [];

    /// <summary>The name of a parameter in the file, as it should be.</summary>
    public string Of(Layer layer, Parameter parameter) => Prefix + Wrapper + _names.Of(layer, parameter);

    /// <summary>The name without the prefix that was asked for.</summary>
    public string Short(FileTensor tensor) => tensor.Name[Prefix.Length..];

    /// <summary>The tensor of a parameter; null if there is none.</summary>
    public FileTensor? Find(Layer layer, Parameter parameter) => Find(layer, parameter, Of(layer, parameter));

    /// <summary>A tensor under a name that a parameter may have: that of a cell has no level.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="parameter">The parameter.</param>
    /// <param name="name">Its name as it should be.</param>
    public FileTensor? Find(Layer layer, Parameter parameter, string name) =>
        _file.Find(name) ?? (IsCell(layer, parameter) && name.EndsWith(FirstLevel, StringComparison.Ordinal) ? _file.Find(name[..^FirstLevel.Length]) : null);

    /// <summary>The other bias of the same level and direction; null if the parameter is none of two.</summary>
    public Parameter? OtherBias(Layer layer, Parameter parameter)
    {
        const string Input = "bias_ih_";
        const string Hidden = "bias_hh_";
        string? other = _isExact ? null
            : parameter.Name.StartsWith(Input, StringComparison.Ordinal) ? Hidden + parameter.Name[Input.Length..]
            : parameter.Name.StartsWith(Hidden, StringComparison.Ordinal) ? Input + parameter.Name[Hidden.Length..]
            : null;
        return layer.Stored.FirstOrDefault(bias => bias.Name == other);
    }

    /// <summary>Whether the caller knows that the model has no place for a tensor.</summary>
    public bool IsIgnored(FileTensor tensor)
    {
        string name = Short(tensor);
        string inner = name.StartsWith(Wrapper, StringComparison.Ordinal) ? name[Wrapper.Length..] : name;
        return _options.Ignore.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Any(pattern => Matches(pattern, name) || Matches(pattern, inner));
    }

    private static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);

    private bool IsCell(Layer layer, Parameter parameter) => !_isExact
        && parameter.Name.EndsWith(FirstLevel, StringComparison.Ordinal)
        && layer.Stored.All(other => other.Name.EndsWith(FirstLevel, StringComparison.Ordinal));

    /// <summary>
    /// Names that fit without a wrapper are taken as they are. Otherwise, one wrapper must have all weights; if none has, that with most of them is taken,
    /// so that the rest is reported.
    /// </summary>
    private void Choose(ModelWeights weights)
    {
        if (_isExact)
        {
            return;
        }

        int all = weights.Parameters.Count();
        var counts = new List<(string Wrapper, int Count)>();
        foreach (string wrapper in Wrappers.In(Tensors.Select(Short)))
        {
            Wrapper = wrapper;
            int count = weights.Layers.Sum(layer => layer.Stored.Count(parameter => IsThere(layer, parameter)));
            counts.Add((wrapper, count));
            if (wrapper == "" && count == all)
            {
                return;
            }
        }

        Wrapper = counts.MaxBy(wrapper => wrapper.Count).Wrapper;
        string[] full = [.. counts.Where(wrapper => wrapper.Count == all).Select(wrapper => wrapper.Wrapper)];
        Ambiguous = full.Length > 1 ? full : [];
    }

    private bool IsThere(Layer layer, Parameter parameter) =>
        Find(layer, parameter) is not null || (OtherBias(layer, parameter) is Parameter other && Find(layer, other) is not null);
}
