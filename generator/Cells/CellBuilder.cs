namespace RnnGen.Generator.Cells;

/// <summary>The operations of which cells are composed. Names of tensors and their row order are PyTorch's.</summary>
internal sealed class CellBuilder(string name, int inputSize, int size, bool bias)
{
    private readonly ExpressionGraph _graph = new();
    private readonly List<Tensor> _tensors = [];
    private readonly List<(Leaf Value, Expression? Next)> _states = [];
    private readonly List<CellMask> _masks = [];
    private readonly ValueNames _names = new();
    private bool _learnsInitialState;
    private Expression? _output;

    /// <summary>The input of the step.</summary>
    public Leaf Input => _graph.Leaf(LeafKind.Input, "x", inputSize);

    /// <summary>Names a value, for equations and generated locals, unless it has a name already.</summary>
    public Expression Let(string valueName, Expression value)
    {
        _names.Add(value, valueName);
        return value;
    }

    /// <summary>Declares a state; by default as large as the cell.</summary>
    public Leaf State(string symbol, int? stateSize = null)
    {
        Leaf state = _graph.Leaf(LeafKind.State, symbol, stateSize ?? size);
        _states.Add((state, null));
        return state;
    }

    /// <summary>A gate's sum: <c>W·x + b_ih + U·h + b_hh</c>, with <c>h</c> the first state or a value derived from it.</summary>
    public Expression Gate(string gate, Expression? source = null) => FromInput(gate) + FromState(gate, source ?? _states[0].Value);

    /// <summary>The part of a gate's sum from the input: <c>W·x + b_ih</c>.</summary>
    public Expression FromInput(string gate) => Affine("ih", "i", gate, Input);

    /// <summary>The part of a gate's sum from a state: <c>U·source + b_hh</c>.</summary>
    public Expression FromState(string gate, Expression source) => Affine("hh", "h", gate, source);

    /// <summary>A projection with its own tensor.</summary>
    public Expression Project(string tensorName, string symbol, Expression source, int rows, Initializer initializer, TensorRole role = TensorRole.Trained, bool transposed = false, string? gate = null)
    {
        Tensor tensor = Tensor(tensorName, source.Size, initializer, isVector: false, transposed, role);
        return _graph.Project(new Matrix(tensor, tensor.TakeRows(rows, gate), rows, symbol, gate), source);
    }

    /// <summary>A trained vector with its own tensor: a bias, a diagonal, a gain.</summary>
    public Expression Vector(string tensorName, string symbol, int rows, Initializer initializer, string? gate = null, TensorRole role = TensorRole.Trained)
    {
        Tensor tensor = Tensor(tensorName, 1, initializer, isVector: true, role: role);
        return _graph.Parameter(tensor, tensor.TakeRows(rows, gate), rows, symbol);
    }

    /// <summary>Layer normalization without gain and bias: (a - mean) / √(variance + ε).</summary>
    public Expression Normalize(Expression value, double epsilon = 1e-5) => Normalize([value], epsilon)[0];

    /// <summary>Layer normalization of the concatenation of several values of the same size.</summary>
    public Expression[] Normalize(Expression[] values, double epsilon = 1e-5)
    {
        Expression mean = MeanOf(values);
        Expression[] centred = [.. values.Select(v => v - mean)];
        Expression scale = _graph.Apply(ElementFunction.ReciprocalSqrt, MeanOf([.. centred.Select(v => v * v)]) + epsilon);
        return [.. centred.Select(v => v * scale)];
    }

    /// <summary>
    /// The sums of all gates with layer normalization: <c>γ_ih ∘ N(W_ih·x) + b_ih + γ_hh ∘ N(W_hh·h) + b_hh</c>, where N acts on the gates
    /// together (Ba et al. 2016, equation 20; its three biases are one sum, written here as PyTorch's two).
    /// </summary>
    public Dictionary<string, Expression> NormalizedGates(string[] gates, Expression state)
    {
        Expression[] fromInput = Normalize([.. gates.Select(g => Let(g + "X", Product("ih", "i", g, Input)))]);
        Expression[] fromState = Normalize([.. gates.Select(g => Let(g + "H", Product("hh", "h", g, state)))]);
        return gates.Select((gate, k) => (Gate: gate, Sum: Part("ih", "i", gate, fromInput[k]) + Part("hh", "h", gate, fromState[k])))
            .ToDictionary(g => g.Gate, g => g.Sum);

        Expression Part(string suffix, string prefix, string gate, Expression normalized)
        {
            Expression part = normalized * Vector($"weight_ln_{suffix}_l0", $"γ_{prefix}{gate}", size, Initializer.Ones, gate);
            return bias ? part + Vector($"bias_{suffix}_l0", $"b_{prefix}{gate}", size, Initializer.Uniform(size), gate) : part;
        }
    }

