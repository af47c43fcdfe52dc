using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Independent yes-or-no outputs.</summary>
internal sealed class Sigmoid : Head
{
    public static readonly Numbers PositiveWeights = Weights("PositiveWeights");

    public override IReadOnlyList<Option> Options => [.. base.Options, PositiveWeights];

    public override string Outputs => ", probabilities";

    public override bool HasLogits => true;

    public override string TargetRange => ", in 0 .. 1";

    public override string DescribeLoss(LayerSpec layer) => "binary cross-entropy in nats per output";

    public override EquatableArray<double> TargetWeights(LayerSpec layer) => layer.Get(PositiveWeights);
}
