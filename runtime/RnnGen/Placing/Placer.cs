using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>Finds the tensor of a file for every parameter of a model, and collects everything that does not fit.</summary>
internal sealed class Placer
{
    // More would hide the others.
    private const int MostSurplus = 100;

    private readonly ModelWeights _weights;
    private readonly TensorFile _file;
    private readonly LoadOptions _options;
    private readonly bool _isExact;
    private readonly FileNames _names;
    private readonly HashSet<FileTensor> _used = [];
    private readonly List<(Layer Layer, Parameter Parameter)> _missing = [];
    private readonly List<LoadProblem> _problems = [];

    /// <summary>Looks at the names.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="file">The file.</param>
    /// <param name="options">What may differ.</param>
    /// <param name="isExact">Whether names, shapes and types must be those of the model.</param>
    public Placer(ModelWeights weights, TensorFile file, LoadOptions options, bool isExact)
    {
        _weights = weights;
        _file = file;
        _options = options;
        _isExact = isExact;
        _names = new FileNames(weights, file, options, isExact);
    }

    /// <summary>Places all tensors.</summary>
    /// <param name="result">What was done.</param>
    /// <exception cref="CheckpointException">Something does not fit.</exception>
    public Placement Place(out LoadResult result)
    {
        var parameters = new List<Parameter>();
        var tensors = new List<FileTensor?>();
        var rows = new List<LoadedTensor>();
        foreach (Layer layer in _weights.Layers)
        {
            foreach (Parameter parameter in layer.Stored)
            {
                FileTensor? tensor = Find(layer, parameter, out string conversion);
                parameters.Add(parameter);
                tensors.Add(tensor);
                rows.Add(new LoadedTensor(parameter.FullName, tensor?.Name, tensor?.Shape, tensor?.ElementType, conversion));
            }
        }

        FileTensor[] left = [.. _names.Tensors.Where(tensor => !_used.Contains(tensor))];
        FileTensor[] surplus = [.. left.Where(tensor => !_names.IsIgnored(tensor))];
        ThrowIfAny(left, surplus);
        result = new LoadResult(rows, [.. left.Select(tensor => tensor.Name)]);
        return new Placement(_file, parameters, tensors);
    }

    private FileTensor? Find(Layer layer, Parameter parameter, out string conversion)
    {
        FileTensor? tensor = _names.Find(layer, parameter);
        if (tensor is null)
        {
            bool isZero = _names.OtherBias(layer, parameter) is Parameter other && _names.Find(layer, other) is not null;
            conversion = isZero ? "zero: the file has one bias" : "";
            if (!isZero)
            {
                _missing.Add((layer, parameter));
            }

            return null;
        }

        _used.Add(tensor);
        conversion = Conversions.Describe(tensor, _names.Of(layer, parameter), parameter, _options.Prefix + _names.Wrapper);
        if (FindProblem(tensor, parameter) is LoadProblem problem)
        {
            _problems.Add(problem);
        }

        return tensor;
    }

    private LoadProblem? FindProblem(FileTensor tensor, Parameter parameter)
    {
        if (_isExact && tensor.ElementType != ElementType.Float)
        {
            return Wrong(CheckpointReason.Type, $"expected elements of type {ElementType.Float}, found {tensor.ElementType}. Load the file with LoadOptions to convert them.");
        }

        if (Elements.SizeOf(tensor.ElementType) == 0)
        {
            return Wrong(CheckpointReason.Type, $"expected elements that become floats, found {tensor.ElementType}.");
        }

        if (!Conversions.Fits(tensor.Shape, parameter.Shape, _isExact))
        {
            FormattableString what = Conversions.IsTranspose(tensor.Shape, parameter.Shape)
                ? (FormattableString)$", its transpose: the file has rows where PyTorch has columns."
                : $".";
            return Wrong(
                CheckpointReason.Shape, $"expected shape {parameter.ShapeText}{(tensor.Name == parameter.FullName ? "" : " of " + parameter.FullName)}, found {ShapeText.Of(tensor.Shape)}{what}");
        }

        if (!_options.AllowNonFinite && NonFiniteValues.Find(tensor.Values.Span) is int at and >= 0)
        {
            return Wrong(
                CheckpointReason.NotFinite,
                $"expected finite weights, found {tensor.Values.Span[at]} at index {NonFiniteValues.Index(at, tensor.Shape)}. LoadOptions.AllowNonFinite loads them all the same.");
        }

        return null;

        LoadProblem Wrong(CheckpointReason reason, FormattableString text) => new(reason, tensor.Name, tensor.Offset, text);
    }

    /// <summary>Missing tensors come first: they are what explains the rest.</summary>
    private void ThrowIfAny(FileTensor[] left, FileTensor[] surplus)
    {
        var advice = new NameAdvice(_weights, _names, left);
        LoadProblem[] problems =
        [
            .. Ambiguity(),
            .. _missing.Select((missing, number) => new LoadProblem(
                CheckpointReason.MissingTensor, _names.Of(missing.Layer, missing.Parameter), null, advice.Missing(missing.Layer, missing.Parameter, number))),
            .. _problems,
            .. Surplus(surplus),
        ];
        if (problems.Length > 0)
        {
            throw new CheckpointException(_file.Path, _weights.Model, problems, advice.Options(_missing.Select(missing => missing.Layer)));
        }
    }

    private IEnumerable<LoadProblem> Ambiguity() => _names.Ambiguous.Count == 0 ? [] :
    [
        new LoadProblem(
            CheckpointReason.SurplusTensor, null, null, $"expected all weights once, found them under each of '{string.Join("', '", _names.Ambiguous)}'. LoadOptions.Prefix says which are meant."),
    ];

    private IEnumerable<LoadProblem> Surplus(FileTensor[] surplus)
    {
        if (surplus.Length == 0)
        {
            return [];
        }

        FormattableString found = $"one more";
        if (surplus.Length > 1)
        {
            FormattableString[] names = [.. surplus.Take(MostSurplus).Select(tensor => (FormattableString)$"'{tensor.Name}'")];
            found = $"{surplus.Length} more: {names}{(surplus.Length > MostSurplus ? " and others" : "")}";
        }

        // Most likely, they are those that are missing.
        FormattableString ignore = _isExact || _missing.Count > 0 ? (FormattableString)$"" : $" LoadOptions.Ignore can leave {(surplus.Length == 1 ? "it" : "them")} out.";
        FileTensor? only = surplus.Length == 1 ? surplus[0] : null;
        return
        [
            new LoadProblem(
                CheckpointReason.SurplusTensor, only?.Name, only?.Offset,
                $"expected only the tensors of model '{_weights.Model}' ({string.Join(", ", _weights.Parameters.Select(parameter => parameter.FullName))}), found {found}.{ignore}"),
        ];
    }
}
