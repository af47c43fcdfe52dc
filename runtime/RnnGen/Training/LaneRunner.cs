namespace RnnGen.Training;

/// <summary>A worker that runs as many windows at a time as the model's batches have lanes.</summary>
internal sealed class LaneRunner<TInput, TTarget>(IRnnBatchModel<TInput, TTarget> model) : WindowRunner<TInput, TTarget>(model)
{
    private readonly IRnnBatchModel<TInput, TTarget> _model = model;
    private readonly Batch _batch = model.CreateBatch(model.BatchSize);
    private readonly int _inputLength = model.GetInputLength(steps: 1);

    // The windows of a batch, one after the other.
    private readonly TInput[] _inputs = new TInput[model.BatchSize * model.GetInputLength(model.SequenceLength)];
    private readonly TTarget[] _targets = new TTarget[model.BatchSize * model.GetTargetLength(model.SequenceLength)];
    private readonly int[] _lengths = new int[model.BatchSize];
    private int _lanes;
    private int _inputCount;
    private int _targetCount;

    private ReadOnlySpan<TInput> Inputs => _inputs.AsSpan(0, _inputCount);

    private ReadOnlySpan<TTarget> Targets => _targets.AsSpan(0, _targetCount);

    private ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, _lanes);

    public override Tape CreateTape() => _model.CreateBatchTape();

    public override void Train(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<State> carried, Tape tape)
    {
        for (int first = 0; first < windows.Length; first += _lengths.Length)
        {
            int lanes = Math.Min(_lengths.Length, windows.Length - first);
            TrainBatch(data, windows.Slice(first, lanes), carried.IsEmpty ? [] : carried.Slice(first, lanes), tape);
        }
    }

    public override Score Evaluate(Dataset<TInput, TTarget> data, int start, int end)
    {
        Score score = default;
        while (start < end)
        {
            Clear();
            for (; start < end && _lanes < _lengths.Length; start++)
            {
                Add(data, start);
            }

            score += _model.Evaluate(_batch, Inputs, Lengths, Targets);
        }

        return score;
    }

    private void TrainBatch(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<State> carried, Tape tape)
    {
        Clear();
        foreach (int window in windows)
        {
            Add(data, window);
        }

        for (int lane = 0; lane < carried.Length; lane++)
        {
            _batch.CopyIn(lane, carried[lane]);
        }

        _model.Forward(_batch, Inputs, Lengths, tape);
        _model.Backward(tape, Targets);
        for (int lane = 0; lane < carried.Length; lane++)
        {
            WriteFinite(lane, carried[lane]);
        }
    }

    /// <summary><see cref="State.StayFinite"/> for a lane, whose state still has the values from before the window.</summary>
    private void WriteFinite(int lane, State carried)
    {
        if (_batch.IsFinite(lane))
        {
            _batch.CopyOut(lane, carried);
        }
        else if (!carried.IsFinite)
        {
            carried.Reset();
        }
    }

    private void Clear()
    {
        _batch.Reset();
        (_lanes, _inputCount, _targetCount) = (0, 0, 0);
    }

    /// <summary>
    /// Copies a window to the next lane, because a data set may return the same memory for all windows. With several heads, the targets are not copied, as
    /// documented for the generated <c>WindowTargets</c>.
    /// </summary>
    private void Add(Dataset<TInput, TTarget> data, int window)
    {
        Read(data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
        inputs.CopyTo(_inputs.AsSpan(_inputCount));
        int steps = inputs.Length / _inputLength;
        Span<TTarget> places = _targets.AsSpan(_targetCount, _model.GetTargetLength(steps));
        _model.CopyTargets(targets, places);
        _lengths[_lanes] = steps;
        _lanes++;
        _inputCount += inputs.Length;
        _targetCount += places.Length;
    }
}
