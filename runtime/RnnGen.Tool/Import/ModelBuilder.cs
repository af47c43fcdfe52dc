using RnnGen.Tool.Description;

namespace RnnGen.Tool.Import;

/// <summary>Builds the description of a class from the outputs of a graph, and finds where inputs and outputs are in it.</summary>
internal sealed class ModelBuilder
{
    private readonly ImportContext _context;
    private readonly IReadOnlyList<InputSignal> _inputs;
    private readonly (string Name, SignalValue Value)[] _outputs;
    private readonly HashSet<string> _states;
    private readonly Grid _grid;
    private readonly Dictionary<int, (int Step, int Row)> _steps = [];
    private readonly LayerSet _layers;
    private readonly Dictionary<string, ImportedLayer> _results = [];
    private HashSet<Signal> _needed = [];

    private ModelBuilder(ImportContext context, IReadOnlyList<InputSignal> inputs, (string Name, SignalValue Value)[] outputs, string className)
    {
        _context = context;
        _inputs = inputs;
        _outputs = outputs;
        _layers = new LayerSet(new LayerNames(className));
        foreach ((_, SignalValue value) in outputs)
        {
            foreach (InputSignal input in value.Elements.Select(element => element.Signal).OfType<InputSignal>().Distinct())
            {
                input.Resolve(value, value.Shape is [.., > 0 and var last] ? last : 1);
            }
        }

        _grid = context.Grid ?? Grid.OneStep(outputs.Max(output => output.Value.Elements.Max(element => element.Signal.Positions)));
        for (int step = 0; step < _grid.Steps; step++)
        {
            for (int row = 0; row < _grid.Rows; row++)
            {
                _steps[_grid[step, row]] = (step, row);
            }
        }

        _states = FindStates();
    }

    /// <summary>Builds the description.</summary>
    /// <param name="context">What nodes share.</param>
    /// <param name="inputs">The inputs of the graph.</param>
    /// <param name="outputs">The outputs of the graph, at least one, none of them empty.</param>
    /// <param name="className">The name of the class.</param>
    public static ImportedModel Build(ImportContext context, IReadOnlyList<InputSignal> inputs, (string Name, SignalValue Value)[] outputs, string className) =>
        new ModelBuilder(context, inputs, outputs, className).Build();

    private ImportedModel Build()
    {
        (string Name, SignalValue Value)[] results = [.. _outputs.Where(output => !_states.Contains(output.Name))];
        var usage = new Usage(_context, _grid, results);
        var builder = new LayerBuilder(_context, usage, _layers);
        Wire[][] wires = Array.ConvertAll(results, result => WiresOf(result.Value));
        bool isWhole = results.Length == 1 && !LayerBuilder.IsHead(wires[0]);
        HashSet<Signal> needed = Needed(builder, usage, wires.SelectMany(w => isWhole ? w : builder.ReadByHead(w)));
        _needed = needed;
        CheckPositions();
        InputSignal[] data = [.. needed.OfType<InputSignal>().OrderBy(input => input.Order)];
        bool hasTokens = needed.OfType<EmbeddingSignal>().Any();
        foreach (InputSignal input in data)
        {
            if (hasTokens || input.IsInteger)
            {
                if (!needed.OfType<EmbeddingSignal>().Any(embedding => embedding.Tokens.Signal == input))
                {
                    throw new ImportException($"Input '{input.Name}'", $"expected either tokens or numbers as inputs, found both.");
                }
            }
            else
            {
                _layers.AddInput(input);
            }
        }

        foreach (Signal signal in usage.Order.Where(needed.Contains))
        {
            builder.Add(signal);
        }

        // The outputs of the class are those of its last layer, unless they are those of heads.
        ImportedLayer[] last = isWhole ? [.. wires[0].Select(wire => _layers.Find(wire)?.Layer).OfType<ImportedLayer>().Distinct()] : [];
        isWhole = isWhole && last.Length == 1 && _layers.All[^1] == last[0] && wires[0].All(wire => _layers.Find(wire) is not null);
        for (int k = 0; k < results.Length; k++)
        {
            _results[results[k].Name] = isWhole ? last[0] : builder.AddHead($"output '{results[k].Name}'", wires[k]);
        }

        return new ImportedModel
        {
            Format = "",
            InputSize = _layers.InputSize,
            HasTokens = hasTokens,
            Layers = _layers.All,
            Inputs = [.. _inputs.Select(input => Describe(input, data))],
            Outputs = [.. _outputs.Select(output => new ImportedOutput(output.Name, output.Value.Shape, PlacesOf(output, isWhole)))],
            Notes = [.. _context.Notes.Distinct()],
            Steps = _grid.Steps,
            Rows = _grid.Rows,
            HasFixedSteps = true,
        };
    }

    /// <summary>Inputs and layers have values at every step of every row; what reads final states, at every row.</summary>
    private void CheckPositions()
    {
        foreach (Signal signal in _needed)
        {
            if (signal.Positions != _steps.Count && (signal.Positions != _grid.Rows || signal is InputSignal))
            {
                throw new ImportException(signal.Origin, $"expected a value for each of {_grid.Steps} steps of {_grid.Rows} rows, found {signal.Positions} values.");
            }
        }
    }

