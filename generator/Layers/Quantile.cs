using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Quantiles of each target.</summary>
internal sealed class Quantile : Head
{
    private const int MostTargets = 1_000_000;

    public static readonly Numbers Levels = new("Levels", level => level > 0 && (float)level is > 0 and < 1, "greater than 0 and the level before it, and less than 1") { IsIncreasing = true };
    public static readonly Number Targets = new("Targets", 1, number => number >= 1 && number <= MostTargets && number == Math.Floor(number), "an integer in 1 .. 1000000");

    public override IReadOnlyList<Option> Options => [.. base.Options, Levels, Targets];

    public override Option Argument => Levels;

    public override string Outputs => ", the quantiles of each target in ascending order";

    public override bool ActivationHasArguments => true;

    public override int OutputSize(int units, OptionValues options) => (int)Math.Min(int.MaxValue, units * options.Get(Targets));

    public override int TargetSize(LayerSpec layer) => (int)layer.Get(Targets);

    public override string DescribeLoss(LayerSpec layer) => "quantile loss per target";

    public override string LossArguments(LayerSpec layer, string size, bool isOneOfSeveral) => Array(layer.Get(Levels));
}
