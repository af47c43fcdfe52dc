using System.Globalization;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Regression.</summary>
internal sealed class Linear : Head
{
    public static readonly Choice<LossKind> Loss = new("Loss");

    /// <summary>The distance at which the Huber loss changes from quadratic to linear.</summary>
    public static readonly Number Delta = Number.Positive("Delta", 1);

    public override IReadOnlyList<Option> Options => [.. base.Options, Loss, Delta];

    public override string? WhyIdle(Option option, OptionValues others) =>
        option == Delta && others.Get(Loss) != LossKind.Huber ? "the loss is not Loss.Huber" : null;

    public override string DescribeLoss(LayerSpec layer) => layer.Get(Loss) switch
    {
        LossKind.AbsoluteError => "absolute error per output",
        LossKind.Huber => $"Huber loss per output (delta {layer.Get(Delta).ToString(CultureInfo.InvariantCulture)})",
        _ => "squared error per output",
    };

    public override string LossClass(LayerSpec layer) => layer.Get(Loss) == LossKind.SquaredError ? base.LossClass(layer) : layer.Get(Loss) + "Loss";

    public override double? LossNumber(LayerSpec layer) => layer.Get(Loss) == LossKind.Huber ? layer.Get(Delta) : null;
}
