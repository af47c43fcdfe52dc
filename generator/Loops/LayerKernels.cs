using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops;

/// <summary>All kernels that a layer calls, in the order in which they stand in its file. Another layer's class may have them.</summary>
internal sealed class LayerKernels(LayerPlan layer, ModelPlan model)
{
    /// <summary>The name of the kernel of a stage for one of two threads.</summary>
    public static string NameOfPart(int stage) => stage == 0 ? "StepPart" : $"StepPart{Literals.Integer(stage + 1)}";

    /// <summary>Those of single steps, and of several steps that do not wait for each other.</summary>
    public IEnumerable<KernelMethod> Steps()
    {
        yield return Step("Step", "One step of a stream.", layer.Step);
        switch (model.Together)
        {
            case StreamsTogether.InPairs:
                yield return Pair();
                break;
            case StreamsTogether.InVectors:
                yield return Streams();
                break;
        }

        if (model.InParts.Any(n => n is LayerPlan { PaysInParts: true } user && ReferenceEquals(user.Home(), layer)))
        {
            foreach (KernelMethod part in Parts())
            {
                yield return part;
            }
        }

        yield return Step("RecordStep", "One step that keeps what the backward pass needs.", layer.Record);
        if (layer.RecordSplit is SplitPlan split)
        {
            yield return Rows("SumInputs", "What the inputs of several steps add to their sums", split.Rows);
            if (layer.StepSplit is SplitPlan streamed)
            {
                yield return Step("SummedStep", "One step of a window whose inputs are in the sums already.", streamed.Step);
            }

            yield return Step("RecordSummedStep", "The same, keeping what the backward pass needs.", split.Step);
        }

        if (layer.Backward.Stages.Count > 0)
        {
            yield return Step(
                "BackwardStep", layer.Cell.States.Count > 0
                    ? "One step back: from the gradients of the output and the next states to those of the sums, the input and the states."
                    : "One step back: from the gradient of the output to that of the input.",
                layer.Backward);
        }

        if (layer.BackwardSplit is SplitPlan after)
        {
            yield return Step("BackwardStatesStep", "One step back without the gradient of the input.", after.Step);
            yield return Rows("InputGradients", "Gradients of the inputs of several steps", after.Rows);
        }
    }

    /// <summary>One for several lanes, or for several steps that do not wait for each other.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="summary">What it is for.</param>
    /// <param name="home">The layer whose class has it.</param>
    /// <param name="plan">What it computes.</param>
    /// <param name="stride">Distance between two rows of a region.</param>
    public KernelMethod Lanes(string name, string summary, LayerPlan home, KernelPlan plan, Func<Region, int> stride) => new(
        name, summary, home, plan.IsNarrow,
        [
            .. plan.Regions.Select(r => plan.IsTokenInput(r) ? new Parameter("tokens", Element.Int) : new Parameter(Names.OfLanes(r))),
            new Parameter("scratch"), new Parameter("lanes", Element.NativeUInt, IsReference: false),
        ],
        [], width => new LaneBlockLoops(Kernel(plan, width), stride).Nodes());

    /// <summary>Those that add the gradients of the weights.</summary>
    public IEnumerable<KernelMethod> Gradients() => GradientPlan.Of(layer).Select(plan =>
    {
        bool isTold = plan.IsToldDistance(layer);
        IReadOnlyList<Parameter> parameters =
        [
            new Parameter("gradients"),
            .. plan.Regions.Select(r => new Parameter(Names.Of(r))),
            .. plan.ReadsTokens ? [new Parameter("tokens", Element.Int)] : Array.Empty<Parameter>(),
            .. isTold ? [new Parameter("xDistance", Element.NativeInt, IsReference: false)] : Array.Empty<Parameter>(),
            new Parameter("steps", Element.Int, IsReference: false),
        ];
        string symbols = string.Join(", ", plan.Terms.Select(t => t.Symbol));
        return new KernelMethod(
            plan.Name, $"Adds the gradients of {symbols}: sums over the steps of a window.", plan.Home(layer), plan.Stage.IsNarrow, parameters,
            [.. plan.Contents()],
            width => new GradientLoops(plan, width, region => region == Region.Input && isTold ? "xDistance" : layer.RowStride(region)).Nodes());
    });

