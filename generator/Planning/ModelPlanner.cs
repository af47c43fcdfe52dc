using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Plans the layers of a model, one plan for all that are equal, and the way that data take through them.</summary>
internal sealed class ModelPlanner(ModelSpec spec, Func<LayerSpec, Cell> cells)
{
    private readonly ModelGraph _graph = ModelGraph.Of(spec);
    private readonly Dictionary<GraphNode, LayerPlan> _layers = [];
    private readonly List<NodePlan> _nodes = [];
    private readonly HashSet<string> _names = [];
    private int _weights;
    private int _transposed;

    public ModelPlan Plan()
    {
        PlanLayers();
        bool isPadded = (spec.Parallel > 1 && !spec.Tokens) || _graph.Nodes.Any(n => n.Layer is not null && _graph.ReadsInput(n) && _layers[n].ReadsInputVectors);
        var input = new InputPlan(spec.InputSize, spec.Tokens, isPadded) { SumsGradients = !_graph.HasOneLayerAsReader(-1) };
        foreach (GraphNode node in _graph.Nodes)
        {
            int index = _nodes.Count;
            NodePlan[] sources = [.. node.Sources.Select(s => s < 0 ? input : _nodes[s])];
            NodePlan plan = node.Dropout is LayerSpec dropout ? new DropoutPlan(dropout, sources[0])
                : node.Layer is null ? new JoinPlan(node.Name, node.Merge, sources)
                : Layer(node, sources[0]);
            _nodes.Add(plan with { Index = index + 1, RunsOnce = sources[0].IsReadOnce, SumsGradients = !_graph.HasOneLayerAsReader(index) });
        }

        OutputPlan[] heads =
        [
            .. from k in Enumerable.Range(0, spec.Layers.Count)
               where spec.Layers[k].IsHead
               select new OutputPlan(_nodes[_graph.Results[k]], spec.Layers[k]),
        ];
        OutputPlan[] outputs = heads.Length > 0 ? heads : [new OutputPlan(_nodes[_graph.Results[_graph.Results.Count - 1]], Head: null)];
        var model = new ModelPlan(spec, input, _nodes, outputs, Guarded.Size(_weights), Guarded.Size(_transposed));
        return spec.BatchSize == 0 ? model : model with { Batch = Batch(model) };
    }

    private void PlanLayers()
    {
        var planned = new Dictionary<(LayerSpec Essence, bool Tokens), (GraphNode First, int Weights, int Transposed)>();
        var shared = new HashSet<GraphNode>();
        foreach (GraphNode node in _graph.Nodes.Where(n => n.Layer is not null))
        {
            bool tokens = spec.Tokens && node.Sources[0] < 0;
            (LayerSpec, bool) key = (node.Layer!.Kind.Essence(node.Layer), tokens);
            LayerPlan plan;
            if (planned.TryGetValue(key, out (GraphNode First, int Weights, int Transposed) same))
            {
                plan = _layers[same.First].At(node.Layer!, _weights - same.Weights, _transposed - same.Transposed);
                shared.UnionWith([same.First, node]);
            }
            else
            {
                plan = LayerPlanner.Plan(spec, node.Layer!, cells(node.Layer!), tokens, _weights, _transposed);
                planned.Add(key, (node, _weights, _transposed));
            }

            _weights += plan.WeightSize;
            _transposed += plan.Backward.WeightSize;
            _layers.Add(node, plan);
        }

        foreach (GraphNode node in shared)
        {
            _layers[node] = _layers[node] with { IsShared = true };
        }
    }

    private LayerPlan Layer(GraphNode node, NodePlan source)
    {
        LayerPlan layer = _layers[node];
        string name = layer.Spec.Name + node.Suffix;
        while (!_names.Add(name))
        {
            name += "_";
        }

        return layer with
        {
            Name = name,
            ParameterSuffix = node.ParameterSuffix,
            StateSuffix = node.Suffix,
            IsReverse = node.IsReverse,
            Twins = [.. _nodes.OfType<LayerPlan>().Where(other => ReferenceEquals(other.Record, layer.Record))],
            Source = source,
        };
    }

    private BatchPlan Batch(ModelPlan model) => new(
        spec.BatchSize,
        new TapeLayout([model.Input, .. model.Nodes], spec.SequenceLength, spec.BatchSize),
        StateStride: CacheLine.Stride(model.Stream.StateSize),
        WorkStride: CacheLine.Stride(model.Stream.WorkSize),
        InputStride: spec.Tokens ? 1 : spec.InputSize,
        ScratchSize: model.Layers.Max(l => new[] { l.Step.BlockSums, l.Record.BlockSums, l.Backward.BlockSums }.Max()));
}
