namespace RnnGen.Interop;

/// <summary>One level and direction of a layer against the arrays of another library. Each conversion is written in both directions, side by side.</summary>
internal sealed class RecurrentConversion
{
    private readonly RecurrentPart _part;
    private readonly WeightLayout _layout;
    private readonly GateOrder _order;
    private readonly BiasConversion _biases;

    /// <summary>Checks the layout.</summary>
    /// <param name="part">The level and direction.</param>
    /// <param name="layout">The layout.</param>
    /// <exception cref="ArgumentException">The layout does not fit the layer.</exception>
    public RecurrentConversion(RecurrentPart part, WeightLayout layout)
    {
        _part = part;
        _layout = layout;
        _order = GateOrder.Parse(layout.GateOrder, part.Gates, nameof(layout));
        _biases = new BiasConversion(part, layout, _order);
        if (part.Layer.Declaration is GruAttribute gru && gru.LinearBeforeReset != layout.ResetAfter)
        {
            throw new ArgumentException(
                $"The {part.Text} applies the reset gate {Place(gru.LinearBeforeReset)} the recurrent product, the layout {Place(layout.ResetAfter)} it. "
                + $"Declare [Gru({gru.Size}, LinearBeforeReset = {(layout.ResetAfter ? "true" : "false")})] or, if these weights are for the other form, use the layout with ResetAfter = {(layout.ResetAfter ? "false" : "true")}.",
                nameof(layout));
        }

        if (layout.InvertedUpdate && !CanInvertUpdate)
        {
            throw new ArgumentException($"InvertedUpdate needs an update gate z with σ(-a) = 1 - σ(a), which {part.Text} does not have.", nameof(layout));
        }

        static string Place(bool isAfter) => isAfter ? "after" : "before";
    }

    /// <summary>The number of arrays that a library with this layout has for the layer: those of each property of <see cref="RecurrentWeights"/>, in their order.</summary>
    public IReadOnlyList<int> ArrayCounts =>
    [
        _order.Arrays.Count,
        _layout.Joined != JoinedWeights.None || _part.StateWeights is null ? 0 : _order.Arrays.Count,
        _biases.ArrayCounts.Input,
        _biases.ArrayCounts.State,
        _part.Peepholes.Count == 0 ? 0 : PeepholeOrder.Arrays.Count,
        _part.Projection is null ? 0 : 1,
        _part.InitialH is null ? 0 : 1,
        _part.InitialC is null ? 0 : 1,
    ];

    /// <summary>Reads arrays that follow each other.</summary>
    /// <param name="arrays">The arrays, as many as <see cref="ArrayCounts"/> says.</param>
    /// <returns>The new values of the parameters.</returns>
    /// <exception cref="ArgumentException">The arrays do not fit the layer.</exception>
    public IReadOnlyList<ParameterValues> Read(IReadOnlyList<WeightTensor> arrays)
    {
        var rest = new Queue<WeightTensor>(arrays);
        WeightTensor[][] parts = [.. ArrayCounts.Select(count => Enumerable.Range(0, count).Select(_ => rest.Dequeue()).ToArray())];
        return Read(new RecurrentWeights
        {
            InputWeights = parts[0],
            StateWeights = parts[1],
            InputBias = parts[2],
            StateBias = parts[3],
            Peepholes = parts[4],
            Projection = parts[5].FirstOrDefault(),
            InitialH = parts[6].FirstOrDefault(),
            InitialC = parts[7].FirstOrDefault(),
        });
    }

    /// <summary>Reads the arrays.</summary>
    /// <param name="weights">The arrays.</param>
    /// <returns>The new values of the parameters.</returns>
    /// <exception cref="ArgumentException">The arrays do not fit the layer.</exception>
    public IReadOnlyList<ParameterValues> Read(RecurrentWeights weights)
    {
        (float[] input, float[] state) = ReadMatrices(weights);
        (float[] inputBias, float[] stateBias) = _biases.Read(weights);
        InvertUpdate(input, state);
        return
        [
            new(_part.InputWeights, input),
            .. Optional(_part.StateWeights, state),
            .. Optional(_part.InputBias, inputBias),
            .. Optional(_part.StateBias, stateBias),
            .. ReadPeepholes(weights.Peepholes),
            .. ReadProjection(weights.Projection),
            .. ReadInitial(_part.InitialH, weights.InitialH, nameof(weights.InitialH)),
            .. ReadInitial(_part.InitialC, weights.InitialC, nameof(weights.InitialC)),
        ];
    }

