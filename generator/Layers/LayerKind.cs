using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>
/// All that the generator knows of a kind of layer: its options, its size, its equations. A new kind is a class here and an attribute of the same
/// name in the runtime; nothing else names it.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>Whether there are biases.</summary>
    public static readonly Flag Bias = new("Bias", otherwise: true);

    /// <summary>The name of its attribute, without the suffix.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether it has states, and goes through a window step by step.</summary>
    public virtual bool IsRecurrent => false;

    /// <summary>Whether it puts out as many numbers as it reads. Its attribute has no size then.</summary>
    public virtual bool KeepsSize => false;

    /// <summary>The options that its attribute has, in the order in which they are read.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>The option that is the attribute's argument, in place of a size.</summary>
    public virtual Option? Argument => null;

    /// <summary>
    /// The kind that an attribute declares, by the attribute's name without its suffix, or null. It is the class of that name in this
    /// namespace: there is no list to keep up to date, and nothing that a build would have to search.
    /// </summary>
    public static LayerKind? Find(string name)
    {
        Type? type = name.Length == 0 ? null : typeof(LayerKind).Assembly.GetType($"{typeof(LayerKind).Namespace}.{name}");
        return type is { IsAbstract: false } && type.IsSubclassOf(typeof(LayerKind)) ? (LayerKind)Activator.CreateInstance(type) : null;
    }

    /// <summary>Why an option does nothing beside the others, or null where it does something.</summary>
    /// <param name="option">The option.</param>
    /// <param name="others">The options that were read before it.</param>
    public virtual string? WhyIdle(Option option, OptionValues others) => null;

    /// <summary>Number of outputs per step.</summary>
    /// <param name="units">The size that the attribute asks for.</param>
    /// <param name="options">Its options.</param>
    public virtual int OutputSize(int units, OptionValues options) => units;

    /// <summary>The equations of a step.</summary>
    public abstract Cell CellOf(LayerSpec layer);

    /// <summary>What of a layer its equations depend on: layers for which this is equal have the same.</summary>
    public virtual LayerSpec Essence(LayerSpec layer) => new("", this, layer.InputSize, layer.Units, Property: null) { Options = layer.Options, TiedTo = layer.TiedTo };

    /// <summary>Two of a kind are equal: nothing but their class tells them apart.</summary>
    public sealed override bool Equals(object? obj) => obj?.GetType() == GetType();

    public sealed override int GetHashCode() => Name.GetHashCode();

    public sealed override string ToString() => Name;
}
