using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Programs;

/// <summary>The loops of one layer over a window: forward, back through time, and the gradients of the weights.</summary>
internal sealed class WindowLoops(ModelPlan model, LayerPlan layer)
{
    private static readonly Index Steps = "steps";

    public IEnumerable<Method> Methods() =>
    [
        Forward("Forward", "Runs a window and records what the backward pass needs.", "tape", model.Tape, "RecordStep", "RecordSummedStep", layer.Record, layer.RecordSplit),
        .. model.Window is TapeLayout window && (model.NeedsWholeWindow || !layer.RunsOnce)
            ? [Forward("Run", $"Runs {(model.NeedsWholeWindow ? "a window" : "steps of a window")}.", "window", window, "Step", "SummedStep", layer.Step, layer.StepSplit)] : new Method[0],
        .. layer.Backward.Stages.Count > 0 ? [Backward()] : new Method[0],
        .. layer.HasGradients ? [AddGradients()] : new Method[0],
    ];

    private Method Forward(string name, string summary, string memory, TapeLayout tape, string kernel, string summedKernel, KernelPlan plan, SplitPlan? split)
    {
        TapeRows rows = Rows(memory, tape);
        CallKernel step = Call(kernel, plan, rows);
        return new Method(summary, name, Parameters("weights", memory, layer.ReadsTokens),
        [
            .. LayerShift.Of(layer, "weights", layer.WeightShift),
            .. split is null || layer.RunsOnce ? [Over(layer.IsReverse, 0, Steps, step)] : InBlocks(),
        ]);

        IEnumerable<Statement> InBlocks()
        {
            const int block = SplitPlan.Steps;
            CallKernel sums = CallRows("SumInputs", split!, rows with { Row = "first", SourceRow = "first" }, block);
            CallKernel rest = Call(summedKernel, split!.Step, rows with { AheadRow = (Index)"step" - "first" });
            For single = Over(layer.IsReverse, "whole", Steps, step);
            For blocks = For.In(layer.IsReverse, "first", 0, "whole", block, [sums, Over(layer.IsReverse, "first", (Index)"first" + block, rest)]);
            return
            [
                new Remark($"The products with the inputs do not depend on the step before: they are computed {block} steps at a time, and a weight is loaded once for {LaneBlock.Size} steps."),
                new Local("whole", Steps - (Steps % block)),
                .. layer.IsReverse ? new[] { single, blocks } : [blocks, single],
            ];
        }
    }

    private Method Backward()
    {
        const string summary = "The backward pass through time: from the gradients of the outputs to those of the sums, the inputs and the initial state.";
        return new Method(summary, "Backward", Parameters("weights", "tape", readsTokens: false),
            [.. LayerShift.Of(layer, "weights", layer.TransposedShift), .. Body()]);

        IEnumerable<Statement> Body()
        {
            TapeRows rows = Rows("tape", model.Tape);
            CallKernel step = Call("BackwardStep", layer.Backward, rows);
            if (layer.BackwardSplit is not SplitPlan split || layer.RunsOnce)
            {
                return [Over(!layer.IsReverse, 0, Steps, step)];
            }

            CallKernel states = Call("BackwardStatesStep", split.Step, rows);
            For whole = Over(!layer.IsReverse, 0, "whole", states);
            For single = Over(!layer.IsReverse, "whole", Steps, step);
            return
            [
                new Remark("The gradients of the inputs do not depend on other steps: they are computed last, several steps at a time."),
                new Local("whole", Steps - (Steps % LaneBlock.Size)),
                .. layer.IsReverse ? new[] { whole, single } : [single, whole],
                For.Up("step", 0, "whole", SplitPlan.Steps, [CallRows("InputGradients", split, rows, Index.Min(SplitPlan.Steps, (Index)"whole" - "step"))]),
            ];
        }
    }

    private Method AddGradients() => new("Adds the gradients of the weights over a window.", "AddGradients", Parameters("gradients", "tape", layer.ReadsTokens),
    [
        .. LayerShift.Of(layer, "gradients", layer.WeightShift),
        For.Up("step", 0, Steps, Thresholds.RowsAtATime,
        [
            new Local("count", Index.Min(Thresholds.RowsAtATime, Steps - "step")),
            .. Rows("tape", model.Tape).AddGradients(),
        ]),
    ]);

    private static For Over(bool isDown, Index from, Index to, CallKernel step) => For.In(isDown, "step", from, to, 1, [step]);

    /// <summary>A layer that starts late reads the last step of the one below.</summary>
    private TapeRows Rows(string memory, TapeLayout tape) => new(layer, tape, memory, "step", 1) { SourceRow = layer.StartsLate ? (Index)"first" + "step" : "step" };

    private string[] Parameters(string weights, string memory, bool readsTokens) =>
    [
        $"ref float {weights}", $"ref float {memory}", .. readsTokens ? ["ref int tokens"] : new string[0], "int steps", .. layer.StartsLate ? ["int first"] : new string[0],
    ];

    private CallKernel Call(string kernel, KernelPlan plan, TapeRows rows) => new(layer.Home(), kernel, [.. plan.Regions.Select(rows.Of)]);

    /// <summary>Calls the part of a step that several steps take together.</summary>
    private CallKernel CallRows(string kernel, SplitPlan split, TapeRows rows, Index count) => new(layer.Home(split.Rows.Regions), kernel,
    [
        .. split.Rows.Regions.Select(rows.OfLanes), new Place(rows.Memory, rows.Tape.Of(layer, Region.Sums).Start + layer.AheadRows), new Quantity(count, IsNative: true),
    ]);
}

/// <summary>A layer that uses the kernels of another one shifts the references that it passes, so that the other's offsets lead to its own data.</summary>
internal static class LayerShift
{
    public static IEnumerable<Statement> Of(LayerPlan layer, string reference, int shift) => layer.Twins.Count == 0 || shift == 0
        ? []
        : [new Remark($"The kernels use the offsets of {layer.Home().Name}."), new Shift(reference, shift)];
}
