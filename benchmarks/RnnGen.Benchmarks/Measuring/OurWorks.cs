namespace RnnGen.Benchmarks;

internal sealed class OurStreamWork<TModel, TState, TTape>(TModel model, Workload workload) : LocalWork
    where TModel : class, IMeasured<TModel, TState, TTape>
    where TState : State
    where TTape : Tape
{
    private readonly Tour<TState> _tour = new(
        [.. Enumerable.Range(0, workload.Streams).Select(_ => model.CreateState())], workload.Inputs, TModel.InputSize, TModel.OutputSize);

    public override bool IsManaged => true;

    public override float[] Check()
    {
        var all = new float[workload.StepsToCheck * TModel.OutputSize];
        for (int k = 0; k < workload.StepsToCheck; k++)
        {
            Do(1);
            _tour.Outputs.CopyTo(all.AsSpan(k * TModel.OutputSize));
        }

        return all;
    }

    protected override void Do(int count) => model.Stream(_tour, count);
}

internal sealed class OurSequenceWork<TModel, TState, TTape>(TModel model, Workload workload) : LocalWork
    where TModel : class, IMeasured<TModel, TState, TTape>
    where TState : State
    where TTape : Tape
{
    private readonly TState _state = model.CreateState();
    private readonly float[] _outputs = new float[TModel.SequenceLength * TModel.OutputSize];

    public override bool IsManaged => true;

    public override float[] Check()
    {
        Do(1);
        return [.. _outputs];
    }

    protected override void Do(int count)
    {
        for (; count > 0; count--)
        {
            _state.Reset();
            model.Forward(_state, workload.Inputs, _outputs);
        }
    }
}

internal sealed class OurTrainingWork<TModel, TState, TTape, TBatch> : LocalWork
    where TModel : class, IMeasuredInBatches<TModel, TState, TTape, TBatch>
    where TState : State
    where TTape : Tape
    where TBatch : Batch
{
    private readonly TModel _model;
    private readonly TState _state;
    private readonly TTape _tape;
    private readonly Optimizer? _optimizer;
    private readonly TBatch? _batch;
    private readonly float[] _inputs;
    private readonly float[] _outputGradients;

    public OurTrainingWork(TModel model, Workload workload)
    {
        _model = model;
        _state = model.CreateState();
        _batch = workload.Batch > 1 ? model.CreateBatch(workload.Batch) : null;
        _tape = _batch is null ? model.CreateTape() : model.CreateBatchTape();
        _optimizer = workload.Adam ? new Adam(1e-5f).CreateOptimizer(model) : null;
        _inputs = [.. Enumerable.Range(0, workload.Batch).SelectMany(lane => Lane(workload.Inputs, lane, workload.Batch, TModel.InputSize))];
        _outputGradients = [.. Enumerable.Range(0, workload.Batch).SelectMany(lane => Lane(workload.OutputGradients, lane, workload.Batch, TModel.OutputSize))];
    }

    public override bool IsManaged => true;

    public override float[] Check()
    {
        AddGradients();
        var all = new List<float>();
        foreach (Parameter parameter in MeasuredModel<TModel, TState, TTape, TBatch>.InPyTorchsOrder(_model))
        {
            var values = new float[parameter.Count];
            _tape.CopyGradient(parameter, values);
            all.AddRange(values);
        }

        _tape.Clear();
        return [.. all];
    }

    protected override void Do(int count)
    {
        for (; count > 0; count--)
        {
            AddGradients();
            if (_optimizer is null)
            {
                _tape.Clear();
            }
            else
            {
                _optimizer.Update(_tape);
            }
        }
    }

    private void AddGradients()
    {
        if (_batch is not null)
        {
            _batch.Reset();
            _model.Forward(_batch, _inputs, _tape);
            _model.Backward(_tape, _outputGradients, finalStateGradients: (TBatch?)null);
            return;
        }

        _state.Reset();
        _model.Forward(_state, _inputs, _tape);
        _model.Backward(_tape, _outputGradients, finalStateGradients: (TState?)null);
    }

    /// <summary>[steps][lanes][size] to [steps][size].</summary>
    private static float[] Lane(float[] all, int lane, int lanes, int size)
    {
        var rows = new float[all.Length / lanes];
        for (int step = 0; step < rows.Length / size; step++)
        {
            Array.Copy(all, ((step * lanes) + lane) * size, rows, step * size, size);
        }

        return rows;
    }
}
