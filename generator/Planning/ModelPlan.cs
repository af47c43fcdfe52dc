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
/// <param name="StateSize">Floats of one half of a state.</param>
/// <param name="WorkSize">Floats of a state's scratch memory.</param>
/// <param name="TapeSize">Floats of a tape.</param>
internal sealed record ModelPlan(
    ModelSpec Spec,
    InputPlan Input,
    IReadOnlyList<NodePlan> Nodes,
    IReadOnlyList<OutputPlan> Outputs,
    int WeightSize,
    int TransposedSize,
    int StateSize,
    int WorkSize,
    int TapeSize)
{
    /// <summary>References may point this far behind a block.</summary>
    public const int Guard = 64;

    /// <summary>The same nodes with the rows of a whole batch, or null where no batch is asked for.</summary>
    public BatchPlan? Batch { get; init; }

    /// <summary>The nodes that are layers.</summary>
    public IReadOnlyList<LayerPlan> Layers { get; } = [.. Nodes.OfType<LayerPlan>()];

    public bool HasHead => Outputs[0].Head is not null;

    /// <summary>Whether a step ends with the one output, so that nobody has to look for it again.</summary>
    public bool StepGivesOutput => OnlyOutput is not null && !Nodes.Any(n => n.RunsOnce);

    /// <summary>The only output, or null where there are several heads.</summary>
    public OutputPlan? OnlyOutput => Outputs.Count == 1 ? Outputs[0] : null;

    public int OutputSize => Outputs.Sum(o => o.Node.Size);

    /// <summary>The layer whose inputs are summed up ahead of the steps when a stream is given a whole window: the first one, where it pays.</summary>
    public LayerPlan? SplitLayer =>
        Nodes[0] is LayerPlan { StepSplit: not null, RunsOnce: false } first && !NeedsWholeWindow && !Input.IsPadded && !Nodes.Skip(1).Any(ReadsInput) ? first : null;

    /// <summary>Where a stream has these sums in its scratch memory.</summary>
    public int WorkAhead { get; init; }

    /// <summary>Whether nothing can be said before the whole window is there.</summary>
    public bool NeedsWholeWindow => Layers.Any(l => l.IsReverse);

    /// <summary>Whether a sequence starts from states that are trained.</summary>
    public bool LearnsInitialState => Layers.Any(l => l.InitialStates is not null);

    public long ParameterCount => Layers.Sum(l => l.ParameterCount);

    public long MultiplyAdds => Layers.Sum(l => l.MultiplyAdds);

    private static bool ReadsInput(NodePlan node) => node switch
    {
        LayerPlan layer => layer.Source is InputPlan,
        JoinPlan join => join.Sources.Any(s => s is InputPlan),
        DropoutPlan dropout => dropout.Source is InputPlan,
        _ => false,
    };

    public static ModelPlan Of(ModelSpec spec) => Of(spec, LayerCells.Of);

    /// <param name="spec">What the user declared.</param>
    /// <param name="cells">The equations of each layer.</param>
    public static ModelPlan Of(ModelSpec spec, Func<LayerSpec, Cell> cells)
    {
        ModelGraph graph = ModelGraph.Of(spec);
        int weights = 0;
        int transposed = 0;
        var kernels = new Dictionary<GraphNode, LayerPlan>();
        var planned = new Dictionary<(LayerSpec Essence, bool Tokens), (GraphNode First, int Weights, int Transposed)>();
        var shared = new HashSet<GraphNode>();
        foreach (GraphNode node in graph.Nodes.Where(n => n.Layer is not null))
        {
            bool tokens = spec.Tokens && node.Sources[0] < 0;
            (LayerSpec, bool) key = (LayerCells.Essence(node.Layer!), tokens);
            LayerPlan plan;
            if (planned.TryGetValue(key, out (GraphNode First, int Weights, int Transposed) same))
            {
                plan = kernels[same.First].At(node.Layer!, weights - same.Weights, transposed - same.Transposed);
                shared.UnionWith([same.First, node]);
            }
            else
            {
                plan = LayerPlanner.Plan(spec, node.Layer!, cells(node.Layer!), tokens, weights, transposed);
                planned.Add(key, (node, weights, transposed));
            }

            weights += plan.WeightSize;
            transposed += plan.Backward.WeightSize;
            kernels.Add(node, plan);
        }

        foreach (GraphNode node in shared)
        {
            kernels[node] = kernels[node] with { IsShared = true };
        }

        ModelPlan model = new Placement(spec, graph, kernels, lanes: 1).Run(weights, transposed);
        return spec.BatchSize == 0 ? model : model with { Batch = new Placement(spec, graph, kernels, spec.BatchSize).RunBatch(model, weights, transposed) };
    }

    // A multiple of the guard, too, so that optimizers go through the weights in several vectors at a time.
    private static int WithGuard(int size) => ((size + Guard - 1) / Guard * Guard) + Guard;

    /// <summary>Gives every node its places in the memory of streams and tapes.</summary>
    private sealed class Placement(ModelSpec spec, ModelGraph graph, IReadOnlyDictionary<GraphNode, LayerPlan> kernels, int lanes)
    {
        private readonly int _rows = checked(spec.SequenceLength * lanes);
        private readonly List<NodePlan> _nodes = [];
        private readonly HashSet<string> _names = [];
        private int _state;
        private int _work;
        private int _tape;

        public ModelPlan Run(int weights, int transposed)
        {
            InputPlan input = PlaceInput();
            foreach (GraphNode node in graph.Nodes)
            {
                int index = _nodes.Count;
                NodePlan[] sources = [.. node.Sources.Select(s => s < 0 ? input : _nodes[s])];
                NodePlan placed = node.Dropout is LayerSpec dropout ? PlaceDropout(dropout, sources[0])
                    : node.Layer is null ? PlaceJoin(node, sources)
                    : PlaceLayer(node, sources[0]);
                _nodes.Add(placed with { RunsOnce = sources[0].IsReadOnce, SumsGradients = !graph.HasOneLayerAsReader(index) });
            }

            // The products of the gradients leave their references one row behind the last one.
            int row = _nodes.Max(n => n is LayerPlan l
                ? new[] { l.Source.OutputStride, l.Source.OutputGradientStride, l.Size, l.Record.WorkSize, l.Backward.WorkSize, l.States.Size }.Max()
                : n.OutputStride);
            int tape = WithGuard(_tape + (2 * Lanes.Stride(row)));
            OutputPlan[] heads = [.. Enumerable.Range(0, spec.Layers.Count).Where(k => spec.Layers[k].IsHead).Select(k => new OutputPlan(_nodes[graph.Results[k]], spec.Layers[k]))];
            OutputPlan[] outputs = heads.Length > 0 ? heads : [new OutputPlan(_nodes[graph.Results[graph.Results.Count - 1]], Head: null)];
            var model = new ModelPlan(spec, input, _nodes, outputs, WithGuard(weights), WithGuard(transposed), _state, 0, tape);

            // Without single steps, a stream has the memory of a window.
            return model.NeedsWholeWindow
                ? model with { WorkSize = tape }
                : model with { WorkSize = checked(_work + (model.SplitLayer?.AheadSize ?? 0) + Guard), WorkAhead = _work };
        }

        /// <summary>The rows of a batch: all lanes of the first step, then all of the second.</summary>
        public BatchPlan RunBatch(ModelPlan single, int weights, int transposed)
        {
            ModelPlan rows = Run(weights, transposed);
            int scratch = rows.Layers.Max(l => new[] { l.Step.GroupSums, l.Record.GroupSums, l.Backward.GroupSums }.Max());
            int state = Lanes.Stride(single.StateSize);
            int work = Lanes.Stride(_work);
            return new BatchPlan(single, rows, lanes, state, work, rows.TapeSize, checked(rows.TapeSize + scratch), checked(lanes * work), scratch);
        }

        private InputPlan PlaceInput()
        {
            bool isPadded = graph.Nodes.Any(n => n.Layer is not null && graph.ReadsInput(n) && kernels[n].ReadsInputVectors);
            var input = new InputPlan(spec.InputSize, spec.Tokens, isPadded, 0, 0) { SumsGradients = !graph.HasOneLayerAsReader(-1) };
            _work = isPadded ? Lanes.Pad(spec.InputSize) : 0;
            return input with
            {
                Start = Take(Lanes.Pad(checked(_rows * input.OutputStride))),
                Gradients = spec.Tokens ? 0 : Take(_rows * input.OutputGradientStride),
            };
        }

        private LayerPlan PlaceLayer(GraphNode node, NodePlan source)
        {
            LayerPlan layer = kernels[node];
            int steps = _rows;
            string name = layer.Spec.Name + node.Suffix;
            while (!_names.Add(name))
            {
                name += "_";
            }

            var placed = layer with
            {
                Name = name,
                ParameterSuffix = $"l{node.Level}{(node.IsReverse ? "_reverse" : "")}",
                StateSuffix = node.Suffix,
                IsReverse = node.IsReverse,
                LaneCount = lanes,
                Twins = [.. _nodes.OfType<LayerPlan>().Where(other => ReferenceEquals(other.Record, layer.Record))],
                Source = source,
                Place = new LayerPlace
                {
                    State = _state,
                    Work = _work,
                    TapeStates = Take((steps + lanes) * Lanes.Stride(layer.States.Size)),
                    TapeSaved = Take(steps * Lanes.Stride(layer.Record.WorkSize)),
                    TapeMasks = Take(steps * Lanes.Stride(layer.Masks.Size)),
                    TapeSums = Take(steps * Lanes.Stride(layer.Backward.WorkSize)),
                    TapeAhead = Take(layer.AheadSize),
                    TapeOutput = Take(steps * Lanes.Stride(layer.Spec.Size)),
                    TapeStateGradients = Take(2 * lanes * Lanes.Stride(layer.States.Size)),
                },
            };
            _state += layer.States.Size;
            _work += layer.Step.WorkSize;
            bool hasGradients = !layer.ReadsTokens && source.SumsGradients;
            return placed with { TapeInputGradients = hasGradients ? Take(steps * source.OutputGradientStride) : source.TapeOutputGradients };
        }

        private DropoutPlan PlaceDropout(LayerSpec layer, NodePlan source)
        {
            var dropout = new DropoutPlan(layer, source);
            int rows = _rows * dropout.OutputStride;
            return dropout with { Start = Take(rows), Gradients = Take(rows), Masks = Take(layer.Variational ? lanes * dropout.OutputStride : rows) };
        }

        private JoinPlan PlaceJoin(GraphNode node, NodePlan[] sources)
        {
            var join = new JoinPlan(node.Name, node.Merge, sources);
            int work = _work;
            _work += Lanes.Pad(join.Size);
            return join with
            {
                Start = Take(_rows * join.OutputStride),
                Gradients = Take(_rows * join.OutputGradientStride),
                Work = work,
            };
        }

        private int Take(int floats)
        {
            int start = _tape;
            _tape = checked(_tape + floats);
            return start;
        }
    }
}

/// <summary>What a model puts out.</summary>
/// <param name="Node">The node whose rows they are.</param>
/// <param name="Head">The head, or null where the last layer is none.</param>
internal sealed record OutputPlan(NodePlan Node, LayerSpec? Head);
