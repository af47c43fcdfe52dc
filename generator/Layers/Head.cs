using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A head: a dense layer with the activation and the loss of the runtime's class of the same name, such as <c>SoftmaxHead</c>.</summary>
internal abstract class Head : LayerKind
{
    public override IReadOnlyList<Option> Options => [Bias];

    /// <summary>Whether targets are classes, one integer per row, instead of one number per output.</summary>
    public virtual bool HasClasses => false;

    /// <summary>The meaning of the outputs, which documentation adds to their shape.</summary>
    public virtual string Outputs => "";

    /// <summary>The range of targets that are numbers, which documentation adds to their shape.</summary>
    public virtual string TargetRange => "";

    /// <summary>A description of the loss, with its unit.</summary>
    public abstract string DescribeLoss(LayerSpec layer);

    /// <summary>The runtime's class that computes the loss.</summary>
    public virtual string LossClass(LayerSpec layer) => Name + "Head";

    /// <summary>A parameter of the loss.</summary>
    public virtual double? LossNumber(LayerSpec layer) => null;

    /// <summary>The factors of the losses, one per output; empty if all are 1.</summary>
    public virtual EquatableArray<double> TargetWeights(LayerSpec layer) => default;

    public sealed override Cell CellOf(LayerSpec layer) => new Dense().CellOf(layer);

    /// <summary>A dense layer: the loss is not part of the equations.</summary>
    public sealed override LayerSpec Essence(LayerSpec layer) =>
        new Dense().Essence(layer with { Options = OptionValues.None.With(Bias, layer.Get(Bias)) });

    /// <summary>Weights of targets.</summary>
    protected static Numbers Weights(string name) => new(name, weight => weight >= 0 && weight <= float.MaxValue, "finite and at least 0");
}
