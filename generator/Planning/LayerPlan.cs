using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Everything about one layer: its kernels, and where its parameters, states and tape are.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Cell">Its equations as they were written.</param>
/// <param name="Adjoint">Its backward step.</param>
/// <param name="States">Layout of its states.</param>
/// <param name="Step">One step of a stream.</param>
/// <param name="Record">One step that saves what the backward step reads.</param>
/// <param name="Backward">One step back.</param>
/// <param name="Place">Its places in the memory of the model.</param>
internal sealed record LayerPlan(
    LayerSpec Spec,
    Cell Cell,
    Adjoint Adjoint,
    StateLayout States,
    KernelPlan Step,
    KernelPlan Record,
    KernelPlan Backward,
    LayerPlace Place) : NodePlan
{
    /// <summary>Name of its kernels: the layer's, with level and direction where there are several.</summary>
    public string Name { get; init; } = Spec.Name;

    /// <summary>Level and direction as PyTorch writes them at the end of its parameters' names; <c>l0</c> for the lowest that goes forward.</summary>
    public string ParameterSuffix { get; init; } = "l0";

    /// <summary>Level and direction as the names of its states have them at the end.</summary>
    public string StateSuffix { get; init; } = "";

    /// <summary>Whether it goes from the last step to the first.</summary>
    public bool IsReverse { get; init; }

    /// <summary>The step in two parts, or null where it does not pay.</summary>
    public SplitPlan? StepSplit { get; init; }

    /// <summary>The recorded step in two parts, or null where it does not pay.</summary>
    public SplitPlan? RecordSplit { get; init; }

    /// <summary>The step back in two parts, or null where it does not pay.</summary>
    public SplitPlan? BackwardSplit { get; init; }

    /// <summary>Rows per step that the tape has room for: the lanes of a batch.</summary>
    public int LaneCount { get; init; } = 1;

    /// <summary>What it reads.</summary>
    public NodePlan Source { get; init; } = null!;

    public override int Size => Spec.Size;

    public override int TapeOutputGradients => Place.TapeOutput;

    public override Handed Handed => Spec.ReturnSequences ? Handed.All : IsReverse ? Handed.First : Handed.Last;

    /// <summary>Where it is after a step of a stream: in the states or in scratch memory.</summary>
    public override Operand StepOutput => Step.Output!.Value.Region == Region.Next
        ? new Operand(Region.Next, Place.State + Step.Output.Value.Offset)
        : new Operand(Region.Work, Place.Work + Step.Output.Value.Offset);

    /// <summary>Where it writes the gradients of its inputs: the source's own rows, or, where the source has several readers, rows to be added to these.</summary>
    public int TapeInputGradients { get; init; }

    /// <summary>The step of the window that it starts with if it runs once: the last one of a layer below.</summary>
    public bool StartsLate => RunsOnce && Source.Handed == Handed.Last;

    public bool ReadsTokens => Record.ReadsTokens;

    /// <summary>Layout of its masks in a row of the tape.</summary>
    public StateLayout Masks { get; init; } = StateLayout.Of([]);

    /// <summary>Where the packed weights have what its states start from, laid out as they are; null where they start at zero.</summary>
    public int? InitialStates { get; init; }

    /// <summary>The layers before it that have the same plans, so that their kernels serve this one, too.</summary>
    public IReadOnlyList<LayerPlan> Twins { get; init; } = [];

    /// <summary>Whether other layers have the same plans. Products with the input are then told how far apart its rows are.</summary>
    public bool IsShared { get; init; }

    /// <summary>How far behind those of its first twin its packed weights are: what a kernel gets in their place, which has the places of the twin.</summary>
    public int WeightShift { get; init; }

    /// <summary>The same for the transposed copies.</summary>
    public int TransposedShift { get; init; }

    /// <summary>The layer that has the kernels of single steps for this one.</summary>
    public LayerPlan Home() => Twins.FirstOrDefault() ?? this;

    /// <summary>The layer that has a kernel for several rows, which are as far apart as in this one.</summary>
    /// <param name="regions">What the kernel reads and writes.</param>
    /// <param name="distance">Distance between two rows of a region; that on the tape, if left out.</param>
    public LayerPlan Home(IEnumerable<Region> regions, Func<LayerPlan, Region, int>? distance = null)
    {
        distance ??= (layer, region) => layer.Tape(region).Stride;
        return Twins.FirstOrDefault(twin => regions.All(r => distance(twin, r) == distance(this, r))) ?? this;
    }

    /// <summary>Whether 512 bits make none of its kernels faster.</summary>
    public bool IsNarrow => Step.IsNarrow && Record.IsNarrow && Backward.IsNarrow;

    /// <summary>Floats of its packed weights.</summary>
    public int WeightSize { get; init; }

    /// <summary>The values of a step that a recording keeps under their names.</summary>
    public IReadOnlyList<(string Name, Expression Value)> Traced { get; init; } = [];

    /// <summary>The same plans for another layer with the same equations.</summary>
    /// <param name="spec">What the user declared.</param>
    /// <param name="weightShift">How far behind these its weights are.</param>
    /// <param name="transposedShift">How far behind these their transposed copies are.</param>
    public LayerPlan At(LayerSpec spec, int weightShift, int transposedShift) => this with
    {
        Spec = spec,
        Name = spec.Name,
        WeightShift = weightShift,
        TransposedShift = transposedShift,
        InitialStates = InitialStates + weightShift,
    };

    /// <summary>Distance of its recorded outputs' rows on the tape: outputs that are states are not stored twice.</summary>
    public override int OutputStride => OutputIsState ? Lanes.Stride(States.Size) : Lanes.Stride(Record.WorkSize);

    /// <summary>Where its recorded outputs start on the tape. States have a row for the start before them, or behind them.</summary>
    public override int TapeOutputs => Record.Output!.Value.Offset + (OutputIsState ? TapeStatesAfter : Place.TapeSaved);

    /// <summary>On the tape: the states before the first step of the window.</summary>
    public int TapeStatesBefore => Place.TapeStates + (IsReverse ? Lanes.Stride(States.Size) : 0);

    /// <summary>On the tape: the states after it.</summary>
    public int TapeStatesAfter => Place.TapeStates + (IsReverse ? 0 : LaneCount * Lanes.Stride(States.Size));

    /// <summary>On the tape: where the first row of a traced value is, and the distance to the next.</summary>
    public (int Start, int Stride) TracePlace(Expression value)
    {
        Operand place = Record.Places[value];
        RowPlace rows = Tape(place.Region);
        return (rows.Start + place.Offset, rows.Stride);
    }

    private bool OutputIsState => Record.Output!.Value.Region == Region.Next;

    /// <summary>The rows of a region on the tape. Those of a batch are the same, with a row for each lane of a step.</summary>
    public RowPlace Tape(Region region) => region switch
    {
        Region.Weights => new(0, 0, RowOf.All),
        Region.OutputGradients => new(Place.TapeOutput, Lanes.Stride(Spec.Size)),
        Region.NextGradients => new(Place.TapeStateGradients, Lanes.Stride(States.Size), RowOf.OtherTurn),
        Region.StateGradients => new(Place.TapeStateGradients, Lanes.Stride(States.Size), RowOf.Turn),
        Region.InputGradients => new(TapeInputGradients, Source.OutputGradientStride, RowOf.Source),
        Region.SumGradients => new(Place.TapeSums, Lanes.Stride(Backward.WorkSize)),
        Region.Input when ReadsTokens => new(0, 1, RowOf.Token),
        Region.Input => new(Source.TapeOutputs, Source.OutputStride, RowOf.Source),
        Region.State => new(TapeStatesAfter, Lanes.Stride(States.Size), RowOf.StepBefore),
        Region.Next => new(TapeStatesAfter, Lanes.Stride(States.Size)),
        Region.Saved or Region.Work => new(Place.TapeSaved, Lanes.Stride(Record.WorkSize)),
        Region.Sums => new(Place.TapeAhead, AheadStride, RowOf.Ahead),
        Region.Masks => new(Place.TapeMasks, Lanes.Stride(Masks.Size)),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>Where a region is in the memory of a stream.</summary>
    public Operand Stream(Region region) => region switch
    {
        Region.Weights => new(region, WeightShift),
        Region.Input => Source.StepOutput,
        Region.State or Region.Next => new(region, Place.State),
        Region.Sums => new(region, 0),
        _ => new(Region.Work, Place.Work),
    };

    /// <summary>Distance between rows of sums that are computed ahead.</summary>
    public int AheadStride => RecordSplit is null ? 0 : Lanes.Stride(RecordSplit.Size);

    /// <summary>Floats of these rows: scratch memory starts behind them.</summary>
    public int AheadRows => SplitPlan.Steps * AheadStride;

    /// <summary>Floats for these rows and the scratch memory behind them.</summary>
    public int AheadSize => RecordSplit is null ? 0 : AheadRows + Math.Max(RecordSplit.Rows.GroupSums, BackwardSplit!.Rows.GroupSums);

    /// <summary>Whether the kernels read the input in whole vectors, so that it must be padded.</summary>
    public bool ReadsInputVectors => Record.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.Input })
        || Backward.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.TapeInput });

    /// <summary>Trained numbers, padding left out.</summary>
    public long ParameterCount => Cell.Tensors.Where(t => t.Role == TensorRole.Trained).Sum(t => (long)t.Rows * t.Columns);

    /// <summary>Whether training changes anything in it.</summary>
    public bool HasGradients => Adjoint.Matrices.Count + Adjoint.Vectors.Count > 0;

    /// <summary>Multiply-adds per step of its matrix products.</summary>
    public long MultiplyAdds => Record.Sweeps.Sum(s => s.Segments.Sum(g => (long)g.Products * s.Size));
}

/// <summary>Offsets of a layer in the blocks of memory of the model, in floats.</summary>
internal sealed record LayerPlace
{
    /// <summary>In each half of the state.</summary>
    public int State { get; init; }

    /// <summary>In the scratch memory of the state.</summary>
    public int Work { get; init; }

    /// <summary>On the tape: states, one row per step and one for the start.</summary>
    public int TapeStates { get; init; }

    /// <summary>On the tape: saved values, one row per step.</summary>
    public int TapeSaved { get; init; }

    /// <summary>On the tape: masks, one row per step.</summary>
    public int TapeMasks { get; init; }

    /// <summary>On the tape: gradients of the sums, one row per step.</summary>
    public int TapeSums { get; init; }

    /// <summary>On the tape: sums that are computed ahead, one row for each of <see cref="SplitPlan.Steps"/>; behind them scratch memory.</summary>
    public int TapeAhead { get; init; }

    /// <summary>On the tape: gradients of the output, one row per step.</summary>
    public int TapeOutput { get; init; }

    /// <summary>On the tape: gradients of the states, two rows that take turns.</summary>
    public int TapeStateGradients { get; init; }
}
