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

    /// <summary>
    /// Whether updates leave its parameters as they are: their gradients count for nothing, not even for the norm that is clipped, and
    /// neither momentum nor weight decay moves them. Gradients still flow through it to the layers below.
    /// </summary>
    public bool Frozen { get; set; }

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

    /// <summary>Where its parameters are in the packed weights: whole vectors, shared with no other layer.</summary>
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
