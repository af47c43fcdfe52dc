using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Loops.Schedules;

/// <summary>The element-wise work of a stage on one of the vectors of a pass: which values get names, and the order in which they are computed.</summary>
internal sealed class ElementWork
{
    private readonly Kernel _kernel;
    private readonly Stage _stage;
    private readonly SumNames _sums;
    private readonly int _v;
    private readonly Dictionary<Expression, int> _uses = [];
    private readonly Dictionary<Expression, int> _latencies = [];
    private readonly Dictionary<Expression, string> _locals = [];
    private readonly List<Node> _nodes = [];

    private ElementWork(Kernel kernel, Stage stage, SumNames sums, int v)
    {
        (_kernel, _stage, _sums, _v) = (kernel, stage, sums, v);
        foreach (Planning.Store store in stage.Stores)
        {
            Count(store.Value);
        }

        // In the order of the equations.
        foreach (Planning.Store store in stage.Stores.OrderBy(s => stage.Names.OrderOf(s.Value)))
        {
            if (IsWorthExplaining(store.Value))
            {
                _nodes.Add(new Equation(store.Value, stage.Names));
            }

            _nodes.Add(new Store(Unit(store.Place), Of(store.Value)));
        }
    }

    /// <param name="kernel">The kernel.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="sums">The variables that have its sums.</param>
    public static IEnumerable<Node> Nodes(Kernel kernel, Stage stage, SumNames sums)
    {
        // All vectors take each line in turn: they do not wait for each other.
        List<Node>[] nodes = [.. Enumerable.Range(0, sums.Vectors).Select(v => new ElementWork(kernel, stage, sums, v)._nodes)];
        return Enumerable.Range(0, nodes[0].Count).SelectMany(k => nodes[0][k] is Equation ? [nodes[0][k]] : nodes.Select(n => n[k]));
    }

    /// <summary>Whether the equation says more than the line below it, as a function of one sum does not, and is short enough to be read.</summary>
    private bool IsWorthExplaining(Expression value) =>
        _stage.Names[value] is not null && !IsRead(value) && (value is Binary || (value is Apply { Operand: Binary operand } && _stage.Names[operand] is null))
        && Operations(value, Thresholds.LongestEquation) > 0;

    /// <summary>What is left of a number of operations after those of a value, down to what has a name.</summary>
    private int Operations(Expression value, int left) => value.Operands
        .Where(operand => _stage.Names[operand] is null && operand is not (Leaf or Constant or ParameterVector))
        .Aggregate(left - 1, (rest, operand) => rest > 0 ? Operations(operand, rest) : rest);

    private void Count(Expression expression)
    {
        _uses.TryGetValue(expression, out int uses);
        _uses[expression] = uses + 1;
        if (uses == 0 && !IsRead(expression))
        {
            foreach (Expression operand in expression is Accumulator ? [] : expression.Operands)
            {
                Count(operand);
            }
        }
    }

    private bool IsRead(Expression expression) => _kernel.Plan.IsRead(expression, _stage);

    /// <summary>How many functions wait for each other until the value is there.</summary>
    private int Latency(Expression expression)
    {
        if (IsRead(expression) || expression is Accumulator)
        {
            return 0;
        }

        if (!_latencies.TryGetValue(expression, out int latency))
        {
            latency = expression.Operands.Select(Latency).DefaultIfEmpty(0).Max() + (expression is Apply ? 1 : 0);
            _latencies.Add(expression, latency);
        }

        return latency;
    }

    private Address Unit(Operand place) => _kernel.At(place).Along(Tiling.Unit(_stage, _kernel.Width)).At(_v);

    private Value Of(Expression expression)
    {
        if (_locals.TryGetValue(expression, out string? known))
        {
            return new Named(known);
        }

        bool isRead = IsRead(expression);
        switch (expression)
        {
            case Constant constant:
                return new Number(constant.Value);
            case Accumulator sum when !isRead:
                return new Named(_sums.Of(Array.IndexOf([.. _stage.Accumulators], sum), _v));
            case Binary { Left: var left, Right: var right } when !isRead && Latency(right) > Latency(left):
                // What takes longest is begun first.
                Of(right);
                break;
        }

        Value value = isRead ? Read(expression) : expression switch
        {
            Apply apply => new Call(apply.Function, FormOf(apply.Function), Of(apply.Operand)),
            Binary { Operator: BinaryOperator.Subtract, Left: Constant { Value: 0 } } negation => new Negate(Of(negation.Right)),
            Binary { Operator: BinaryOperator.Add } sum => (Of(sum.Left), Of(sum.Right)) switch
            {
                (var left, Negate right) => new Operation('-', left, right.Operand),
                (var left, var right) => new Operation(sum.Operation.Text, left, right),
            },
            Binary binary => new Operation(binary.Operation.Text, Of(binary.Left), Of(binary.Right)),
            Cells.Broadcast broadcast => Of(broadcast.Operand),
            _ => throw new NotSupportedException($"{expression.GetType().Name} has no kernel."),
        };

        if (_stage.Names[expression] is null && _uses[expression] == 1 && expression is not Leaf)
        {
            return value;
        }

        string name = LocalName(expression);
        _nodes.Add(new Let(name, value));
        _locals.Add(expression, name);
        return new Named(name);
    }

    // A short form takes longer, which other units hide.
    private FunctionForm FormOf(ElementFunction function) =>
        _kernel.Precise && function.HasPreciseForm ? FunctionForm.Precise
        : _kernel.IsBoundByMultipliers && function.HasShortForm && _stage.Tiles > 1 ? FunctionForm.Short
        : FunctionForm.Usual;

    /// <summary>A vector of units, or one number for all of them, with zeros in the padding.</summary>
    private Value Read(Expression expression)
    {
        Operand place = _kernel.Plan.Places[expression];
        if (expression.Size != 1 || _stage.Size == 1)
        {
            return new Load(Unit(place));
        }

        var number = new Broadcast(_kernel.At(place));
        return _stage.Size % CacheLine.Floats == 0 ? number : new FirstUnits(number, Unit(place with { Offset = 0 }), _stage.Size);
    }

    /// <summary>The value's name, unless a sum, a parameter or another local has it.</summary>
    private string LocalName(Expression expression)
    {
        string name = Names.Local(expression switch
        {
            Leaf leaf => leaf.Symbol,
            ParameterVector vector => vector.Symbol,
            _ => _stage.Names[expression] ?? "part" + _locals.Count,
        });
        string suffix = _sums.Suffix(_v);
        bool isTaken = _kernel.Plan.Regions.Any(r => Names.Of(r) == name + suffix)
            || _locals.ContainsValue(name + suffix)
            || _stage.Accumulators.Any(a => Names.Local(_stage.Names[a] ?? "") == name);
        return name + (isTaken ? "Value" : "") + suffix;
    }
}
