namespace RnnGen.Comparing;

/// <summary>Runs two models over the same data, side by side, and adds up how they differ.</summary>
internal sealed class PairRun<TInput>
{
    /// <summary>Parts of the sequence, over which the errors are told.</summary>
    private const int Parts = 10;

    private readonly IRnnModel<TInput> _model;
    private readonly ComparedData<TInput> _data;
    private readonly Decisions _decisions;
    private readonly long _longest;
    private readonly string[] _names;
    private readonly ErrorSum _outputs = new();
    private readonly ErrorSum[] _states;
    private readonly (ErrorSum Outputs, ErrorSum States)[] _parts;

    public PairRun(IRnnModel<TInput> model, ComparedData<TInput> data, float? threshold)
    {
        (_model, _data) = (model, data);
        _decisions = new Decisions(model, threshold);
        int perStep = model.GetInputLength(1);
        for (int window = 0; window < data.Count; window++)
        {
            int steps = data.Inputs(window).Length / perStep;
            Steps += steps;
            _longest = Math.Max(_longest, steps);
        }

        _longest = data.IsStream ? Steps : _longest;
        _names = [.. model.CreateState().Names];
        _states = [.. _names.Select(_ => new ErrorSum())];
        _parts = [.. Enumerable.Range(0, (int)Math.Min(Parts, _longest)).Select(_ => (new ErrorSum(), new ErrorSum()))];
    }

    /// <summary>Number of steps of all windows.</summary>
    public long Steps { get; }

    public SignalError Outputs => _outputs.Error;

    /// <summary>Where the largest difference of an output is.</summary>
    public (int Window, int Step, int Output) Place { get; private set; }

    public IReadOnlyList<StateError> States => [.. _names.Zip(_states, (name, sum) => new StateError(name, sum.Error))];

    public IReadOnlyList<PartError> PartErrors => [.. _parts.Select((part, k) => new PartError(FirstOf(k), FirstOf(k + 1) - 1, part.Outputs.ErrorOrNone, part.States.ErrorOrNone))];

    public long Decisions => _decisions.Count;

    public long DecisionsChanged => _decisions.Changed;

    /// <summary>Runs both models.</summary>
    /// <param name="other">The second one.</param>
    public PairRun<TInput> With(IRnnModel<TInput> other)
    {
        State state = _model.CreateState();
        State otherState = other.CreateState();
        bool byStep = _model is IRnnStreamingModel<TInput> && other is IRnnStreamingModel<TInput> && _model.GetOutputLength(2) == 2 * _model.OutputSize;
        int perStep = _model.GetInputLength(1);
        long start = 0;
        for (int window = 0; window < _data.Count; window++)
        {
            if (!_data.IsStream)
            {
                state.Reset();
                otherState.Reset();
                start = 0;
            }

            ReadOnlySpan<TInput> inputs = _data.Inputs(window);
            int steps = inputs.Length / perStep;
            if (byStep)
            {
                RunSteps((IRnnStreamingModel<TInput>)_model, (IRnnStreamingModel<TInput>)other, state, otherState, inputs, window, start);
            }
            else
            {
                var expected = new float[_model.GetOutputLength(steps)];
                var actual = new float[expected.Length];
                _model.Forward(state, inputs, expected);
                other.Forward(otherState, inputs, actual);
                AddWindow(expected, actual, window, start, steps);
                AddStates(state, otherState, PartOf(start + steps - 1));
            }

            start += steps;
        }

        return this;
    }

    /// <summary>Step by step, so that all states are seen.</summary>
    private void RunSteps(
        IRnnStreamingModel<TInput> model, IRnnStreamingModel<TInput> other, State state, State otherState, ReadOnlySpan<TInput> inputs, int window, long start)
    {
        int perStep = _model.GetInputLength(1);
        var expected = new float[_model.OutputSize];
        var actual = new float[_model.OutputSize];
        for (int step = 0; step < inputs.Length / perStep; step++)
        {
            model.Step(state, inputs.Slice(step * perStep, perStep), expected);
            other.Step(otherState, inputs.Slice(step * perStep, perStep), actual);
            int part = PartOf(start + step);
            AddRow(expected, actual, part, window, step, first: 0);
            _decisions.Add(expected, actual, steps: 1);
            AddStates(state, otherState, part);
        }
    }

    private void AddWindow(float[] expected, float[] actual, int window, long start, int steps)
    {
        foreach (ModelHead head in ModelHead.AllOf(_model))
        {
            ReadOnlySpan<float> right = head.In(expected, steps);
            ReadOnlySpan<float> found = head.In(actual, steps);
            int rows = head.Rows(steps);
            for (int row = 0; row < rows; row++)
            {
                int step = rows == steps ? row : steps - 1;
                AddRow(right.Slice(row * head.Size, head.Size), found.Slice(row * head.Size, head.Size), PartOf(start + step), window, step, head.FirstOutput);
            }
        }

        _decisions.Add(expected, actual, steps);
    }

    private void AddRow(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, int part, int window, int step, int first)
    {
        if (_outputs.Add(expected, actual) is int output and >= 0)
        {
            Place = (window, step, first + output);
        }

        _parts[part].Outputs.Add(expected, actual);
    }

    private void AddStates(State state, State other, int part)
    {
        for (int k = 0; k < _names.Length; k++)
        {
            _states[k].Add(state[_names[k]], other[_names[k]]);
            _parts[part].States.Add(state[_names[k]], other[_names[k]]);
        }
    }

    private int PartOf(long step) => (int)(step * _parts.Length / _longest);

    private long FirstOf(int part) => ((part * _longest) + _parts.Length - 1) / _parts.Length;
}
