using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>
/// How one layer computes the lanes of a batch: in blocks while there are enough, then one by one, and over the steps of windows of different
/// lengths.
/// </summary>
internal sealed class BatchLoops(ModelPlan model, LayerPlan layer)
{
    private const string RowsParameter = "global::RnnGen.CompilerServices.BatchRows rows";

    private static readonly Index LaneCount = "rows.Lanes";

    private readonly BatchPlan _batch = model.Batch!;

    /// <summary>Rows of the input of a layer that starts late are those of the lanes' last steps.</summary>
    private TapeRows Rows => new(layer, _batch.Tape, "memory", "row", LaneCount) { SourceRow = layer.StartsLate ? Index.Call("rows.LastRow", "row") : "row" };

    /// <summary>The kernels for several lanes that the layer calls.</summary>
    public IEnumerable<LaneKernel> Kernels() =>
    [
        new("Step", "Step", layer, layer.Step, model.StreamStride),
        new("Record", "RecordStep", layer, layer.Record, OnTape),
        .. layer.Backward.Stages.Count > 0 ? [new("Backward", "BackwardStep", layer, layer.Backward, OnTape)] : new LaneKernel[0],
    ];

    private static int OnTape(LayerPlan plan, Region region) => plan.RowStride(region);

    public IEnumerable<Method> Methods() =>
    [
        .. Kernels().Where(k => ReferenceEquals(k.Home, layer)).Select(Lanes),
        Forward("ForwardBatch", "Runs the windows of a batch and records what the backward pass needs.", "Record"),
        .. model.NeedsWholeWindow ? [Forward("RunBatch", "Runs the windows of a batch.", "Step")] : new Method[0],
        .. layer.Backward.Stages.Count > 0 ? [Backward()] : new Method[0],
        .. layer.HasGradients ? [AddGradients()] : new Method[0],
    ];

    private Method Lanes(LaneKernel kernel)
    {
        const int group = LaneBlock.Size;
        KernelPlan plan = kernel.Plan;
        string how = plan.HasLaneBlocks ? $"in blocks of {group}, then one by one" : "one by one, because too few loads of weights could be shared";
        CallKernel groups = new(layer, kernel.Name + "Blocks", [.. plan.Regions.Select(r => Block(r)), new Place("scratch", 0), new Quantity("whole", IsNative: true)]);
        CallKernel single = new(layer.Home(), kernel.Single, [.. plan.Regions.Select(One)]);
        return new Method(
            $"{kernel.Name} for any number of lanes: {how}.",
            kernel.Name + "Lanes",
            [.. plan.Regions.Select(r => plan.IsTokenInput(r) ? "ref int tokens" : $"ref float {Names.Of(r)}"), "ref float scratch", "int lanes"],
            plan.HasLaneBlocks
                ? [new Local("whole", (Index)"lanes" & -group), new IfAny("whole", [groups]), For.Up("lane", "whole", "lanes", single)]
                : [For.Up("lane", 0, "lanes", single)]);

        Place Block(Region region) => new(plan.IsTokenInput(region) ? "tokens" : Names.Of(region), 0);

        Argument One(Region region) => plan.IsTokenInput(region) ? new TokenAt("tokens", "lane")
            : region == Region.Weights ? Block(region)
            : new Place(Names.Of(region), (Index)"lane" * kernel.Stride(layer, region));
    }

    private Method Forward(string name, string summary, string kernel) => new(summary, name, Parameters("weights", layer.ReadsTokens),
        [.. LayerShift.Of(layer, "weights", layer.WeightShift), Steps(layer.IsReverse, Call(kernel))]);

    private Method Backward() => new("The backward pass through time over the windows of a batch.", "BackwardBatch", Parameters("weights", readsTokens: false),
        [.. LayerShift.Of(layer, "weights", layer.TransposedShift), Steps(!layer.IsReverse, Call("Backward"))]);

    /// <summary>
    /// A loop over the steps, all lanes at a time: <c>row</c> is that of the first lane, <c>count</c> the number of lanes that have this step.
    /// Without states, the steps do not depend on each other.
    /// </summary>
    private For Steps(bool isDown, Statement body)
    {
        if (layer.RunsOnce)
        {
            return For.Up("row", 0, LaneCount, new Local("count", 1), body);
        }

        if (layer.States.Size == 0)
        {
            return InChunks(0, "rows.Count", [body]);
        }

        Statement[] step = [new Local("row", (Index)"step" * LaneCount), new Local("count", Index.Call("rows.Active", "step")), body];
        return For.In(isDown, "step", 0, "rows.Steps", 1, step);
    }

    private Method AddGradients() => new("Adds the gradients of the weights over the windows of a batch.", "AddGradientsOfBatch", Parameters("gradients", layer.ReadsTokens),
    [
        .. LayerShift.Of(layer, "gradients", layer.WeightShift),
        .. layer.RunsOnce ? [For.Up("row", 0, LaneCount, [new Local("count", 1), .. Rows.AddGradients()])] : Runs(),
    ]);

    private IEnumerable<Statement> Runs() =>
    [
        new Remark("Steps that all lanes have are contiguous rows."),
        new For("step", 0, "rows.Steps", By: 0,
        [
            new Local("start", (Index)"step" * LaneCount),
            new Local("end", (Index)"start" + Index.Call("rows.RunLength", "step")),
            InChunks("start", "end", Rows.AddGradients()),
        ]) { Next = Index.Call("rows.NextRun", "step") },
    ];

    private static For InChunks(Index from, Index to, IEnumerable<Statement> body) => For.Up("row", from, to, Thresholds.RowsAtATime,
        [new Local("count", Index.Min(Thresholds.RowsAtATime, to - "row")), .. body]);

    private static string[] Parameters(string weights, bool readsTokens) =>
        [$"ref float {weights}", "ref float memory", .. readsTokens ? ["ref int tokens"] : new string[0], RowsParameter];

    private CallKernel Call(string name)
    {
        LaneKernel kernel = Kernels().Single(k => k.Name == name);
        return new CallKernel(kernel.Home, name + "Lanes",
            [.. kernel.Plan.Regions.Select(Rows.OfLanes), new Place("memory", _batch.TapeScratch), new Quantity("count")]);
    }
}

/// <summary>A kernel for several lanes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Single">The kernel for one lane.</param>
/// <param name="Layer">The layer that calls it.</param>
/// <param name="Plan">All of them.</param>
/// <param name="Stride">Distance between two lanes.</param>
internal sealed record LaneKernel(string Name, string Single, LayerPlan Layer, KernelPlan Plan, Func<LayerPlan, Region, int> Stride)
{
    /// <summary>The layer that has it.</summary>
    public LayerPlan Home => Layer.Home(Plan.Regions, Stride);
}
