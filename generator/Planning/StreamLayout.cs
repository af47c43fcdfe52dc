namespace RnnGen.Generator.Planning;

/// <summary>Where a stream has the values of a step: its states, in two halves that take turns, and scratch memory.</summary>
internal sealed class StreamLayout
{
    private readonly int[] _states;
    private readonly int[] _work;

    /// <param name="nodes">All nodes in order, the input first.</param>
    /// <param name="held">Number of outputs that are kept for steps that are left out.</param>
    public StreamLayout(IReadOnlyList<NodePlan> nodes, int held)
    {
        _states = new int[nodes.Count];
        _work = new int[nodes.Count];
        foreach (NodePlan node in nodes)
        {
            (_states[node.Index], _work[node.Index]) = (StateSize, WorkSize);
            StateSize += node is LayerPlan l ? l.States.Size : 0;
            WorkSize += node switch
            {
                InputPlan { IsPadded: true } => CacheLine.Pad(node.Size),
                JoinPlan => CacheLine.Pad(node.Size),
                LayerPlan layer => layer.Step.WorkSize,
                _ => 0,
            };
        }

        Held = StateSize;
        StateSize += CacheLine.Pad(held);
    }

    /// <summary>Floats of one half of the states.</summary>
    public int StateSize { get; }

    /// <summary>Floats of scratch memory that the nodes need.</summary>
    public int WorkSize { get; }

    /// <summary>Where the states of a layer start in each half.</summary>
    public int States(LayerPlan layer) => _states[layer.Index];

    /// <summary>Where the outputs of the last step are kept in each half, after all states.</summary>
    public int Held { get; }

    /// <summary>Where the output of a node is after a step.</summary>
    public Operand Output(NodePlan node) => node switch
    {
        InputPlan input => new(input.IsPadded ? Region.Work : Region.Input, 0),
        // A step of a stream drops nothing.
        DropoutPlan dropout => Output(dropout.Source),
        LayerPlan { Step.Output: { Region: Region.Next } output } => new(Region.Next, _states[node.Index] + output.Offset),
        LayerPlan layer => new(Region.Work, _work[node.Index] + layer.Step.Output!.Value.Offset),
        _ => new(Region.Work, _work[node.Index]),
    };

    /// <summary>Where a region of a layer's kernels is.</summary>
    public Operand Of(LayerPlan layer, Region region) => region switch
    {
        Region.Weights => new(region, layer.WeightShift),
        Region.Input => Output(layer.Source),
        Region.State or Region.Next => new(region, _states[layer.Index]),
        _ => new(Region.Work, _work[layer.Index]),
    };
}
