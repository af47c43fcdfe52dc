using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Splits a fused cell into phases and stages, and gives every stored value its place.</summary>
internal sealed class KernelPlanner
{
    private readonly Cell _cell;
    private readonly Func<Leaf, Operand> _leafPlace;
    private readonly UnrollKind _unroll;
    private readonly bool _inOrder;
    private readonly int _chainsPerSum;
    private readonly Operand? _outputPlace;
    private readonly bool _isBackward;
    private readonly bool _outputApart;
    private readonly bool _tokens;
    private readonly int _weightOffset;
    private readonly Dictionary<Expression, int> _phases = [];
    private readonly List<(Expression Value, Operand Place)> _stores = [];
    private readonly Dictionary<Expression, Operand> _places = [];
    private int _workSize;
    private int _weightSize;

    private KernelPlanner(Cell cell, Func<Leaf, Operand> leafPlace, UnrollKind unroll, bool inOrder, int chainsPerSum, Operand? outputPlace, bool outputApart, bool tokens, int weightOffset)
    {
        _cell = cell;
        _leafPlace = leafPlace;
        _unroll = unroll;
        _inOrder = inOrder;
        _chainsPerSum = chainsPerSum;
        _outputPlace = outputPlace;
        _isBackward = outputPlace is not null;
        _outputApart = outputApart;
        _tokens = tokens;
        _weightOffset = weightOffset;
    }

    /// <param name="cell">The fused cell.</param>
    /// <param name="kept">Values that must be stored besides the cell's results.</param>
    /// <param name="states">Layout of the states.</param>
    /// <param name="leafPlace">Where the leaves are read.</param>
    /// <param name="unroll">How much of its loops is to be written out.</param>
    /// <param name="inOrder">Whether every sum is added in the order of its rows, without partial sums, so that its bits do not depend on the loops around it.</param>
    /// <param name="chainsPerSum">Chains that a sum has at least, as far as the registers go.</param>
    /// <param name="outputPlace">Where the output of a step back goes; that of a step forward is left where it is stored anyway.</param>
    /// <param name="outputApart">Whether the output has stages of its own.</param>
    /// <param name="tokens">Whether the input is a token.</param>
    /// <param name="weightOffset">Where the packed weights start.</param>
    public static KernelPlan Plan(
        Cell cell,
        IEnumerable<Expression> kept,
        StateLayout states,
        Func<Leaf, Operand> leafPlace,
        UnrollKind unroll,
        bool inOrder,
        int chainsPerSum = Thresholds.ChainsPerSum,
        Operand? outputPlace = null,
        bool outputApart = false,
        bool tokens = false,
        int weightOffset = 0) =>
        new KernelPlanner(cell, leafPlace, unroll, inOrder, chainsPerSum, outputPlace, outputApart, tokens, weightOffset).Run([.. kept], states);

    private KernelPlan Run(IReadOnlyList<Expression> kept, StateLayout states)
    {
        for (int k = 0; k < _cell.States.Count; k++)
        {
            StoreAt(_cell.States[k].Next, new Operand(_isBackward ? Region.StateGradients : Region.Next, states.Offsets[k]));
        }

        Operand? output = null;
        if (_cell.Output is not null)
        {
            if (_outputPlace is not null)
            {
                StoreAt(_cell.Output, _outputPlace.Value);
            }

            output = Keep(_cell.Output);
        }

        foreach (Expression value in kept)
        {
            Keep(value);
        }

        // Values that a later phase needs must be stored on the way; storing one may need others in turn.
        for (int k = 0; k < _stores.Count; k++)
        {
            KeepWhatLaterPhasesRead(_stores[k].Value, Phase(_stores[k].Value));
        }

        Stage[] stages =
        [
            .. _stores
                .GroupBy(s => (Phase: Phase(s.Value), s.Value.Size, IsApart: _outputApart && s.Place.Region == _outputPlace?.Region))
                .OrderBy(g => g.Key.Phase)
                .ThenBy(g => g.Key.Size)
                .ThenBy(g => g.Key.IsApart)
                .Select(g => PlanStage(g.Key.Phase, g.Key.Size, [.. g.Select(s => new Store(s.Value, s.Place))]))
        ];
        Stage[] vectors =
        [
            .. _stores.SelectMany(s => ElementVectors(s.Value)).Distinct().OrderBy(v => v.Order).Select(PlaceVector)
        ];
        foreach (Stage stage in stages)
        {
            foreach (Store store in stage.Stores)
            {
                PlaceLeaves(store.Value, stage);
            }
        }

        return new KernelPlan(stages, vectors, _weightSize, _workSize, _places, output)
        {
            Regions = KernelPlan.RegionsOf(stages, _places),
            Names = _cell.Names,
            Unroll = _unroll,
        };
    }

