namespace RnnGen.Generator.Planning;

/// <summary>
/// Where a tape has the rows of all nodes: one for each step, or, of a batch, one for each lane of each step. All lanes of a step lie side by
/// side, step after step, so that all that is not recurrent sees one long window, and a kernel finds its lanes at a constant distance.
/// A stream has such rows, too, for some steps of a window that is not recorded.
/// </summary>
internal sealed class TapeLayout
{
    private readonly int[] _outputs;
    private readonly int[] _outputGradients;
    private readonly LayerRows[] _layers;
    private readonly int[] _masks;
    private readonly bool _isRecorded;
    private readonly int _ahead;

    /// <param name="nodes">All nodes in order, the input first.</param>
    /// <param name="steps">The longest window.</param>
    /// <param name="lanes">Rows per step: 1, or the lanes of a batch.</param>
    /// <param name="isRecorded">Whether a backward pass follows. Otherwise, rows have no gradients, nodes that run once per window have no rows, and layers share what only one of them needs at a time.</param>
    public TapeLayout(IReadOnlyList<NodePlan> nodes, int steps, int lanes, bool isRecorded = true)
    {
        LaneCount = lanes;
        _isRecorded = isRecorded;
        _outputs = new int[nodes.Count];
        _outputGradients = new int[nodes.Count];
        _layers = new LayerRows[nodes.Count];
        _masks = new int[nodes.Count];
        int rows = checked(steps * lanes);
        _ahead = isRecorded ? 0 : Take(nodes.Max(n => n is LayerPlan { StepSplit: not null } l ? l.AheadSize : 0));
        foreach (NodePlan node in nodes.Where(n => isRecorded || !n.RunsOnce))
        {
            switch (node)
            {
                case InputPlan input:
                    _outputs[node.Index] = Take(CacheLine.Pad(checked(rows * input.OutputStride)));
                    _outputGradients[node.Index] = input.IsToken ? 0 : TakeRecorded(rows * input.OutputGradientStride);
                    break;
                case LayerPlan layer:
                    Place(layer, rows);
                    break;
                default:
                    _outputs[node.Index] = Take(rows * node.OutputStride);
                    _outputGradients[node.Index] = TakeRecorded(rows * node.OutputGradientStride);
                    _masks[node.Index] = node is DropoutPlan dropout ? TakeRecorded(dropout.IsVariational ? lanes * dropout.OutputStride : rows * dropout.OutputStride) : 0;
                    break;
            }
        }

        // The products of the gradients leave their references one row behind the last one.
        int row = !isRecorded ? 0 : nodes.Max(n => n is LayerPlan l
            ? new[] { l.Source.OutputStride, l.Source.OutputGradientStride, l.Size, l.RowSize, l.Backward.WorkSize, l.States.Size }.Max()
            : n is InputPlan ? 0 : n.OutputStride);
        Size = Guarded.Size(Size + (2 * CacheLine.Stride(row)));
    }

    /// <summary>Rows per step.</summary>
    public int LaneCount { get; }

    /// <summary>Floats of the tape.</summary>
    public int Size { get; private set; }

    /// <summary>Where the rows of a node start.</summary>
    public int Outputs(NodePlan node) => _outputs[node.Index];

    /// <summary>Where their gradients start.</summary>
    public int OutputGradients(NodePlan node) => _outputGradients[node.Index];

    /// <summary>Where a layer writes the gradients of its inputs: the source's own rows, or, where the source has several readers, rows to be added to these.</summary>
    public int InputGradients(LayerPlan layer) => _layers[layer.Index].InputGradients;

    /// <summary>Where the masks of dropout start.</summary>
    public int Masks(DropoutPlan dropout) => _masks[dropout.Index];

    /// <summary>Where the states after the first step are. Those from which a window starts have a row before all others, or, where the layer goes backwards, behind them.</summary>
    public int StatesAfter(LayerPlan layer) => _layers[layer.Index].States + (layer.IsReverse ? 0 : LaneCount * layer.RowStride(Region.State));

    /// <summary>The rows of a region of a layer's kernels.</summary>
    public RowPlace Of(LayerPlan layer, Region region)
    {
        LayerRows rows = _layers[layer.Index];
        int start = region switch
        {
            Region.Weights => 0,
            Region.OutputGradients => _outputGradients[layer.Index],
            Region.NextGradients or Region.StateGradients => rows.StateGradients,
            Region.InputGradients => rows.InputGradients,
            Region.SumGradients => rows.Sums,
            Region.Input => layer.ReadsTokens ? 0 : _outputs[layer.Source.Index],
            Region.State or Region.Next => StatesAfter(layer),
            Region.Saved or Region.Work => rows.Saved,
            Region.Sums => rows.Ahead,
            Region.Masks => rows.Masks,
            _ => throw new ArgumentOutOfRangeException(nameof(region)),
        };
        return new RowPlace(start, region is Region.Saved or Region.Work && HasOneRow(layer) ? 0 : layer.RowStride(region), layer.RowOf(region));
    }

    /// <summary>Whether each step of a layer overwrites the values of the step before.</summary>
    private bool HasOneRow(LayerPlan layer) => !_isRecorded && layer.OutputIsState;

    private void Place(LayerPlan layer, int rows)
    {
        int states = CacheLine.Stride(layer.States.Size);
        var place = new LayerRows
        {
            States = Take((rows + LaneCount) * states),
            Saved = Take((HasOneRow(layer) ? 1 : rows) * CacheLine.Stride(layer.RowSize)),
            Masks = TakeRecorded(rows * CacheLine.Stride(layer.Masks.Size)),
            Sums = TakeRecorded(rows * CacheLine.Stride(layer.Backward.WorkSize)),
            Ahead = _isRecorded ? Take(layer.AheadSize) : _ahead,
        };
        _outputGradients[layer.Index] = TakeRecorded(rows * layer.OutputGradientStride);
        place.StateGradients = TakeRecorded(2 * LaneCount * states);
        bool hasOwn = !layer.ReadsTokens && layer.Source.SumsGradients;
        place.InputGradients = hasOwn ? TakeRecorded(rows * layer.Source.OutputGradientStride) : _outputGradients[layer.Source.Index];
        _layers[layer.Index] = place;

        // Outputs that are states are not stored twice.
        _outputs[layer.Index] = (_isRecorded ? layer.Record : layer.Step).Output!.Value.Offset + (layer.OutputIsState ? StatesAfter(layer) : place.Saved);
    }

    private int TakeRecorded(int floats) => Take(_isRecorded ? floats : 0);

    private int Take(int floats)
    {
        int start = Size;
        Size = checked(Size + floats);
        return start;
    }

    /// <summary>Where the rows of a layer start that only it reads and writes.</summary>
    private struct LayerRows
    {
        /// <summary>States, one row per step and one for the start.</summary>
        public int States;

        /// <summary>Saved values, one row per step.</summary>
        public int Saved;

        /// <summary>Masks, one row per step.</summary>
        public int Masks;

        /// <summary>Gradients of the sums, one row per step.</summary>
        public int Sums;

        /// <summary>Sums that are computed ahead, one row for each of <see cref="SplitPlan.Steps"/>; behind them scratch memory.</summary>
        public int Ahead;

        /// <summary>Gradients of the states, two rows that take turns.</summary>
        public int StateGradients;

        /// <summary>Gradients of the inputs.</summary>
        public int InputGradients;
    }
}
