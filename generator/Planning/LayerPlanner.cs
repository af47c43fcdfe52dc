using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Derives the kernels of one layer from its equations.</summary>
internal static class LayerPlanner
{
    /// <param name="model">What the user declared of the model.</param>
    /// <param name="spec">What the user declared of the layer.</param>
    /// <param name="cell">Its equations.</param>
    /// <param name="tokens">Whether it reads tokens.</param>
    /// <param name="weights">Where its packed weights start.</param>
    /// <param name="transposed">Where the transposed copies of its weights start.</param>
    public static LayerPlan Plan(ModelSpec model, LayerSpec spec, Cell cell, bool tokens, int weights, int transposed)
    {
        Expression[] named = model.Trace ? [.. cell.Named.Union(cell.States.Select(s => s.Next))] : [];
        Cell fused = Fusion.Fuse(cell, named, out IReadOnlyList<Expression> traced);
        Adjoint adjoint = Differentiator.Differentiate(fused, inputGradient: !tokens);
        StateLayout states = StateLayout.Of(fused.States.Select(s => s.Value));
        StateLayout masks = StateLayout.Of(fused.Masks.Select(m => m.Value));

        Cell streamed = cell.Masks.Count == 0 ? fused : Fusion.Fuse(cell, named, out _, inTraining: false);
        WeightFormatKind format = NarrowWeights.FormatOf(model, spec);
        int chainsPerSum = format.ChainsPerSum();
        KernelPlan step = KernelPlanner.Plan(streamed, [], states, ForwardPlace, model.Unroll, model.Reproducible, chainsPerSum, tokens: tokens, weightOffset: weights);
        step = NarrowWeights.Of(step, format, model.Parallel);

        // Sources of matrices are saved too: the gradients of the weights need them.
        IEnumerable<Expression> kept = adjoint.Saved.Concat(adjoint.Matrices.Select(m => m.Source).Where(s => s is not Leaf)).Concat(traced);
        KernelPlan record = KernelPlanner.Plan(fused, kept, states, ForwardPlace, model.Unroll, model.Reproducible, chainsPerSum, tokens: tokens, weightOffset: weights);

        bool isSplit = model.SequenceLength >= SplitPlan.Steps && !tokens && fused.States.Count > 0 && SplitPlan.Pays(record);

        IEnumerable<Expression> gradients = adjoint.Vectors.Select(v => v.Gradient).Concat(adjoint.Matrices.Select(m => m.Gradient));
        KernelPlan backward = KernelPlanner.Plan(
            adjoint.Cell, gradients, states, BackwardPlace, model.Unroll, model.Reproducible, outputPlace: new Operand(Region.InputGradients, 0), outputApart: isSplit, weightOffset: transposed);
        int? initial = cell.States.Any(s => s.Initial is not null) ? weights + record.WeightSize : null;
        return new LayerPlan(spec, cell, adjoint, states, step, record, backward)
        {
            Masks = masks,
            InitialStates = initial,
            WeightSize = record.WeightSize + (initial is null ? 0 : states.Size),
            Traced = model.Trace ? [.. named.Zip(traced, (value, kept) => (TraceName(value), kept)), .. fused.Masks.Select(m => (m.Value.Symbol, m.Value))] : [],
            StepSplit = isSplit && !step.ReadsNarrowWeights ? SplitPlan.Before(step) : null,
            RecordSplit = isSplit ? SplitPlan.Before(record) : null,
            BackwardSplit = isSplit ? SplitPlan.After(backward) : null,
        };

        // A state is its value after the step.
        string TraceName(Expression value) => cell.States.FirstOrDefault(s => s.Next == value)?.Name ?? cell.Names[value]!;

        Operand ForwardPlace(Leaf leaf) => leaf.Kind switch
        {
            LeafKind.Input => new Operand(Region.Input, 0),
            LeafKind.Mask => MaskPlace(leaf),
            _ => new Operand(Region.State, StateOffset(leaf)),
        };

        Operand BackwardPlace(Leaf leaf) => leaf.Kind switch
        {
            LeafKind.Input => new Operand(Region.OutputGradients, 0),
            LeafKind.State => new Operand(Region.NextGradients, StateOffset(leaf)),
            LeafKind.Mask => MaskPlace(leaf),
            LeafKind.TapeInput => new Operand(Region.Input, 0),
            LeafKind.StateBefore => new Operand(Region.State, StateOffset((Leaf)leaf.Origin!)),
            LeafKind.StateAfter => new Operand(Region.Next, states.Offsets[StateIndex(s => s.Next == leaf.Origin)]),
            _ => new Operand(Region.Saved, record.Places[leaf.Origin!].Offset),
        };

        Operand MaskPlace(Leaf leaf) => new(Region.Masks, masks.Offsets[fused.Masks.ToList().FindIndex(m => m.Value == leaf)]);

        // The adjoint's states are those of the cell, in the same order.
        int StateOffset(Leaf leaf) =>
            states.Offsets[Math.Max(StateIndex(s => s.Value == leaf), adjoint.Cell.States.ToList().FindIndex(s => s.Value == leaf))];

        int StateIndex(Predicate<CellState> match) => fused.States.ToList().FindIndex(match);
    }
}
