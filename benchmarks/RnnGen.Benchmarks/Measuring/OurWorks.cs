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

/// <summary>Many streams that take a step each in one call, and then again.</summary>
internal sealed class OurManyStreamsWork<TModel, TState> : LocalWork
    where TModel : class, IRnnModel<float>, IStreamed<TState>
    where TState : State
{
    // Enough rows for one call, so that it has a real share of the work.
    private const int LeastRows = 256;

    private readonly TModel _model;
    private readonly Workload _workload;
    private readonly TState[] _states;
    private readonly float[] _inputs;
    private readonly float[] _outputs;
    private int _turn;
    private int _row;

    public OurManyStreamsWork(TModel model, Workload workload)
    {
        _model = model;
        _workload = workload;
        _states = model.CreateStates(workload.Streams);
        int windows = (LeastRows + workload.Shape.Steps - 1) / workload.Shape.Steps;
        _inputs = [.. Enumerable.Repeat(workload.Inputs, windows).SelectMany(window => window)];
        _outputs = new float[windows * workload.Shape.Steps * model.OutputSize];
    }

    public override bool IsManaged => true;

    public override float[] Check()
    {
        var all = new float[_workload.StepsToCheck * _model.OutputSize];
        int done = 0;
        while (done < _workload.StepsToCheck)
        {
            int streams = Next(_workload.StepsToCheck - done);
            _outputs.AsSpan(0, streams * _model.OutputSize).CopyTo(all.AsSpan(done * _model.OutputSize));
            done += streams;
        }

        return all;
    }

    protected override void Do(int count)
    {
        while (count > 0)
        {
            count -= Next(count);
        }
    }

    /// <summary>One call for as many streams as there are rows of inputs left, and streams that have their turn.</summary>
    /// <returns>Their number.</returns>
    private int Next(int most)
    {
        int width = _model.InputSize;
        int streams = Math.Min(Math.Min(most, _states.Length - _turn), (_inputs.Length / width) - _row);
        _model.Step(_states.AsSpan(_turn, streams), _inputs.AsSpan(_row * width, streams * width), _outputs.AsSpan(0, streams * _model.OutputSize));
        _turn = (_turn + streams) % _states.Length;
        _row = (_row + streams) % (_inputs.Length / width);
        return streams;
    }
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
