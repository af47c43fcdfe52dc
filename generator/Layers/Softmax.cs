using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>One of several classes.</summary>
internal sealed class Softmax : Head
{
    public static readonly Numbers ClassWeights = Weights("ClassWeights");

    public override IReadOnlyList<Option> Options => [.. base.Options, ClassWeights];

    public override bool HasClasses => true;

    public override string Outputs => ", the probabilities of the classes";

    public override string DescribeLoss(LayerSpec layer) => "cross-entropy in nats per target";

    public override EquatableArray<double> TargetWeights(LayerSpec layer) => layer.Get(ClassWeights);
}