    private void StoreAt(Expression value, Operand place)
    {
        _stores.Add((value, place));
        if (!_places.ContainsKey(value))
        {
            _places.Add(value, place);
        }
    }

    /// <summary>Makes sure that a value is stored somewhere.</summary>
    private Operand Keep(Expression value)
    {
        if (value is Leaf leaf)
        {
            return _leafPlace(leaf);
        }

        if (!_places.ContainsKey(value))
        {
            StoreAt(value, new Operand(_isBackward ? Region.SumGradients : Region.Work, _workSize));
            _workSize += CacheLine.Pad(value.Size);
        }

        return _places[value];
    }

    private void KeepWhatLaterPhasesRead(Expression value, int phase)
    {
        switch (value)
        {
            case Accumulator accumulator:
                if (Phase(accumulator) < phase)
                {
                    Keep(accumulator);
                }

                foreach (Projection projection in accumulator.Projections)
                {
                    Keep(projection.Source);
                }

                break;
            case Apply when Phase(value) > 0 && Phase(value) < phase:
                // Arithmetic is done again, functions are not.
                Keep(value);
                break;
            case Mean mean:
                Keep(mean);
                Keep(mean.Operand);
                break;
            default:
                foreach (Expression operand in value.Operands)
                {
                    KeepWhatLaterPhasesRead(operand, phase);
                }

                break;
        }
    }

    private int Phase(Expression expression)
    {
        if (!_phases.TryGetValue(expression, out int phase))
        {
            phase = expression.Operands.Select(Phase).DefaultIfEmpty(0).Max();
            if (expression is Accumulator or Mean)
            {
                phase++;
            }

            _phases.Add(expression, phase);
        }

        return phase;
    }

