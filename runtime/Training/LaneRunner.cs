namespace RnnGen.Training;

/// <summary>One worker that runs windows side by side, as many at a time as the model's batches have lanes.</summary>
internal sealed class LaneRunner<TModel, TState, TTape, TBatch, TInput, TTarget>(TModel model)
    : WindowRunner<TModel, TState, TTape, TInput, TTarget>(model, model.CreateBatchTape())
    where TModel : class, IRnnBatchModel<TModel, TState, TTape, TBatch, TInput, TTarget>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    private static readonly int InputWidth = typeof(TInput) == typeof(int) ? 1 : TModel.InputSize;
    private static readonly int TargetWidth = typeof(TTarget) == typeof(int) ? 1 : TModel.OutputSize;

    private readonly TBatch _batch = model.CreateBatch();

    // The windows of a batch, one after the other.
    private readonly TInput[] _inputs = new TInput[TModel.BatchSize * TModel.SequenceLength * InputWidth];
    private readonly TTarget[] _targets = new TTarget[TModel.BatchSize * TModel.SequenceLength * TargetWidth];
    private readonly int[] _lengths = new int[TModel.BatchSize];

    public override void Run(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<TState> carried)
    {
        for (int first = 0; first < windows.Length; first += _lengths.Length)
        {
            int lanes = Math.Min(_lengths.Length, windows.Length - first);
            RunBatch(data, windows.Slice(first, lanes), carried.IsEmpty ? [] : carried.Slice(first, lanes));
        }
    }

    private void RunBatch(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<TState> carried)
    {
        int inputCount = 0;
        int targetCount = 0;
        _batch.Reset();
        for (int lane = 0; lane < windows.Length; lane++)
        {
            ReadOnlySpan<TInput> inputs = data.Inputs(windows[lane]);
            ReadOnlySpan<TTarget> targets = data.Targets(windows[lane]);
            Model.CheckWindow(inputs, targets);
            inputs.CopyTo(_inputs.AsSpan(inputCount));
            targets.CopyTo(_targets.AsSpan(targetCount));
            inputCount += inputs.Length;
            targetCount += targets.Length;
            _lengths[lane] = inputs.Length / InputWidth;
            if (!carried.IsEmpty)
            {
                _batch.Read(lane, carried[lane]);
            }
        }

        Model.Forward(_batch, _inputs.AsSpan(0, inputCount), _lengths.AsSpan(0, windows.Length), Tape);
        Model.Backward(Tape, _targets.AsSpan(0, targetCount));
        for (int lane = 0; lane < carried.Length; lane++)
        {
            _batch.Write(lane, carried[lane]);
        }
    }
}
