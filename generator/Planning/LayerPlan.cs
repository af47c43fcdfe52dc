using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Everything that one layer computes: its kernels, and how its rows are laid out.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Cell">Its equations as they were written.</param>
/// <param name="Adjoint">Its backward step.</param>
/// <param name="States">Layout of its states.</param>
/// <param name="Step">One step of a stream.</param>
/// <param name="Record">One step that saves what the backward step reads.</param>
/// <param name="Backward">One step back.</param>
internal sealed record LayerPlan(
    LayerSpec Spec,
    Cell Cell,
    Adjoint Adjoint,
    StateLayout States,
    KernelPlan Step,
    KernelPlan Record,
    KernelPlan Backward) : NodePlan
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

    /// <summary>What it reads.</summary>
    public NodePlan Source { get; init; } = null!;

    public override int Size => Spec.Size;

    public override Handed Handed => Spec.ReturnSequences ? Handed.All : IsReverse ? Handed.First : Handed.Last;

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
        distance ??= (layer, region) => layer.RowStride(region);
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

    /// <summary>Whether its output is one of its states, so that it is not stored twice.</summary>
    public bool OutputIsState => Record.Output!.Value.Region == Region.Next;

    /// <summary>Floats of a row of the values of a step: those that a recording keeps, or the scratch memory of one that keeps none.</summary>
    public int RowSize => Math.Max(Record.WorkSize, Step.WorkSize);

    public override int OutputStride => CacheLine.Stride(OutputIsState ? States.Size : RowSize);

    /// <summary>Distance between the rows of a region.</summary>
    public int RowStride(Region region) => region switch
    {
        Region.Weights => 0,
        Region.OutputGradients => OutputGradientStride,
        Region.State or Region.Next or Region.NextGradients or Region.StateGradients => CacheLine.Stride(States.Size),
        Region.InputGradients => Source.OutputGradientStride,
        Region.SumGradients => CacheLine.Stride(Backward.WorkSize),
        Region.Input => ReadsTokens ? 1 : Source.OutputStride,
        Region.Saved or Region.Work => CacheLine.Stride(RowSize),
        Region.Sums => AheadStride,
        Region.Masks => CacheLine.Stride(Masks.Size),
        _ => throw new ArgumentOutOfRangeException(nameof(region)),
    };

    /// <summary>Which row of a region a kernel sees at a step.</summary>
    public RowOf RowOf(Region region) => region switch
    {
        Region.Weights => Planning.RowOf.All,
        Region.Input when ReadsTokens => Planning.RowOf.Token,
        Region.Input or Region.InputGradients => Planning.RowOf.Source,
        Region.NextGradients => Planning.RowOf.OtherTurn,
        Region.StateGradients => Planning.RowOf.Turn,
        Region.State => Planning.RowOf.StepBefore,
        Region.Sums => Planning.RowOf.Ahead,
        _ => Planning.RowOf.Step,
    };

    /// <summary>Distance between rows of sums that are computed ahead.</summary>
    public int AheadStride => RecordSplit is null ? 0 : CacheLine.Stride(RecordSplit.Size);

    /// <summary>Floats of these rows: scratch memory starts behind them.</summary>
    public int AheadRows => SplitPlan.Steps * AheadStride;

    /// <summary>Floats for these rows and the scratch memory behind them.</summary>
    public int AheadSize => RecordSplit is null ? 0 : AheadRows + Math.Max(RecordSplit.Rows.BlockSums, BackwardSplit!.Rows.BlockSums);

    /// <summary>Whether the kernels read the input in whole vectors, so that it must be padded.</summary>
    public bool ReadsInputVectors => Record.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.Input })
        || Backward.Places.Keys.Any(e => e is Leaf { Kind: LeafKind.TapeInput });

    /// <summary>Whether two threads can share a step, and gain: each stage has tiles for both, and what it reads is not taken together before it.</summary>
    public bool PaysInParts => !RunsOnce && BytesOfStep >= Thresholds.FewestBytesOfParts && Step.Stages.All(s => s.Tiles > 1 && s.Reductions.Count == 0);

    /// <summary>Trained numbers, padding left out.</summary>
    public long ParameterCount => Cell.Tensors.Where(t => t.Role == TensorRole.Trained).Sum(t => (long)t.Rows * t.Columns);

    /// <summary>Whether training changes anything in it.</summary>
    public bool HasGradients => Adjoint.Matrices.Count + Adjoint.Vectors.Count > 0;

    /// <summary>Bytes of weights that a step reads for its matrix products.</summary>
    public long BytesOfStep => MultiplyAdds * sizeof(float) / (Step.NarrowFormat?.RowsPerLane() ?? 1);

    /// <summary>Multiply-adds per step of its matrix products.</summary>
    public long MultiplyAdds => Record.Stages.Sum(s => s.Panels.Sum(g => (long)g.Products * s.Size));
}