    private Stage PlanStage(int phase, int size, IReadOnlyList<Store> stores)
    {
        // Gates in the order of their rows, as PyTorch and the reader have them, and never in one that depends on what is stored: all
        // kernels of a cell read the same packed weights.
        Accumulator[] accumulators =
        [
            .. stores.SelectMany(s => AccumulatorsOf(s.Value, phase)).Distinct()
                .OrderBy(a => a.Projections[0].Matrix.FirstRow).ThenBy(a => a.Order)
        ];
        (Projection Projection, int Accumulator)[] products =
            [.. accumulators.SelectMany((a, index) => a.Projections.Select(p => (p, index)))];

        // One panel per source. Sources that the step itself computes and that go into the same sums are walked through
        // together: their products are independent of each other, which one long chain of sums would not be.
        (Projection Projection, int Accumulator)[][] groups =
        [
            .. products
                .GroupBy(p => p.Projection.Source)
                .OrderBy(g => g.Key is Leaf { Kind: LeafKind.Input } ? 0 : g.Key is Leaf ? 1 : 2)
                .GroupBy(g => g.Key is Leaf { Kind: LeafKind.Input or LeafKind.State }
                    ? (object)g.Key
                    : (g.Key.Size, string.Join(",", g.Select(p => p.Accumulator))))
                .Select(g => g.SelectMany(p => p).OrderBy(p => p.Projection.Matrix.FirstRow).ToArray())
        ];
        PanelBias[] biases =
            [.. accumulators.SelectMany((a, index) => a.Biases.Select(b => new PanelBias(b, index)))];

        int columns = groups.Select(g => g.Length).DefaultIfEmpty(0).Max();
        StageShape shape = StageShape.Choose(
            size, columns, groups.Sum(g => g[0].Projection.Source.Size), _unroll, _inOrder ? accumulators.Length : null, _chainsPerSum);

        if (columns == 0 && _phases.Keys.Any(value => value is Mean))
        {
            // Around means much arithmetic is done again in every phase: one vector at a time keeps the method small.
            shape = shape with { Portable = new KernelShape(1, 1) };
        }

        var panels = new List<WeightPanel>();
        foreach ((Projection Projection, int Accumulator)[] group in groups)
        {
            var taken = new int[accumulators.Length];
            PanelColumn[] panelColumns =
            [
                .. group.Select(p => new PanelColumn(p.Projection, p.Accumulator, _inOrder ? 0 : taken[p.Accumulator]++, SourcePlace(p.Projection.Source))
                {
                    SourceName = NameOf(p.Projection.Source),
                    IsToken = _tokens && p.Projection.Source is Leaf { Kind: LeafKind.Input },
                })
            ];
            var panel = new WeightPanel(
                _weightOffset + _weightSize, shape.Tile, panels.Count == 0 ? biases : [], group[0].Projection.Source.Size, panelColumns)
            {
                Joint = panels.Count(s => s.Columns.Select(c => c.Source).Distinct().Count() > 1),
            };
            panels.Add(panel);
            _weightSize += CacheLine.Pad(size) / shape.Tile * panel.TileStride;
        }

        return new Stage(phase, size, accumulators, panels, [.. stores.Where(s => s.Value is not Mean)], shape)
        {
            Names = _cell.Names,
            Reductions = [.. from store in stores
                             where store.Value is Mean
                             let mean = (Mean)store.Value
                             select new Reduction(mean, SourcePlace(mean.Operand), store.Place)],
        };
    }

    /// <summary>The trained vectors that a value multiplies or adds by itself, not in an accumulator.</summary>
    private static IEnumerable<ParameterVector> ElementVectors(Expression value) => value switch
    {
        ParameterVector vector => [vector],
        Accumulator => [],
        _ => value.Operands.SelectMany(ElementVectors),
    };

    private Stage PlaceVector(ParameterVector vector)
    {
        // One tile behind the other, so that it is read like any stored value.
        var panel = new WeightPanel(_weightOffset + _weightSize, CacheLine.Floats, [new PanelBias(vector, -1)], 0, []);
        _weightSize += CacheLine.Pad(vector.Size);
        _places[vector] = new Operand(Region.Weights, panel.Offset);
        return new Stage(0, vector.Size, [], [panel], [], StageShape.Choose(vector.Size, 0, 0, _unroll));
    }

    private string NameOf(Expression source) => source is Leaf leaf ? leaf.Symbol : _cell.Names[source] ?? "source";

    private Operand SourcePlace(Expression source) => source is Leaf leaf ? _leafPlace(leaf) : _places[source];

    private IEnumerable<Accumulator> AccumulatorsOf(Expression value, int phase)
    {
        if (Phase(value) < phase)
        {
            return [];
        }

        return value is Accumulator accumulator ? [accumulator] : value.Operands.SelectMany(o => AccumulatorsOf(o, phase));
    }

    /// <summary>Gives the leaves that a stage reads by themselves their places.</summary>
    private void PlaceLeaves(Expression value, Stage stage)
    {
        if (value is Leaf leaf)
        {
            _places[leaf] = _leafPlace(leaf);
        }
        else if (value is not Accumulator && (!_places.ContainsKey(value) || stage.Gives(value)))
        {
            foreach (Expression operand in value.Operands)
            {
                PlaceLeaves(operand, stage);
            }
        }
    }
}