    /// <summary>Writes the arrays.</summary>
    /// <exception cref="ArgumentException">The layout cannot express the layer.</exception>
    public RecurrentWeights Write()
    {
        float[] input = Values(_part.InputWeights);
        float[] state = Values(_part.StateWeights);
        InvertUpdate(input, state);
        (WeightTensor[] inputBias, WeightTensor[] stateBias) = _biases.Write();
        bool isJoined = _layout.Joined != JoinedWeights.None;
        return new RecurrentWeights
        {
            Layout = _layout,
            InputWeights = isJoined ? Matrix(_part.Inputs + _part.StateSize).Write(Join(input, state)) : Matrix(_part.Inputs).Write(input),
            StateWeights = isJoined || _part.StateWeights is null ? [] : Matrix(_part.StateSize).Write(state),
            InputBias = inputBias,
            StateBias = stateBias,
            Peepholes = _part.Peepholes.Count == 0 ? [] : Peepholes().Write([.. _part.Peepholes.SelectMany(peephole => Values(peephole.Parameter))]),
            Projection = _part.Projection is null ? null : Projection(_part.Projection).Write(Values(_part.Projection))[0],
            InitialH = Vector(_part.InitialH),
            InitialC = Vector(_part.InitialC),
        };
    }

    /// <summary>Whether negated sums give 1 minus the update gate: so it is for the logistic function and for one that is limited on both sides of 1/2.</summary>
    private bool CanInvertUpdate => _part.Gates.Contains("z") && _part.Layer.Declaration switch
    {
        GruAttribute gru => IsSymmetric(gru.GateActivation, gru.GateBeta),
        MguAttribute mgu => IsSymmetric(mgu.GateActivation, mgu.GateBeta),
        _ => true,
    };

    private static bool IsSymmetric(Activation function, double beta) =>
        function == Activation.Sigmoid || (function == Activation.HardSigmoid && (double.IsNaN(beta) || beta == 0.5));

    private void InvertUpdate(float[] input, float[] state)
    {
        if (_layout.InvertedUpdate)
        {
            _part.Negate("z", input);
            _part.Negate("z", state);
        }
    }

    private GateArrays Matrix(int columns) => new(_order, _part.Gates.Count, _part.Units, columns, _layout.Transposed);

    private GateOrder PeepholeOrder => GateOrder.Parse(_layout.PeepholeOrder, [.. _part.Peepholes.Select(peephole => peephole.Gate)], "layout");

    private GateArrays Peepholes() => new(PeepholeOrder, _part.Peepholes.Count, _part.Units, columns: 1, transposed: false);

    private GateArrays Projection(Parameter parameter) => new(new GateOrder([0], [1]), 1, parameter.Shape[0], parameter.Shape[1], _layout.Transposed);

    private (float[] Input, float[] State) ReadMatrices(RecurrentWeights weights)
    {
        string input = $"{nameof(weights.InputWeights)} of {_part.Text}";
        string state = $"{nameof(weights.StateWeights)} of {_part.Text}";
        bool isJoined = _layout.Joined != JoinedWeights.None;
        if (!isJoined && _part.StateWeights is not null)
        {
            return (Matrix(_part.Inputs).Read(weights.InputWeights, input), Matrix(_part.StateSize).Read(weights.StateWeights, state));
        }

        if (weights.StateWeights.Count > 0)
        {
            string reason = isJoined ? "the layout joins them with the input weights" : "the cell has none";
            throw new ArgumentException($"{state}: expected none, because {reason}; found {Shapes.Text(weights.StateWeights)}.", nameof(weights));
        }

        return isJoined ? Split(Matrix(_part.Inputs + _part.StateSize).Read(weights.InputWeights, input)) : (Matrix(_part.Inputs).Read(weights.InputWeights, input), []);
    }

