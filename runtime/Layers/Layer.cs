using System.ComponentModel;
using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>A layer of a model: its name and its parameters.</summary>
public sealed class Layer
{
    /// <summary>Stands for the model's input among the names of <see cref="LayerAttribute.From"/>.</summary>
    public const string Input = "<input>";

    private readonly Parameter[] _parameters;

    /// <summary>For generated code.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="parameters">Its parameters.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public Layer(string name, params Parameter[] parameters)
    {
        Name = name;
        _parameters = parameters;
    }

    /// <summary>Its name: that of the member that declares it. Checkpoints name tensors <c>Layer.parameter</c>.</summary>
    public string Name { get; }

    /// <summary>Its parameters in PyTorch's order.</summary>
    public IReadOnlyList<Parameter> Parameters => _parameters;

    /// <summary>One parameter.</summary>
    /// <param name="name">Its name, such as <c>weight_ih_l0</c>, <c>bias_hh_l0</c> or <c>weight</c>.</param>
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

    internal void Bind(ModelWeights weights)
    {
        foreach (Parameter parameter in _parameters)
        {
            parameter.Bind(weights, Name);
        }
    }
}
