using RnnGen.Generator.Loops;
using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>One step of a stream through the nodes of a model, or of all lanes of a batch of streams.</summary>
internal sealed class StreamStep(ModelPlan model, bool isBatch)
{
    /// <summary>All units of some nodes.</summary>
    public IEnumerable<Statement> Through(IEnumerable<NodePlan> nodes) => nodes.SelectMany(node => node switch
    {
        LayerPlan layer => [isBatch ? Lanes(layer) : Step(layer)],
        JoinPlan join => ModelWalk.Join(join, source => Rows(source), Rows(join), isBatch ? "lanes" : 1),
        // A step of a stream drops nothing.
        _ => Enumerable.Empty<Statement>(),
    });

    /// <summary>One step of two streams through all layers.</summary>
    public IEnumerable<CallKernel> PairThrough(IEnumerable<NodePlan> nodes) => nodes.OfType<LayerPlan>().Select(layer => new CallKernel(layer.Home(), "StepPair",
    [
        .. layer.Step.Regions.SelectMany(r => Region(layer, r) is var place && r == Planning.Region.Weights
            ? [place]
            : new[] { place with { Memory = PairLoops.Of(place.Memory, 0) }, place with { Memory = PairLoops.Of(place.Memory, 1) } }),
    ]));

    /// <summary>One step through all layers of streams that are the elements of vectors.</summary>
    public IEnumerable<CallKernel> VectorsThrough(IEnumerable<NodePlan> nodes) => nodes.OfType<LayerPlan>().Select(layer => new CallKernel(layer.Home(), "StepStreams",
    [
        .. layer.Step.Regions.Select(r => Region(layer, r) is var place && r == Planning.Region.Weights ? place : place with { Offset = place.Offset * StreamVector.Stride }),
        new Quantity("streams", IsNative: true),
    ]));

    /// <summary>
    /// One of two parts of a step through the nodes up to the last layer that two threads share: half of the units of such a layer, and what else there is if it is the first part. The threads meet where one
    /// of them reads what the other one has written.
    /// </summary>
    public IEnumerable<Statement> Part()
    {
        var meet = new CallRuntime("partner", "Meet", new Quantity("part"));
        var alone = new List<Statement>();
        foreach (NodePlan node in model.InParts)
        {
            if (node is not LayerPlan { PaysInParts: true } layer)
            {
                alone.AddRange(Through([node]));
                continue;
            }

            if (alone.Count > 0)
            {
                yield return new IfSet("part == 0", [.. alone]);
                yield return meet;
                alone.Clear();
            }

            for (int stage = 0; stage < layer.Step.Stages.Count; stage++)
            {
                yield return Step(layer, LayerKernels.NameOfPart(stage), isPart: true);
                yield return meet;
            }
        }
    }

    /// <summary>The regions of a stream's memory that some nodes read or write.</summary>
    public IReadOnlyList<Region> Regions(IEnumerable<NodePlan> nodes) => [.. nodes.SelectMany(node => node switch
    {
        LayerPlan layer => layer.Step.Regions.Select(r => r == Planning.Region.Input ? model.Stream.Output(layer.Source).Region : r),
        JoinPlan join => join.Sources.Select(s => model.Stream.Output(s).Region).Append(Planning.Region.Work),
        _ => [],
    }).Distinct()];

    private CallKernel Step(LayerPlan layer, string kernel = "Step", bool isPart = false) => new(layer.Home(), kernel,
    [
        .. layer.Step.Regions.Select(r => layer.Step.IsTokenInput(r) ? (Argument)new Quantity("token") : Region(layer, r)),
        .. isPart ? [new Quantity("part")] : new Argument[0],
    ]);

    private CallKernel Lanes(LayerPlan layer) => new(layer.Home(layer.Step.Regions, model.StreamStride), "StepLanes",
    [
        .. layer.Step.Regions.Select(r => layer.Step.IsTokenInput(r) ? new Place("tokens", 0) : Region(layer, r)), new Place("scratch", 0), new Quantity("lanes"),
    ]);

    private Place Region(LayerPlan layer, Region region) => At(model.Stream.Of(layer, region));

    private (Place, Index) Rows(NodePlan node)
    {
        Operand place = model.Stream.Output(node);
        return (At(place), isBatch ? model.Batch!.StreamStride(place) : 0);
    }

    private static Place At(Operand place) => new(place.Region == Planning.Region.State ? "now" : Names.Of(place.Region), place.Offset);
}
