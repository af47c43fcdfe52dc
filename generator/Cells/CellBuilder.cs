namespace RnnGen.Generator.Cells;

/// <summary>The vocabulary in which cells are written. Names of tensors and their row order are PyTorch's.</summary>
internal sealed class CellBuilder(string name, int inputSize, int size, bool bias)
{
    private readonly ExpressionGraph _graph = new();
    private readonly List<Tensor> _tensors = [];
    private readonly List<(Leaf Value, Expression? Next)> _states = [];
    private Expression? _output;

    /// <summary>The input of the step.</summary>
    public Leaf Input => _graph.Leaf(LeafKind.Input, "x", inputSize);

    /// <summary>Declares a state; by default as large as the cell.</summary>
    public Leaf State(string symbol, int? stateSize = null)
    {
        Leaf state = _graph.Leaf(LeafKind.State, symbol, stateSize ?? size);
        _states.Add((state, null));
        return state;
    }

    /// <summary>A gate's sum: <c>W·x + b_ih + U·h + b_hh</c>, with <c>h</c> the first state.</summary>
    public Expression Gate(string gate) => FromInput(gate) + FromState(gate, _states[0].Value);

    /// <summary>A gate's share of the input: <c>W·x + b_ih</c>.</summary>
    public Expression FromInput(string gate) => Affine("ih", "i", gate, Input);

    /// <summary>A gate's share of a state: <c>U·source + b_hh</c>.</summary>
    public Expression FromState(string gate, Expression source) => Affine("hh", "h", gate, source);

    /// <summary>A projection with a tensor of its own.</summary>
    public Expression Project(string tensorName, string symbol, Expression source, int rows, Initializer initializer, bool transposed = false, string? gate = null)
    {
        Tensor tensor = Tensor(tensorName, source.Size, initializer, isVector: false, transposed);
        return _graph.Project(new Matrix(tensor, tensor.TakeRows(rows, gate), rows, symbol, gate), source);
    }

    /// <summary>A trained vector with a tensor of its own: a bias, a diagonal, a gain.</summary>
    public Expression Vector(string tensorName, string symbol, int rows, Initializer initializer, string? gate = null)
    {
        Tensor tensor = Tensor(tensorName, 1, initializer, isVector: true);
        return _graph.Parameter(tensor, tensor.TakeRows(rows, gate), rows, symbol);
    }

    /// <summary>Layer normalisation without gain and bias: (a - mean) / √(variance + ε).</summary>
    public Expression Normalize(Expression value, double epsilon = 1e-5)
    {
        Expression centred = value - _graph.Mean(value);
        return centred * _graph.Apply(ElementFunction.ReciprocalSqrt, _graph.Mean(centred * centred) + epsilon);
    }

    public Expression Tanh(Expression value) => Apply(ElementFunction.Tanh, value);

    public Expression Sigmoid(Expression value) => Apply(ElementFunction.Sigmoid, value);

    public Expression Relu(Expression value) => Apply(ElementFunction.Relu, value);

    public Expression Apply(ElementFunction function, Expression value) => _graph.Apply(function, value);

    public void Next(Leaf state, Expression value) => _states[_states.FindIndex(s => s.Value == state)] = (state, value);

    public void Output(Expression value) => _output = value;

    public Cell Build() =>
        new(name, Input, [.. _states.Select(s => new CellState(s.Value.Symbol, s.Value, s.Next!))], _output, _tensors);

    private Expression Affine(string tensorSuffix, string symbolPrefix, string gate, Expression source)
    {
        Initializer initializer = Initializer.Uniform(size);
        Expression sum = Project($"weight_{tensorSuffix}_l0", $"W_{symbolPrefix}{gate}", source, size, initializer, gate: gate);
        return bias ? sum + Vector($"bias_{tensorSuffix}_l0", $"b_{symbolPrefix}{gate}", size, initializer, gate) : sum;
    }

    private Tensor Tensor(string tensorName, int columns, Initializer initializer, bool isVector, bool transposed = false)
    {
        Tensor? known = _tensors.Find(t => t.Name == tensorName);
        if (known is null)
        {
            known = new Tensor(tensorName, columns, initializer, isVector, transposed);
            _tensors.Add(known);
        }

        return known;
    }
}
