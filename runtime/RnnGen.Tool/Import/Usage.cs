namespace RnnGen.Tool.Import;

/// <summary>At which steps outputs depend on a signal.</summary>
[Flags]
internal enum Use
{
    /// <summary>At none.</summary>
    None = 0,

    /// <summary>At all of them.</summary>
    All = 1,

    /// <summary>At the last step of the window.</summary>
    Last = 2,

    /// <summary>At the first step of the window.</summary>
    First = 4,

    /// <summary>At the last step that the layer computes.</summary>
    Final = 8,
}

/// <summary>Finds which signals outputs depend on, in the order in which they are computed, and at which steps.</summary>
internal sealed class Usage
{
    private readonly ImportContext _context;
    private readonly Grid _grid;
    private readonly Dictionary<Signal, Use> _uses = [];

    /// <summary>Finds them.</summary>
    /// <param name="context">What nodes share.</param>
    /// <param name="grid">Steps and rows.</param>
    /// <param name="outputs">The outputs that are no states, by name.</param>
    public Usage(ImportContext context, Grid grid, IEnumerable<(string Name, SignalValue Value)> outputs)
    {
        _context = context;
        _grid = grid;
        foreach ((string name, SignalValue value) in outputs)
        {
            AddOutput(name, value);
        }

        Order = Sort(_uses.Keys);
        foreach (Signal signal in Order.Reverse())
        {
            foreach (Signal read in Reads(signal))
            {
                _uses[read] = _uses.GetValueOrDefault(read) | signal switch
                {
                    RecurrentSignal => Use.All,
                    FinalStateSignal => Use.Final,
                    _ => _uses[signal],
                };
            }
        }
    }

    /// <summary>The signals, each after those that it reads.</summary>
    public IReadOnlyList<Signal> Order { get; }

    /// <summary>Whether outputs depend on a signal.</summary>
    public bool Has(Signal signal) => _uses.ContainsKey(signal);

    /// <summary>Whether a recurrent layer passes on every step.</summary>
    /// <exception cref="ImportException">It passes on steps that no class passes on.</exception>
    public bool ReturnsSequences(RecurrentSignal layer)
    {
        Use use = _uses[layer];
        Use end = layer.IsReverse ? Use.First : Use.Last;
        if ((use & end) != 0 && _context.Lengths is not null && _grid.Steps > 1)
        {
            throw new ImportException(layer.Origin, $"expected the last state of rows of different lengths, found the {(layer.IsReverse ? "first" : "last")} step of the batch.");
        }

        use = (use & end) != 0 ? (use & ~end) | Use.Final : use;
        return use switch
        {
            Use.All => true,
            Use.Final => false,
            _ => throw new ImportException(
                layer.Origin, $"expected that its output is read at every step, or only after the last step that it computes, found: {use.ToString()}. A layer of a class passes on one or the other."),
        };
    }

    private IEnumerable<Signal> Reads(Signal signal) => signal.Reads.Select(wire => _context.Real(new Element(wire.Signal, 0)).Signal).Distinct();

    private void AddOutput(string name, SignalValue value)
    {
        var positions = new Dictionary<Signal, HashSet<int>>();
        foreach (Element element in value.Elements)
        {
            Element real = _context.Real(element);
            if (!positions.TryGetValue(real.Signal, out HashSet<int>? found))
            {
                positions.Add(real.Signal, found = []);
            }

            found.Add(real.Signal.Locate(real.Index).Position);
        }

        foreach ((Signal signal, HashSet<int> found) in positions)
        {
            bool isOnce = signal.Positions == _grid.Rows;
            Use use = found.Count == signal.Positions ? Use.All : isOnce ? Use.None : found.SetEquals(At(_grid.Steps - 1)) ? Use.Last : found.SetEquals(At(0)) ? Use.First : Use.None;
            _uses[signal] = _uses.GetValueOrDefault(signal) | (use != Use.None
                ? use
                : throw new ImportException($"Output '{name}'", $"expected all steps and rows, or the last step of all rows, found {found.Count} of {signal.Positions}."));
        }
    }

    private IEnumerable<int> At(int step) => Enumerable.Range(0, _grid.Rows).Select(row => _grid[step, row]);

    /// <summary>Without recursion: a file can have any number of nodes one after the other.</summary>
    private List<Signal> Sort(IEnumerable<Signal> roots)
    {
        var sorted = new List<Signal>();
        var entered = new HashSet<Signal>();
        var open = new Stack<(Signal Signal, bool IsDone)>(roots.Reverse().Select(root => (root, false)));
        while (open.TryPop(out (Signal Signal, bool IsDone) next))
        {
            if (next.IsDone)
            {
                sorted.Add(next.Signal);
            }
            else if (entered.Add(next.Signal))
            {
                open.Push((next.Signal, true));
                foreach (Signal read in Reads(next.Signal).Reverse())
                {
                    open.Push((read, false));
                }
            }
        }

        return sorted;
    }
}
