using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>A model with everything decided: the emitter only prints it.</summary>
/// <param name="Spec">What the user declared.</param>
/// <param name="Input">The model's input.</param>
/// <param name="Nodes">Layers and joins in the order in which data flows through them.</param>
/// <param name="Outputs">The heads, or the last node of a model without one.</param>
/// <param name="WeightSize">Floats of the packed weights, and of their gradients.</param>
/// <param name="TransposedSize">Floats of the copies that the backward steps read.</param>
internal sealed record ModelPlan(
    ModelSpec Spec,
    InputPlan Input,
    IReadOnlyList<NodePlan> Nodes,
    IReadOnlyList<OutputPlan> Outputs,
    int WeightSize,
    int TransposedSize)
{
    /// <summary>The nodes that are layers.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; } = [.. Nodes.OfType<LayerPlan>()];

    /// <summary>Where a stream has the values of a step.</summary>
    public StreamLayout Stream { get; } = new([Input, .. Nodes], held: Spec.NonFinite == NonFiniteKind.Hold ? Outputs.Sum(o => o.Node.Size) : 0);

    /// <summary>Where a tape has the rows of one window.</summary>
    public TapeLayout Tape { get; } = new([Input, .. Nodes], Spec.SequenceLength, lanes: 1);

    /// <summary>Where a stream has the rows of those steps of a window that are taken at a time, layer by layer; null where it takes each step through all layers.</summary>
    public TapeLayout? Chunk { get; } = PaysInChunks(Spec, Nodes) ? new([Input, .. Nodes], SplitPlan.Steps, lanes: 1, isRecorded: false) : null;

    /// <summary>Where a stream has the rows of a window that is not recorded, or of the steps that are taken at a time.</summary>
    public TapeLayout? Window => NeedsWholeWindow ? Tape : Chunk;

    /// <summary>Where a batch has its rows, or null where none is asked for.</summary>
    public BatchPlan? Batch { get; init; }

    /// <summary>Distance between two lanes in the memory of a batch of streams. Without single steps, that is the memory of a window.</summary>
    public int StreamStride(LayerPlan layer, Region region) => NeedsWholeWindow ? layer.RowStride(region) : Batch!.StreamStride(Stream.Of(layer, region));

    /// <summary>Floats of a stream's scratch memory. Without single steps, it has the memory of a window.</summary>
    public int WorkSize => NeedsWholeWindow ? Tape.Size : Stream.WorkSize;

    /// <summary>Floats for the steps of a stream's window that are taken at a time.</summary>
    public int AheadSize => Chunk?.Size ?? 0;

    public bool HasHead => Outputs[0].Head is not null;

    /// <summary>Whether a step ends with the one output, so that nobody has to look for it again.</summary>
    public bool StepGivesOutput => OnlyOutput is not null && !Nodes.Any(n => n.RunsOnce);

    /// <summary>The only output, or null where there are several heads.</summary>
    public OutputPlan? OnlyOutput => Outputs.Count == 1 ? Outputs[0] : null;

    public int OutputSize => Outputs.Sum(o => o.Node.Size);

    /// <summary>Whether nothing can be said before the whole window is there.</summary>
    public bool NeedsWholeWindow => Layers.Any(l => l.IsReverse);

    /// <summary>Whether a step that is not finite is left out.</summary>
    public bool Holds => Spec.NonFinite == NonFiniteKind.Hold;

    /// <summary>
    /// How many streams take a step together. Where a batch reads a weight once for several lanes, and that is worth the way of the states there and back, they are its lanes for the time of the step.
    /// Where weights are near, two streams at a time are enough for neither to wait for itself; where units would leave much of a vector empty, streams are its elements.
    /// </summary>
    public StreamsTogether Together =>
        Batch is null || NeedsWholeWindow ? StreamsTogether.OneByOne
        : Layers.Where(layer => layer.Step.HasLaneBlocks).Sum(layer => layer.MultiplyAdds) >= Thresholds.FewestProductsOfGathered ? StreamsTogether.AsLanes
        : !StepGivesOutput || Holds || LearnsInitialState || Spec.Tokens || Input.IsPadded || Nodes.Any(n => n is JoinPlan) || Layers.Any(l => l.Step.ReadsNarrowWeights || l.Step.Unroll == UnrollKind.Rows)
            ? StreamsTogether.OneByOne
        : LeavesRoomForStreams ? StreamsTogether.InVectors
        : StreamsTogether.InPairs;

    /// <summary>Whether a step of many streams gives the bits of single steps. A step whose units all fit one small vector adds up its sums in the same way.</summary>
    public bool TogetherKeepsBits => Spec.Reproducible || (Together == StreamsTogether.InVectors && Layers.All(l => l.Step.IsNarrow));

    /// <summary>Whether vectors of sums have many elements that stand for no unit. Means are those of one stream's units.</summary>
    private bool LeavesRoomForStreams
    {
        get
        {
            Stage[] stages = [.. Layers.SelectMany(l => l.Step.Stages)];
            Stage[] sums = [.. stages.Where(s => s.Accumulators.Count > 0)];
            return sums.Length > 0
                && stages.All(s => s.Size <= Thresholds.MostUnitsOfStreams && s.Reductions.Count == 0)
                && sums.Sum(s => s.Accumulators.Count * ((s.Tiles * s.UsedLanes) - s.Size)) >= Thresholds.EmptySumsPerUnit * sums.Sum(s => s.Size);
        }
    }

    /// <summary>The nodes of every step, up to the last layer that two threads share; none where no layer is shared.</summary>
    public IReadOnlyList<NodePlan> InParts => Spec.Parallel == 1 || NeedsWholeWindow ? [] : UpToLastInParts([.. Nodes.Where(n => !n.RunsOnce)]);

    /// <summary>Whether a sequence starts from states that are trained.</summary>
    public bool LearnsInitialState => Layers.Any(l => l.InitialStates is not null);

    public long ParameterCount => Layers.Sum(l => l.ParameterCount);

    public long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    public static ModelPlan Of(ModelSpec spec) => Of(spec, layer => layer.Kind.CellOf(layer));

    /// <param name="spec">What the user declared.</param>
    /// <param name="cells">The equations of each layer.</param>
    public static ModelPlan Of(ModelSpec spec, Func<LayerSpec, Cell> cells) => new ModelPlanner(spec, cells).Plan();

    private static IReadOnlyList<NodePlan> UpToLastInParts(List<NodePlan> everyStep) => [.. everyStep.Take(everyStep.FindLastIndex(n => n is LayerPlan { PaysInParts: true }) + 1)];

    /// <summary>
    /// Where a layer gains by sums that are computed ahead, or where a chunk keeps the weights of one layer near, while a step would go through those of all. Whether a step is finite, so
    /// that it is not left out, is known too late where what comes after a window is computed once.
    /// </summary>
    private static bool PaysInChunks(ModelSpec spec, IReadOnlyList<NodePlan> nodes)
    {
        LayerPlan[] layers = [.. nodes.OfType<LayerPlan>().Where(l => !l.RunsOnce)];
        bool comesNear = spec.SequenceLength >= SplitPlan.Steps
            && layers.Sum(l => l.BytesOfStep) > Thresholds.NearCache && layers.All(l => l.BytesOfStep <= Thresholds.NearCache / 4 * 3);
        return spec.Parallel == 1 && (comesNear || layers.Any(l => l.StepSplit is not null))
            && !nodes.OfType<LayerPlan>().Any(l => l.IsReverse)
            && !(spec.NonFinite == NonFiniteKind.Hold && nodes.Any(n => n.IsReadOnce));
    }
}

/// <summary>What a model puts out.</summary>
/// <param name="Node">The node whose rows they are.</param>
/// <param name="Head">The head, or null where the last layer is none.</param>
internal sealed record OutputPlan(NodePlan Node, LayerSpec? Head);

/// <summary>How many streams take a step together.</summary>
internal enum StreamsTogether
{
    OneByOne,

    /// <summary>Two at a time, each with vectors of its units.</summary>
    InPairs,

    /// <summary>As the elements of vectors.</summary>
    InVectors,

    /// <summary>As the lanes of a batch.</summary>
    AsLanes,
}
