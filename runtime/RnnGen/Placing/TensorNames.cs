using RnnGen.CompilerServices;

namespace RnnGen.Checkpoints;

/// <summary>The names that the parameters of a model have in a file of another program.</summary>
internal sealed class TensorNames
{
    private readonly IReadOnlyDictionary<string, string> _rename;

    /// <summary>Checks that what is renamed exists.</summary>
    /// <param name="weights">The model.</param>
    /// <param name="rename">From its layers and tensors to the names of the file.</param>
    /// <exception cref="ArgumentException">A key is no layer and no tensor of the model, or a name is null.</exception>
    public TensorNames(ModelWeights weights, IReadOnlyDictionary<string, string> rename)
    {
        ArgumentNullException.ThrowIfNull(rename);
        _rename = rename;
        foreach ((string key, string name) in rename)
        {
            if (name is null || !weights.Layers.Any(layer => layer.Name == key || layer.Stored.Any(parameter => parameter.FullName == key)))
            {
                throw new ArgumentException(
                    $"Expected names for layers or tensors of model '{weights.Model}' ({string.Join(", ", weights.Layers.Select(layer => layer.Name))}), found {(name is null ? "null" : "one")} for '{key}'.",
                    nameof(rename));
            }
        }
    }

    /// <summary>The name of a parameter in the file.</summary>
    /// <param name="layer">Its layer.</param>
    /// <param name="parameter">The parameter.</param>
    public string Of(Layer layer, Parameter parameter) => _rename.TryGetValue(parameter.FullName, out string? name)
        ? name
        : Join(_rename.GetValueOrDefault(layer.Name, layer.Name), parameter.Name);

    /// <summary>The name of a tensor in a module; that of the module may be empty.</summary>
    public static string Join(string module, string tensor) => module.Length == 0 ? tensor : $"{module}.{tensor}";
}
