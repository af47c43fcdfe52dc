namespace RnnGen.Training;

/// <summary>One worker that runs windows side by side, as many at a time as the model's batches have lanes.</summary>
internal sealed class LaneRunner<TModel, TState, TTape, TBatch, TInput, TTarget>(TModel model)
    : WindowRunner<TModel, TState, TTape, TInput, TTarget>(model)
    where TModel : class, IRnnBatchModel<TModel, TState, TTape, TBatch, TInput, TTarget>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    // Of several heads, one target has all of a window.
    private static readonly int WindowInputs = TModel.SequenceLength * (typeof(TInput) == typeof(int) ? 1 : TModel.InputSize);
    private static readonly int WindowTargets =
        typeof(TTarget) == typeof(int) ? TModel.SequenceLength : typeof(TTarget) == typeof(float) ? TModel.SequenceLength * TModel.OutputSize : 1;

    private readonly TBatch _batch = model.CreateBatch();

    // The windows of a batch, one after the other.
    private readonly TInput[] _inputs = new TInput[TModel.BatchSize * WindowInputs];
    private readonly TTarget[] _targets = new TTarget[TModel.BatchSize * WindowTargets];
    private readonly int[] _lengths = new int[TModel.BatchSize];
    private int _lanes;
    private int _inputCount;
    private int _targetCount;

    private ReadOnlySpan<TInput> Inputs => _inputs.AsSpan(0, _inputCount);

    private ReadOnlySpan<TTarget> Targets => _targets.AsSpan(0, _targetCount);

    private ReadOnlySpan<int> Lengths => _lengths.AsSpan(0, _lanes);

    public override TTape CreateTape() => Model.CreateBatchTape();

    public override void Train(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<TState> carried, TTape tape)
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

            score += Model.Evaluate(_batch, Inputs, Lengths, Targets);
        }

        return score;
    }

    private void TrainBatch(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<TState> carried, TTape tape)
    {
        Clear();
        foreach (int window in windows)
        {
            Add(data, window);
        }

        for (int lane = 0; lane < carried.Length; lane++)
        {
            _batch.Read(lane, carried[lane]);
        }

        Model.Forward(_batch, Inputs, Lengths, tape);
        Model.Backward(tape, Targets);
        for (int lane = 0; lane < carried.Length; lane++)
        {
            WriteFinite(lane, carried[lane]);
        }
    }

    /// <summary>The rule of <see cref="State.StayFinite"/> for a lane: its state still is as it was before the window.</summary>
    private void WriteFinite(int lane, TState carried)
    {
        if (_batch.IsFinite(lane))
        {
            _batch.Write(lane, carried);
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
    /// Copies a window to the next lane: a data set may use the same memory for all. Of several heads, the targets stay where they are, as the
    /// generated <c>WindowTargets</c> says.
    /// </summary>
    private void Add(Dataset<TInput, TTarget> data, int window)
    {
        Read(data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
        inputs.CopyTo(_inputs.AsSpan(_inputCount));
        targets.CopyTo(_targets.AsSpan(_targetCount));
        _lengths[_lanes] = inputs.Length / (WindowInputs / TModel.SequenceLength);
        _lanes++;
        _inputCount += inputs.Length;
        _targetCount += targets.Length;
    }
}
