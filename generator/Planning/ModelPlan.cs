using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A model with everything decided: the emitter only prints it.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Layers">The layers.</param>
/// <param name="WeightSize">Floats of the packed weights, and of their gradients.</param>
/// <param name="TransposedSize">Floats of the copies that the backward steps read.</param>
/// <param name="StateSize">Floats of one half of a state.</param>
/// <param name="WorkSize">Floats of a state's scratch memory.</param>
/// <param name="TapeSize">Floats of a tape.</param>
/// <param name="InputStride">Distance of the input's rows on the tape.</param>
/// <param name="TapeInputs">On the tape: the inputs.</param>
/// <param name="TapeInputGradients">On the tape: their gradients.</param>
internal sealed record ModelPlan(
    ModelSpec Spec,
    IReadOnlyList<LayerPlan> Layers,
    int WeightSize,
    int TransposedSize,
    int StateSize,
    int WorkSize,
    int TapeSize,
    int InputStride,
    int TapeInputs,
    int TapeInputGradients)
{
    /// <summary>References may point this far behind a block.</summary>
    public const int Guard = 64;

    public LayerPlan Last => Layers[Layers.Count - 1];

    public LayerSpec? Head => Last.Spec.IsHead ? Last.Spec : null;

    public int OutputSize => Last.Spec.Size;

    /// <summary>Whether a window gives one output, not one per step.</summary>
    public bool IsManyToOne => Layers.Any(l => !l.Spec.ReturnSequences);

    public long ParameterCount => Layers.Sum(l => l.ParameterCount);

    public long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    /// <summary>Where a layer's output is after a step: in the states or in scratch memory of the stream.</summary>
    public static Operand StepOutput(LayerPlan layer) => layer.Step.Output!.Value.Region == Region.Next
        ? new Operand(Region.Next, layer.Place.State + layer.Step.Output.Value.Offset)
        : new Operand(Region.Work, layer.Place.Work + layer.Step.Output.Value.Offset);

    public static ModelPlan Of(ModelSpec spec) => Of(spec, LayerCells.Of);

    /// <param name="spec">What the user declared.</param>
    /// <param name="cells">The equations of each layer.</param>
    public static ModelPlan Of(ModelSpec spec, Func<LayerSpec, Cell> cells)
    {
        int weights = 0;
        int transposed = 0;
        var kernels = new List<LayerPlan>();
        foreach (LayerSpec layer in spec.Layers)
        {
            bool tokens = spec.Tokens && kernels.Count == 0;
            LayerPlan plan = LayerPlanner.Plan(layer, cells(layer), tokens, weights, transposed);
            weights += plan.Step.WeightSize;
            transposed += plan.Backward.WeightSize;
            kernels.Add(plan);
        }

        return Place(spec, kernels, weights, transposed);
    }

    // A multiple of the guard, too, so that optimizers go through the weights in several vectors at a time.
    private static int WithGuard(int size) => ((size + Guard - 1) / Guard * Guard) + Guard;

    private static ModelPlan Place(ModelSpec spec, List<LayerPlan> kernels, int weights, int transposed)
    {
        bool padInput = kernels[0].ReadsInputVectors;
        int state = 0;
        int work = padInput ? Lanes.Pad(spec.InputSize) : 0;
        int tape = 0;
        int steps = spec.SequenceLength;

        // Inputs that are only read number by number lie as densely as the caller's.
        int inputStride = spec.Tokens ? 0 : padInput ? Lanes.Stride(spec.InputSize) : spec.InputSize;
        int inputs = Take(Lanes.Pad(steps * inputStride));
        int inputGradients = spec.Tokens ? 0 : Take(steps * Lanes.Stride(spec.InputSize));

        var placed = new List<LayerPlan>();
        bool once = false;
        foreach (LayerPlan layer in kernels)
        {
            LayerPlan? below = placed.LastOrDefault();
            placed.Add(layer with
            {
                RunsOnce = once,
                InputStride = below?.OutputStride ?? inputStride,
                TapeInputs = below?.TapeOutputs ?? inputs,
                InputGradientStride = Lanes.Stride(layer.Spec.InputSize),
                TapeInputGradients = below is null ? inputGradients : below.Place.TapeOutput,
                StepInput = below is null
                    ? new Operand(padInput ? Region.Work : Region.Input, 0)
                    : StepOutput(below),
                Place = new LayerPlace
                {
                    State = state,
                    Work = work,
                    TapeStates = Take((steps + 1) * Lanes.Stride(layer.States.Size)),
                    TapeSaved = Take(steps * Lanes.Stride(layer.Record.WorkSize)),
                    TapeSums = Take(steps * Lanes.Stride(layer.Backward.WorkSize)),
                    TapeOutput = Take(steps * Lanes.Stride(layer.Spec.Size)),
                    TapeStateGradients = Take(2 * Lanes.Stride(layer.States.Size)),
                },
            });
            state += layer.States.Size;
            work += layer.Step.WorkSize;
            once |= !layer.Spec.ReturnSequences;
        }

        // The products of the gradients leave their references one row behind the last one.
        int row = placed.Max(l => new[] { l.InputStride, l.InputGradientStride, l.Spec.Size, l.Record.WorkSize, l.Backward.WorkSize, l.States.Size }.Max());
        return new ModelPlan(
            spec, placed, WithGuard(weights), WithGuard(transposed), state, work + Guard, WithGuard(tape + (2 * Lanes.Stride(row))), inputStride, inputs, inputGradients);

        int Take(int floats)
        {
            int start = tape;
            tape = checked(tape + floats);
            return start;
        }
    }
}
