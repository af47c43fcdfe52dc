using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>
/// Everything that the generator knows about a kind of layer: options, size, equations. A new kind is a class here and an attribute of the same
/// name in the runtime; nothing else names it.
/// </summary>
internal abstract class LayerKind
{
    /// <summary>Whether there are biases.</summary>
    public static readonly Flag Bias = new("Bias", otherwise: true);

    /// <summary>The name of its attribute, without the suffix.</summary>
    public string Name => GetType().Name;

    /// <summary>Whether it has states, and runs through a window step by step.</summary>
    public virtual bool IsRecurrent => false;

    /// <summary>Whether it needs every step of a window, not only the last one.</summary>
    public virtual bool NeedsSequence => IsRecurrent;

    /// <summary>Whether its output has the size of its input. Its attribute has no size then.</summary>
    public virtual bool KeepsSize => false;

    /// <summary>The options of its attribute, in the order in which they are read.</summary>
    public virtual IReadOnlyList<Option> Options => [];

    /// <summary>The option that is the attribute's positional argument, instead of a size.</summary>
    public virtual Option? Argument => null;

    /// <summary>The option that is its second positional argument, an integer of at least 1; null if there is none.</summary>
    public virtual Number? SecondArgument => null;

    /// <summary>
    /// The kind that an attribute declares, by the attribute's name without its suffix, or null. It is the class with this name in this
    /// namespace: there is no list to keep up to date.
    /// </summary>
    public static LayerKind? Find(string name)
    {
        Type? type = name.Length == 0 ? null : typeof(LayerKind).Assembly.GetType($"{typeof(LayerKind).Namespace}.{name}");
        return type is { IsAbstract: false } && type.IsSubclassOf(typeof(LayerKind)) ? (LayerKind)Activator.CreateInstance(type) : null;
    }

    /// <summary>Why an option has no effect in combination with others, or null if it has an effect.</summary>
    /// <param name="option">The option.</param>
    /// <param name="others">The options that were read before it.</param>
    public virtual string? WhyIdle(Option option, OptionValues others) => null;

    /// <summary>Number of outputs per step.</summary>
    /// <param name="units">The declared size.</param>
    /// <param name="options">Its options.</param>
    public virtual int OutputSize(int units, OptionValues options) => units;

    /// <summary>The equations of a step.</summary>
    public abstract Cell CellOf(LayerSpec layer);

    /// <summary>The part of a layer that its equations depend on: layers for which it is equal have the same equations.</summary>
    public virtual LayerSpec Essence(LayerSpec layer) => new("", this, layer.InputSize, layer.Units, Property: null) { Options = layer.Options, TiedTo = layer.TiedTo };

    /// <summary>Instances of the same class are equal.</summary>
    public sealed override bool Equals(object? obj) => obj?.GetType() == GetType();

    public sealed override int GetHashCode() => Name.GetHashCode();

    public sealed override string ToString() => Name;
}
