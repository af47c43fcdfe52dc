using System.Numerics;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Labels whose alignment with the steps is unknown: connectionist temporal classification. One output is the blank.</summary>
internal sealed class Ctc : Head
{
    public static readonly Choice<CtcBlankKind> Blank = new("Blank");
    public static readonly Choice<CtcReductionKind> Reduction = new("Reduction");
    public static readonly Flag ZeroInfinity = new("ZeroInfinity");

    public override IReadOnlyList<Option> Options => [.. base.Options, Blank, Reduction, ZeroInfinity];

    public override bool NeedsSequence => true;

    public override bool HasClasses => true;

    public override bool HasLogits => true;

    public override bool IsOfWindow => true;

    public override string Outputs => ", the probabilities of the blank and the labels";

    public override string ActivationClass => nameof(Softmax) + "Head";

    public override int OutputSize(int units, OptionValues options) => LayerSpec.Sum(units, 1);

    public override string DescribeTargets(string size, string width, bool isOnce) =>
        $"The labels of the window, in 0 .. {size} - 1 without the blank, at most one per step; what follows a negative number is left out, "
        + "and a batch has one number per step, negative ones after the labels";

    public override string DescribeLoss(LayerSpec layer) => layer.Get(Reduction) == CtcReductionKind.Mean
        ? "negative log likelihood of the labels in nats, divided by their number"
        : "negative log likelihood of the labels in nats";

    public override string LossArguments(LayerSpec layer, string size, bool isOneOfSeveral) =>
        $"{size}, global::RnnGen.CtcBlank.{layer.Get(Blank)}, global::RnnGen.CtcReduction.{layer.Get(Reduction)}, zeroInfinity: {(layer.Get(ZeroInfinity) ? "true" : "false")}"
        + (isOneOfSeveral ? ", isOneOfSeveral: true" : "");

    /// <summary>The forward variables of all steps, in double precision, with room for a target of one label per step.</summary>
    public override BigInteger LossBytes(BigInteger steps) => sizeof(double) * steps * (steps + 16);
}