    /// <summary>The memory of the output with layer normalization (Ba et al. 2016, equation 22): <c>γ_c ∘ N(c) + β_c</c>.</summary>
    public Expression NormalizedMemory(Expression memory)
    {
        Expression scaled = Normalize(memory) * Vector("weight_ln_c_l0", "γ_c", size, Initializer.Ones);
        return bias ? scaled + Vector("bias_ln_c_l0", "β_c", size, Initializer.Zeros) : scaled;
    }

    /// <summary>
    /// A state as the matrices of a step read it, with recurrent dropout: one mask for all steps of a window (Gal and
    /// Ghahramani 2016).
    /// </summary>
    public Expression Dropped(Leaf state, double rate) =>
        rate > 0 ? Let("m" + state.Symbol, Mask("m_" + state.Symbol, state.Size, rate, mean: 1, everyStep: false) * state) : state;

    /// <summary>The next value of a state, with zoneout: some elements keep their values (Krueger et al. 2017).</summary>
    public Expression Zoneout(Leaf state, Expression computed, double rate)
    {
        if (rate == 0)
        {
            return Let(state.Symbol + "'", computed);
        }

        Let(state.Symbol + "New", computed);
        Expression updated = Mask("u_" + state.Symbol, state.Size, rate, mean: 1 - rate, everyStep: true);
        return Let(state.Symbol + "'", (updated * computed) + ((1 - updated) * state));
    }

    /// <summary>Makes initial states trained: a vector per state, <c>initial_h_l0</c>.</summary>
    public void LearnInitialState(bool learn) => _learnsInitialState = learn;

    /// <summary>A value limited to -bound .. bound; without a bound, the value.</summary>
    public Expression Clip(Expression value, double bound) => bound > 0 ? _graph.Apply(ElementFunction.Clip(-bound, bound), value) : value;

    public Expression Tanh(Expression value) => Apply(ElementFunction.Tanh, value);

    public Expression Sigmoid(Expression value) => Apply(ElementFunction.Sigmoid, value);

    public Expression Relu(Expression value) => Apply(ElementFunction.Relu, value);

    public Expression Apply(ElementFunction function, Expression value) => _graph.Apply(function, value);

    public void Next(Leaf state, Expression value) => _states[_states.FindIndex(s => s.Value == state)] = (state, _graph.Own(value, state.Size));

    /// <summary>Declares the output. It is stored even if it simplifies to the input or to a constant.</summary>
    public void Output(Expression value, int? outputSize = null) => _output = _graph.Own(value, outputSize ?? size);

    /// <summary>A value of the cell's size with its own name, even if it is the input or a constant.</summary>
    public Expression Own(Expression value) => _graph.Own(value, size);

    public Cell Build()
    {
        CellState[] states = [.. _states.Select(s => new CellState(s.Value.Symbol, s.Value, s.Next!) { Initial = _learnsInitialState ? Initial(s.Value) : null })];
        return new Cell(name, Input, states, _output, _tensors) { Names = _names, Masks = _masks };
    }

    private Leaf Mask(string symbol, int count, double rate, double mean, bool everyStep)
    {
        Leaf mask = _graph.Leaf(LeafKind.Mask, symbol, count);
        if (!_masks.Any(m => m.Value == mask))
        {
            _masks.Add(new CellMask(mask, rate, mean, everyStep));
        }

        return mask;
    }

    private Tensor Initial(Leaf state)
    {
        Tensor tensor = Tensor($"initial_{state.Symbol}_l0", 1, Initializer.Zeros, isVector: true);
        tensor.TakeRows(state.Size);
        return tensor;
    }

    private Expression Affine(string tensorSuffix, string symbolPrefix, string gate, Expression source)
    {
        Expression sum = Product(tensorSuffix, symbolPrefix, gate, source);
        return bias ? sum + Vector($"bias_{tensorSuffix}_l0", $"b_{symbolPrefix}{gate}", size, Initializer.Uniform(size), gate) : sum;
    }

    private Expression Product(string tensorSuffix, string symbolPrefix, string gate, Expression source) =>
        Project($"weight_{tensorSuffix}_l0", $"W_{symbolPrefix}{gate}", source, size, Initializer.Uniform(size), gate: gate);

    private Expression MeanOf(Expression[] values) =>
        values.Select(_graph.Mean).Aggregate((left, right) => left + right) * (1.0 / values.Length);

    private Tensor Tensor(string tensorName, int columns, Initializer initializer, bool isVector, bool transposed = false, TensorRole role = TensorRole.Trained)
    {
        Tensor? known = _tensors.Find(t => t.Name == tensorName);
        if (known is null)
        {
            known = new Tensor(tensorName, columns, initializer, isVector, transposed, role);
            _tensors.Add(known);
        }

        return known;
    }
}
