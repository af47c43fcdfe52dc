using RnnGen.Generator.Layers;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>
/// What a model's layers are made of: recurrent layers of several levels and directions become one node for each, and a node of its own
/// stands wherever several meet.
/// </summary>
internal sealed class ModelGraph
{
    private readonly List<GraphNode> _nodes = [];

    private ModelGraph()
    {
    }

    /// <summary>The nodes in the order in which data flows through them; the model's input is none of them.</summary>
    public IReadOnlyList<GraphNode> Nodes => _nodes;

    /// <summary>The node that hands on what a layer puts out, layer by layer.</summary>
    public List<int> Results { get; } = [];

    public static ModelGraph Of(ModelSpec model)
    {
        var graph = new ModelGraph();
        for (int layer = 0; layer < model.Layers.Count; layer++)
        {
            graph.Results.Add(graph.AddLayer(model, layer));
        }

        return graph;
    }

    /// <summary>How many nodes read a node; -1 is the model's input.</summary>
    public int Readers(int node) => _nodes.Sum(n => n.Sources.Count(s => s == node));

    /// <summary>Whether a node is read by a single layer, which can write its gradients itself.</summary>
    public bool HasOneLayerAsReader(int node) => Readers(node) <= 1 && !_nodes.Any(n => n.Sources.Contains(node) && n.Layer is null);

    /// <summary>Whether a step reads the model's input itself, dropout put aside.</summary>
    public bool ReadsInput(GraphNode node) => node.Sources.Any(s => s < 0 || (_nodes[s].Dropout is not null && ReadsInput(_nodes[s])));

    private int AddLayer(ModelSpec model, int index)
    {
        LayerSpec layer = model.Layers[index];
        int before = model.Layers.Take(index).ToList().FindLastIndex(other => !other.IsHead);
        int[] sources = [.. layer.Sources.DefaultIfEmpty(before).Select(s => s < 0 ? -1 : Results[s])];
        int source = sources.Length == 1 ? sources[0] : Join($"input of {layer.Name}", MergeKind.Concat, sources);
        if (layer.Kind is Dropout)
        {
            return Add(new GraphNode([source]) { Name = layer.Name, Dropout = layer, Index = index });
        }

        int current = source;
        int inputSize = layer.InputSize;
        for (int level = 0; level < layer.Depth; level++)
        {
            bool isLast = level == layer.Depth - 1;
            LayerSpec part = layer with { InputSize = inputSize, ReturnSequences = layer.ReturnSequences || !isLast };
            current = layer.Direction switch
            {
                DirectionKind.Forward => Add(new GraphNode([current]) { Layer = part, Index = index, Level = level }),
                DirectionKind.Reverse => Add(new GraphNode([current]) { Layer = part, Index = index, Level = level, IsReverse = true }),
                _ => Join(
                    layer.Name + (level > 0 ? $" at level {level}" : ""),
                    layer.Merge,
                    [
                        Add(new GraphNode([current]) { Layer = part, Index = index, Level = level }),
                        Add(new GraphNode([current]) { Layer = part, Index = index, Level = level, IsReverse = true }),
                    ]),
            };
            inputSize = layer.OutputSize;
        }

        return layer.Residual ? Join($"{layer.Name} and its input", MergeKind.Sum, [current, source]) : current;
    }

    private int Join(string name, MergeKind kind, int[] sources) => Add(new GraphNode(sources) { Name = name, Merge = kind });

    private int Add(GraphNode node)
    {
        _nodes.Add(node);
        return _nodes.Count - 1;
    }
}

/// <summary>A node before it is planned: a layer of one level and direction, or a join.</summary>
/// <param name="Sources">The nodes that it reads; -1 is the model's input.</param>
internal sealed record GraphNode(IReadOnlyList<int> Sources)
{
    /// <summary>The layer, with the sizes of this level; null for a join.</summary>
    public LayerSpec? Layer { get; init; }

    /// <summary>The layer if it is dropout, which is no cell: it does nothing but in training.</summary>
    public LayerSpec? Dropout { get; init; }

    /// <summary>Index of the layer in the model.</summary>
    public int Index { get; init; }

    public int Level { get; init; }

    public bool IsReverse { get; init; }

    /// <summary>Name of a join.</summary>
    public string Name { get; init; } = "";

    public MergeKind Merge { get; init; }

    /// <summary>Level and direction as PyTorch writes them at the end of its parameters' names; <c>l0</c> for the lowest that goes forward.</summary>
    public string ParameterSuffix => $"l{Level}{(IsReverse ? "_reverse" : "")}";

    /// <summary>What its names have at the end: nothing for the lowest level that goes forward.</summary>
    public string Suffix => (Level > 0 ? $"_l{Level}" : "") + (IsReverse ? "_reverse" : "");
}
