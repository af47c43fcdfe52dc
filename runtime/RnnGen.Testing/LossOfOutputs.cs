using System.Globalization;

namespace RnnGen.Testing;

/// <summary>A random sum of a window's outputs and last states.</summary>
internal sealed class LossOfOutputs<TInput> : GradientCheck
{
    private readonly IRnnModel<TInput> _model;
    private readonly Tape _tape;
    private readonly State _state;
    private readonly TInput[] _inputs;
    private readonly float[]? _start;
    private readonly float[] _outputs;
    private readonly float[] _outputGradients;
    private readonly float[] _lastGradients;
    private readonly double[] _ends;
    private readonly ReferenceInputs<TInput> _rows;

    /// <param name="model">The model, whose weights are shifted.</param>
    /// <param name="tape">A tape of it.</param>
    /// <param name="steps">The length of the window.</param>
    /// <param name="seed">Seed of inputs, states and sums.</param>
    /// <param name="fromStart">Whether the window is the first of its sequence, so that initial states are learned. Otherwise it starts from random states.</param>
    public LossOfOutputs(IRnnModel<TInput> model, Tape tape, int steps, int seed, bool fromStart)
        : base(model)
    {
        var random = new Random(seed);
        (_model, _tape, _state) = (model, tape, model.CreateState());
        _inputs = Made.Inputs(model, random, steps);
        _start = fromStart ? null : Made.Numbers(random, _state.Count);
        _outputs = new float[model.GetOutputLength(steps)];
        _outputGradients = Made.Numbers(random, _outputs.Length);
        _lastGradients = Made.Numbers(random, _state.Count);
        _ends = new double[_state.Count];
        _rows = new ReferenceInputs<TInput>(model.InputSize);
        IsPrecise = ReferenceNetwork.Knows(model) && !Masks.AreDrawn(model);
    }

    protected override bool IsPrecise { get; }

    protected override (Tape Tape, IEnumerable<(ShiftedValues Values, float[] Gradient)> Others) Backward()
    {
        Run();
        CompareOutputs();
        _tape.Clear();
        _model.Backward(_tape, _outputGradients, _model.Started(_lastGradients));

        var others = Made.Shifted(_model, _inputs, _tape).ToList();
        if (_start is { Length: > 0 } start)
        {
            string name = $"initial states ({string.Join(", ", _state.Names)})";
            others.Add((new ShiftedValues(name, [start.Length], [.. start], values => values.CopyTo(start, 0)), _tape.InitialStateGradients.Values()));
        }

        return (_tape, others);
    }

    protected override double Loss()
    {
        double[] outputs = IsPrecise ? RunInDouble() : RunSingle();
        return Sum(outputs, _outputGradients) + Sum(_ends, _lastGradients);
    }

    private static double Sum(double[] values, float[] factors)
    {
        double sum = 0;
        for (int k = 0; k < values.Length; k++)
        {
            sum += values[k] * factors[k];
        }

        return sum;
    }

    private void CompareOutputs()
    {
        if (!IsPrecise)
        {
            return;
        }

        const double Tolerance = 1e-4;
        double[] expected = RunInDouble();
        for (int k = 0; k < expected.Length; k++)
        {
            if (!(Math.Abs(expected[k] - _outputs[k]) <= Tolerance * Math.Max(1, Math.Abs(expected[k]))))
            {
                throw new CheckException(string.Create(CultureInfo.InvariantCulture, $"outputs[{k}]: expected {expected[k]:G6}, found {_outputs[k]:G6}."));
            }
        }
    }

    private void Run()
    {
        if (_start is null)
        {
            _state.Reset();
        }
        else
        {
            _state.StartFrom(_start);
        }

        _tape.Seed(MaskSeed);
        _model.Forward(_state, _inputs, _outputs, _tape);
    }

    private double[] RunSingle()
    {
        Run();
        Array.Copy(_state.Values(), _ends, _ends.Length);
        return [.. _outputs.Select(output => (double)output)];
    }

    private double[] RunInDouble()
    {
        ReferenceNetwork network = ReferenceNetwork.Of(_model);
        if (_start is not null)
        {
            _state.StartFrom(_start);
            network = network.StartingFrom(_state);
        }

        var state = new ReferenceState();
        double[] outputs = network.Run(_rows.Rows(_inputs), state);
        int place = 0;
        foreach (string name in _state.Names)
        {
            double[] end = EndOf(network, state, name);
            end.CopyTo(_ends, place);
            place += end.Length;
        }

        return outputs;
    }

    private static double[] EndOf(ReferenceNetwork network, ReferenceState state, string name)
    {
        foreach (ReferenceLayer layer in network.Layers)
        {
            for (int cell = 0; cell < layer.Cells.Count; cell++)
            {
                if (name == $"{layer.Name}.h{layer.Cells[cell].Suffix}")
                {
                    return state.Of(layer, cell).H;
                }

                if (name == $"{layer.Name}.c{layer.Cells[cell].Suffix}")
                {
                    return state.Of(layer, cell).C;
                }
            }
        }

        throw new InvalidOperationException($"There are no equations for the state {name}.");
    }
}