    /// <summary>Separates the columns of a joined matrix.</summary>
    private (float[] Input, float[] State) Split(float[] joined)
    {
        var input = new float[_part.InputWeights.Count];
        var state = new float[_part.StateWeights?.Count ?? 0];
        foreach ((int place, int own, bool isInput) in JoinedPlaces())
        {
            (isInput ? input : state)[own] = joined[place];
        }

        return (input, state);
    }

    private float[] Join(float[] input, float[] state)
    {
        var joined = new float[input.Length + state.Length];
        foreach ((int place, int own, bool isInput) in JoinedPlaces())
        {
            joined[place] = (isInput ? input : state)[own];
        }

        return joined;
    }

    /// <summary>The elements of a joined matrix with their places in that of the input or of the state.</summary>
    private IEnumerable<(int Place, int Own, bool IsInput)> JoinedPlaces()
    {
        int columns = _part.Inputs + _part.StateSize;
        int firstInput = _layout.Joined == JoinedWeights.InputFirst ? 0 : _part.StateSize;
        int firstState = _layout.Joined == JoinedWeights.InputFirst ? _part.Inputs : 0;
        for (int row = 0; row < _part.Gates.Count * _part.Units; row++)
        {
            for (int column = 0; column < _part.Inputs; column++)
            {
                yield return ((row * columns) + firstInput + column, (row * _part.Inputs) + column, true);
            }

            for (int column = 0; column < _part.StateSize; column++)
            {
                yield return ((row * columns) + firstState + column, (row * _part.StateSize) + column, false);
            }
        }
    }

    private IEnumerable<ParameterValues> ReadPeepholes(IReadOnlyList<WeightTensor> arrays)
    {
        string what = $"{nameof(RecurrentWeights.Peepholes)} of {_part.Text}";
        if (_part.Peepholes.Count == 0)
        {
            return arrays.All(array => RecurrentPart.AreZero(array.Values.Span))
                ? []
                : throw new ArgumentException($"{what}: expected none, because the layer is declared without, found {Shapes.Text(arrays)}. Declare it with Peepholes = true.", "weights");
        }

        float[] values = arrays.Count == 0 ? new float[_part.Peepholes.Count * _part.Units] : Peepholes().Read(arrays, what);
        return _part.Peepholes.Select((peephole, k) => new ParameterValues(peephole.Parameter, values[(k * _part.Units)..((k + 1) * _part.Units)]));
    }

    private IEnumerable<ParameterValues> ReadProjection(WeightTensor? array)
    {
        string what = $"{nameof(RecurrentWeights.Projection)} of {_part.Text}";
        WeightTensor[] arrays = array is null ? [] : [array];
        if (_part.Projection is not null)
        {
            return [new(_part.Projection, Projection(_part.Projection).Read(arrays, what))];
        }

        return array is null ? [] : throw new ArgumentException(
            $"{what}: expected none, because the layer is declared without, found {Shapes.Text(arrays)}. Declare it with ProjectionSize, the size of h.", "weights");
    }

    private IEnumerable<ParameterValues> ReadInitial(Parameter? parameter, WeightTensor? array, string name)
    {
        string what = $"{name} of {_part.Text}";
        if (parameter is null)
        {
            return array is null || RecurrentPart.AreZero(array.Values.Span)
                ? []
                : throw new ArgumentException($"{what}: expected none or zeros, because sequences of the layer start from zero, found other values. Declare it with LearnInitialState = true.", "weights");
        }

        return array is null ? [new(parameter, new float[parameter.Count])]
            : array.Values.Length == parameter.Count ? [new(parameter, array.Values.ToArray())]
            : throw new ArgumentException($"{what}: expected [{parameter.Count}], found {array.ShapeText}.", "weights");
    }

    private static IEnumerable<ParameterValues> Optional(Parameter? parameter, float[] values) => parameter is null ? [] : [new(parameter, values)];

    private static WeightTensor? Vector(Parameter? parameter) => parameter is null ? null : new WeightTensor(Values(parameter));

    private static float[] Values(Parameter? parameter) => RecurrentPart.ValuesOf(parameter) ?? [];
}
