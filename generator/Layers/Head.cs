using System.Numerics;
using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A head: a dense layer with the activation and the loss of the runtime's class of the same name, such as <c>SoftmaxHead</c>.</summary>
internal abstract class Head : LayerKind
{
    public override IReadOnlyList<Option> Options => [Bias];

    /// <summary>Whether targets are classes, one integer per row, instead of one number per output.</summary>
    public virtual bool HasClasses => false;

    /// <summary>Whether outputs are probabilities, whose values before the activation users want to have.</summary>
    public virtual bool HasLogits => false;

    /// <summary>Whether nothing can be learned, because the answer is always the same.</summary>
    /// <param name="size">The number of outputs.</param>
    public virtual bool HasOneAnswer(int size) => false;

    /// <summary>Whether the loss is that of a window as a whole: it needs memory for that, and targets have other lengths than windows.</summary>
    public virtual bool IsOfWindow => false;

    /// <summary>The meaning of the outputs, which documentation adds to their shape.</summary>
    public virtual string Outputs => "";

    /// <summary>The range of targets that are numbers, which documentation adds to their shape.</summary>
    public virtual string TargetRange => "";

    /// <summary>Shape and range of the targets, for documentation.</summary>
    /// <param name="size">The number of outputs, as text.</param>
    /// <param name="width">Number of targets per row, as text.</param>
    /// <param name="isOnce">Whether a window has one row, not one per step.</param>
    public virtual string DescribeTargets(string size, string width, bool isOnce) => $"{(isOnce ? $"[{width}]" : $"[steps x {width}]")}{TargetRange}; NaN is ignored";

    /// <summary>A description of the loss, with its unit.</summary>
    public abstract string DescribeLoss(LayerSpec layer);

    /// <summary>The runtime's class that applies the activation.</summary>
    public virtual string ActivationClass => Name + "Head";

    /// <summary>The runtime's class that computes the loss.</summary>
    public virtual string LossClass(LayerSpec layer) => Name + "Head";

    /// <summary>An expression that creates the loss.</summary>
    /// <param name="layer">The head.</param>
    /// <param name="services">The namespace of its class.</param>
    /// <param name="size">The number of outputs, as text.</param>
    /// <param name="isOneOfSeveral">Whether the model has other heads.</param>
    public string NewLoss(LayerSpec layer, string services, string size, bool isOneOfSeveral)
    {
        string arguments = LossArguments(layer, size, isOneOfSeveral);
        return arguments.Length > 0 ? $"new {services}.{LossClass(layer)}({arguments})" : $"default({services}.{LossClass(layer)})";
    }

    /// <summary>The arguments with which its class is created, as text; empty for none.</summary>
    /// <param name="layer">The head.</param>
    /// <param name="size">The number of outputs, as text.</param>
    /// <param name="isOneOfSeveral">Whether the model has other heads.</param>
    public virtual string LossArguments(LayerSpec layer, string size, bool isOneOfSeveral) =>
        LossNumber(layer) is double number ? Literals.Float(number)
        : TargetWeights(layer) is { Count: > 0 } weights ? Array(weights)
        : "";

    /// <summary>Whether the activation needs these arguments, too.</summary>
    public virtual bool ActivationHasArguments => false;

    /// <summary>Number of targets per row that are numbers.</summary>
    public virtual int TargetSize(LayerSpec layer) => layer.Size;

    /// <summary>Memory for the loss of one window of a given length, in bytes.</summary>
    public virtual BigInteger LossBytes(BigInteger steps) => 0;

    /// <summary>A parameter of the loss.</summary>
    public virtual double? LossNumber(LayerSpec layer) => null;

    /// <summary>The factors of the losses, one per output; empty if all are 1.</summary>
    public virtual EquatableArray<double> TargetWeights(LayerSpec layer) => default;

    public sealed override Cell CellOf(LayerSpec layer) => new Dense().CellOf(layer with { Units = layer.Size });

    /// <summary>A dense layer: the loss is not part of the equations.</summary>
    public sealed override LayerSpec Essence(LayerSpec layer) =>
        new Dense().Essence(layer with { Units = layer.Size, Options = OptionValues.None.With(Bias, layer.Get(Bias)) });

    /// <summary>Numbers as an argument.</summary>
    protected static string Array(EquatableArray<double> numbers) => $"[{string.Join(", ", numbers.Select(Literals.Float))}]";

    /// <summary>Weights of targets.</summary>
    protected static Numbers Weights(string name) => new(name, weight => weight >= 0 && weight <= float.MaxValue, "finite and at least 0");
}
