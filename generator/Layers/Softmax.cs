using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>One of several classes.</summary>
internal sealed class Softmax : Head
{
    public static readonly Numbers ClassWeights = Weights("ClassWeights");

    public override IReadOnlyList<Option> Options => [.. base.Options, ClassWeights];

    public override bool HasClasses => true;

    public override bool HasLogits => true;

    public override bool HasOneAnswer(int size) => size == 1;

    public override string Outputs => ", the probabilities of the classes";

    public override string DescribeTargets(string size, string width, bool isOnce) => $"{(isOnce ? "One class" : "One class per step")}, in 0 .. {size} - 1; a negative one is ignored";

    public override string DescribeLoss(LayerSpec layer) => "cross-entropy in nats per target";

    public override EquatableArray<double> TargetWeights(LayerSpec layer) => layer.Get(ClassWeights);
}
