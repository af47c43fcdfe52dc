using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A head: a dense layer with the activation and the loss of the runtime's class of the same name, such as <c>SoftmaxHead</c>.</summary>
internal abstract class Head : LayerKind
{
    public override IReadOnlyList<Option> Options => [Bias];

    /// <summary>Whether the targets are classes, one integer per row, and not as many numbers as there are outputs.</summary>
    public virtual bool HasClasses => false;

    /// <summary>What the outputs are, as documentation adds it to their shape.</summary>
    public virtual string Outputs => "";

    /// <summary>The range of targets that are numbers, as documentation adds it to their shape.</summary>
    public virtual string TargetRange => "";

    /// <summary>What the loss is, with its unit.</summary>
    public abstract string DescribeLoss(LayerSpec layer);

    /// <summary>The class of the runtime that computes the loss.</summary>
    public virtual string LossClass(LayerSpec layer) => Name + "Head";

    /// <summary>A number that the loss takes besides outputs and targets.</summary>
    public virtual double? LossNumber(LayerSpec layer) => null;

    /// <summary>What the losses are multiplied by, one number per output; empty where all are 1.</summary>
    public virtual EquatableArray<double> TargetWeights(LayerSpec layer) => default;

    public sealed override Cell CellOf(LayerSpec layer) => new Dense().CellOf(layer);

    /// <summary>A dense layer: the loss has no part in the equations.</summary>
    public sealed override LayerSpec Essence(LayerSpec layer) =>
        new Dense().Essence(layer with { Options = OptionValues.None.With(Bias, layer.Get(Bias)) });

    /// <summary>Weights of targets.</summary>
    protected static Numbers Weights(string name) => new(name, weight => weight >= 0 && weight <= float.MaxValue, "finite and at least 0");
}
