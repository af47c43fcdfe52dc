using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A mixture of Gaussians, and yes-or-no outputs beside it.</summary>
internal sealed class Mixture : Head
{
    private const int MostBinary = 1000;

    public static readonly Number Dimensions = new("Dimensions", otherwise: 0, number => number >= 1, "at least 1");
    public static readonly Choice<CovarianceKind> Covariance = new("Covariance");
    public static readonly Number Binary = new("Binary", 0, number => number >= 0 && number <= MostBinary && number == Math.Floor(number), "an integer in 0 .. 1000");

    public override IReadOnlyList<Option> Options => [.. base.Options, Dimensions, Covariance, Binary];

    public override Number SecondArgument => Dimensions;

    public override string Outputs => ", the parameters of the mixture";

    public override bool ActivationHasArguments => true;

    public override string? WhyIdle(Option option, OptionValues others) =>
        option == Covariance && others.Get(Dimensions) is not (0 or 2) ? "only a mixture of two dimensions can have a full covariance" : null;

    public override int OutputSize(int units, OptionValues options)
    {
        // In floating point, which does not wrap around.
        double ofComponent = 1 + (2 * options.Get(Dimensions)) + (options.Get(Covariance) == CovarianceKind.Full ? 1 : 0);
        return (int)Math.Min(int.MaxValue, (units * ofComponent) + options.Get(Binary));
    }

    public override int TargetSize(LayerSpec layer) => (int)Math.Min(int.MaxValue, layer.Get(Dimensions) + layer.Get(Binary));

    public override string DescribeLoss(LayerSpec layer) => "negative log likelihood in nats per step";

    public override string LossArguments(LayerSpec layer, string size, bool isOneOfSeveral) =>
        $"{layer.Units}, {(int)layer.Get(Dimensions)}, global::RnnGen.Covariance.{layer.Get(Covariance)}, {(int)layer.Get(Binary)}";
}