    /// <summary>The outputs that are states. If all are, the first one that is h of a layer is the output of the class.</summary>
    private HashSet<string> FindStates()
    {
        var states = new HashSet<string>(StringComparer.Ordinal);
        foreach ((string name, SignalValue value) in _outputs)
        {
            if (value.Elements.All(element => StateOf(element) is not null))
            {
                states.Add(name);
            }
        }

        if (states.Count == _outputs.Length)
        {
            (string Name, SignalValue Value) first = _outputs.FirstOrDefault(output => output.Value.Elements.All(element => StateOf(element) is (_, 'h')));
            states.Remove(first.Name ?? _outputs[0].Name);
        }

        return states;
    }

    private (RecurrentSignal Layer, char State)? StateOf(Element element) => _context.Real(element).Signal switch
    {
        FinalStateSignal final => (final.Layer, final.State),
        RecurrentSignal layer when _grid.Steps == 1 => (layer, 'h'),
        _ => null,
    };

    private Wire[] WiresOf(SignalValue value) => [.. value.Elements.Select(Output).Distinct()];

    /// <summary>The column that an element of an output is. That of a final state is the last output of its layer.</summary>
    private Wire Output(Element element)
    {
        Element real = _context.Real(element);
        (_, int column) = real.Signal.Locate(real.Index);
        return new Wire(real.Signal is FinalStateSignal { State: 'h' } final ? final.Layer : real.Signal, column);
    }

    private static HashSet<Signal> Needed(LayerBuilder builder, Usage usage, IEnumerable<Wire> roots)
    {
        var needed = roots.Select(wire => wire.Signal).ToHashSet();
        foreach (Signal signal in usage.Order.Reverse().Where(needed.Contains))
        {
            needed.UnionWith(builder.Read(signal).Select(wire => wire.Signal));
        }

        return needed;
    }

    private ImportedInput Describe(InputSignal input, InputSignal[] data)
    {
        if (data.Contains(input))
        {
            return new ImportedInput(input.Name, input.Shape, InputRole.Data, [.. Enumerable.Range(0, Shapes.Count(input.Shape)).Select(index => PlaceOf(input, index))]);
        }

        if (input == _context.Lengths)
        {
            return new ImportedInput(input.Name, input.Shape, InputRole.Lengths, []);
        }

        var places = new Place[Shapes.Count(input.Shape)];
        Array.Fill(places, Place.None);
        bool isState = false;
        foreach (RecurrentSignal layer in _needed.OfType<RecurrentSignal>())
        {
            isState |= AddState(input, places, layer, 'h', layer.InitialH.Elements) | AddState(input, places, layer, 'c', layer.InitialC.Elements);
        }

        return new ImportedInput(input.Name, input.Shape, isState ? InputRole.State : InputRole.Unused, isState ? places : []);
    }

    private Place PlaceOf(InputSignal input, int index)
    {
        (int position, int column) = input.Locate(index);
        (int step, int row) = _steps[position];
        return new Place("", false, step, row, _layers.FindInput(new Wire(input, column)) ?? column);
    }

    private bool AddState(InputSignal input, Place[] places, RecurrentSignal layer, char state, Element[]? elements)
    {
        bool isState = false;
        for (int k = 0; k < (elements?.Length ?? 0); k++)
        {
            if (elements![k].Signal == input)
            {
                places[elements[k].Index] = new Place(StateName(layer, state), true, 0, k / layer.Width, k % layer.Width);
                isState = true;
            }
        }

        return isState;
    }

    private string StateName(RecurrentSignal layer, char state)
    {
        (ImportedLayer found, _) = _layers.Find(new Wire(layer, 0))
            ?? throw new ImportException(layer.Origin, $"expected that an output depends on the layer, found that only its state is one.");
        return $"{found.Name}.{state}{(layer.IsReverse ? "_reverse" : "")}";
    }

    private Place[] PlacesOf((string Name, SignalValue Value) output, bool isWhole)
    {
        if (_states.Contains(output.Name))
        {
            return Array.ConvertAll(output.Value.Elements, element =>
            {
                (RecurrentSignal layer, char state) = StateOf(element)!.Value;
                Element real = _context.Real(element);
                (int position, int column) = real.Signal.Locate(real.Index);
                return new Place(StateName(layer, state), true, 0, real.Signal is FinalStateSignal ? position : _steps[position].Row, column);
            });
        }

        ImportedLayer result = _results[output.Name];
        Dictionary<Wire, int> columns = WiresOf(output.Value).Select((wire, k) => (wire, k)).ToDictionary(pair => pair.wire, pair => pair.k);
        bool isOnce = output.Value.Elements.Select(StepOf).Distinct().Count() == 1 || output.Value.Elements.All(element => element.Signal is FinalStateSignal);
        return Array.ConvertAll(output.Value.Elements, element =>
        {
            Wire wire = Output(element);
            Element real = _context.Real(element);
            (int position, _) = real.Signal.Locate(real.Index);
            (int step, int row) = real.Signal.Positions == _grid.Rows && _grid.Steps > 1 ? (0, position) : _steps[position];
            return new Place(result.Name, false, isOnce ? 0 : step, row, isWhole ? _layers.Find(wire)!.Value.Column : columns[wire]);
        });
    }

    private int StepOf(Element element)
    {
        Element real = _context.Real(element);
        (int position, _) = real.Signal.Locate(real.Index);
        return real.Signal.Positions == _grid.Rows ? 0 : _steps[position].Step;
    }
}