    private KernelMethod Step(string name, string summary, KernelPlan plan) => new(
        name, summary, layer.Home(), plan.IsNarrow,
        [.. Parameters(plan)], Contents(plan), width => new StepLoops(Kernel(plan, width)).Nodes());

    private KernelMethod Pair() => new(
        "StepPair", "One step of two streams: the functions of one are computed while the sums of the other wait.", layer.Home(), layer.Step.IsNarrow,
        [
            .. layer.Step.Regions.SelectMany(r => r == Region.Weights
                ? [new Parameter(Names.Of(r))]
                : new[] { new Parameter(PairLoops.Of(Names.Of(r), 0)), new Parameter(PairLoops.Of(Names.Of(r), 1)) }),
        ],
        Contents(layer.Step), width => new PairLoops().Nodes(new StepLoops(Kernel(layer.Step, width) with { IsOfTwo = true }).Nodes()));

    private KernelMethod Streams() => new(
        "StepStreams", "One step of many streams, which are the elements of the vectors.", layer.Home(), IsNarrow: false,
        [.. layer.Step.Regions.Select(r => new Parameter(Names.Of(r))), new Parameter("streams", Element.NativeUInt, IsReference: false)],
        Contents(layer.Step), width => new StreamVectorLoops(Kernel(layer.Step, width)).Nodes());

    /// <summary>The stages of a step, each for one of two threads.</summary>
    private IEnumerable<KernelMethod> Parts() => layer.Step.Stages.Select((stage, k) => new KernelMethod(
        NameOfPart(k), "Half of the units of a step: the lower half if part is 0, the upper half if it is 1. The halves do not wait for each other.", layer.Home(), layer.Step.IsNarrow,
        [.. Parameters(layer.Step), new Parameter("part", Element.NativeUInt, IsReference: false)],
        Contents(layer.Step), width => StepLoops.Part(Kernel(layer.Step, width), stage)));

    /// <summary>What a step is handed: a reference for each region, and a token as a number.</summary>
    private static IEnumerable<Parameter> Parameters(KernelPlan plan) =>
        plan.Regions.Select(r => plan.IsTokenInput(r) ? new Parameter("token", Element.NativeUInt, IsReference: false) : new Parameter(Names.Of(r)));

    private KernelMethod Rows(string name, string summary, KernelPlan plan) =>
        Lanes(name, $"{summary}: a multiple of {LaneBlock.Size}.", layer.Home(plan.Regions), plan, region => layer.RowStride(region));

    private Kernel Kernel(KernelPlan plan, Width width) => new(plan, width, model.Spec.Precise)
    {
        NarrowDistance = model.WeightSize,
        IsBoundByMultipliers = plan.NarrowFormat == WeightFormatKind.Int8 && !model.Spec.Reproducible,
    };

    /// <summary>What stands where in its regions, those with the same layout in one line.</summary>
    private IReadOnlyList<string> Contents(KernelPlan plan) =>
    [
        .. from region in plan.Regions
           let contents = Contents(plan, region)
           where contents.Length > 0
           group Names.Of(region) by contents into same
           select $"{string.Join(", ", same)}: {same.Key}",
    ];

    private string Contents(KernelPlan plan, Region region)
    {
        IEnumerable<(string Name, int Size, int Offset)> values = region switch
        {
            Region.State or Region.Next => layer.Cell.States.Select((s, k) => (s.Name, s.Size, layer.States.Offsets[k])),
            Region.NextGradients or Region.StateGradients => layer.Cell.States.Select((s, k) => ("d" + s.Name, s.Size, layer.States.Offsets[k])),
            Region.Work => Stored(plan),
            Region.SumGradients => Stored(layer.Backward),
            Region.Saved => Stored(layer.Record),
            Region.Masks => layer.Cell.Masks.Select((m, k) => (m.Value.Symbol, m.Value.Size, layer.Masks.Offsets[k])),
            _ => [],
        };
        return PanelText.Contents(values);
    }

    private static IEnumerable<(string Name, int Size, int Offset)> Stored(KernelPlan plan) =>
        from place in plan.Places
        where place.Value.Region is Region.Work or Region.SumGradients && plan.Names[place.Key] is not null
        orderby place.Value.Offset
        select (Names.Local(plan.Names[place.Key]!), place.Key.Size, place.Value.Offset);
}
