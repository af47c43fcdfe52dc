namespace RnnGen.Benchmarks;

internal sealed class OurStreamWork<TModel, TState>(TModel model, Workload workload) : LocalWork
    where TModel : class, IRnnModel<float>, IStreamed<TState>
    where TState : State
{
    private readonly Tour<TState> _tour = new(
        [.. Enumerable.Range(0, workload.Streams).Select(_ => (TState)model.CreateState())], workload.Inputs, model.InputSize, model.OutputSize);

    public override bool IsManaged => true;

    public override float[] Check()
    {
        var all = new float[workload.StepsToCheck * model.OutputSize];
        for (int k = 0; k < workload.StepsToCheck; k++)
        {
            Do(1);
            _tour.Outputs.CopyTo(all.AsSpan(k * model.OutputSize));
        }

        return all;
    }

    protected override void Do(int count) => model.Stream(_tour, count);
}

internal sealed class OurSequenceWork(IRnnModel<float> model, Workload workload) : LocalWork
{
    private readonly State _state = model.CreateState();
    private readonly float[] _outputs = new float[model.SequenceLength * model.OutputSize];

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

internal sealed class OurBatchWork(IRnnStreamingBatchModel<float> model, Workload workload) : LocalWork
{
    private readonly Tour<Batch> _tour = new(
        [model.CreateBatch(workload.Batch)], workload.Inputs, workload.Batch * model.InputSize, workload.Batch * model.OutputSize);

    public override bool IsManaged => true;

    public override float[] Check()
    {
        var all = new float[workload.StepsToCheck * workload.Batch * model.OutputSize];
        for (int k = 0; k < workload.StepsToCheck; k++)
        {
            Do(1);
            _tour.Outputs.CopyTo(all.AsSpan(k * _tour.Outputs.Length));
        }

        return all;
    }

    protected override void Do(int count)
    {
        for (; count > 0; count--)
        {
            model.Step(_tour.NextState(), _tour.NextInput(), _tour.Outputs);
        }
    }
}

internal sealed class OurTrainingWork : LocalWork
{
    private readonly IRnnBatchModel<float> _model;
    private readonly State _state;
    private readonly Tape _tape;
    private readonly Optimizer? _optimizer;
    private readonly Batch? _batch;
    private readonly float[] _inputs;
    private readonly float[] _outputGradients;

    public OurTrainingWork(IRnnBatchModel<float> model, Workload workload)
    {
        _model = model;
        _state = model.CreateState();
        _batch = workload.Batch > 1 ? model.CreateBatch(workload.Batch) : null;
        _tape = _batch is null ? model.CreateTape() : model.CreateBatchTape();
        _optimizer = workload.Adam ? new Adam(1e-5f).CreateOptimizer(model) : null;
        _inputs = [.. Enumerable.Range(0, workload.Batch).SelectMany(lane => Lane(workload.Inputs, lane, workload.Batch, model.InputSize))];
        _outputGradients = [.. Enumerable.Range(0, workload.Batch).SelectMany(lane => Lane(workload.OutputGradients, lane, workload.Batch, model.OutputSize))];
    }

    public override bool IsManaged => true;

    public override float[] Check()
    {
        AddGradients();
        var all = new List<float>();
        foreach (Parameter parameter in _model.Layers.SelectMany(layer => layer.Parameters))
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
            _model.Backward(_tape, _outputGradients, finalStateGradients: (Batch?)null);
            return;
        }

        _state.Reset();
        _model.Forward(_state, _inputs, _tape);
        _model.Backward(_tape, _outputGradients, finalStateGradients: (State?)null);
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
