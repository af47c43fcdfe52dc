namespace RnnGen.Serving;

/// <summary>The steps that a shard takes together: which streams have the lanes, and what goes in and comes out.</summary>
internal sealed class LaneMemory<TInput>
{
    private readonly int _width;
    private readonly int[] _steps;
    private readonly int[] _rows;
    private readonly TInput[] _inputs;
    private readonly float[] _outputs;
    private readonly int[] _heads;

    // A stream has one lane at most: its next step starts from what this one leaves.
    private readonly HashSet<int> _streams;

    /// <param name="model">A model of the class.</param>
    public LaneMemory(IRnnBatchModel<TInput> model)
    {
        int lanes = model.BatchSize;
        _width = model.GetInputLength(1);
        _steps = new int[lanes];
        _rows = new int[lanes];
        _inputs = new TInput[lanes * _width];
        _outputs = new float[lanes * model.OutputSize];
        _heads = [.. ModelHead.AllOf(model).Select(head => head.Size)];
        _streams = new HashSet<int>(lanes);
    }

    /// <summary>Number of lanes that are taken.</summary>
    public int Count { get; private set; }

    public bool IsFull => Count == _steps.Length;

    public ReadOnlySpan<TInput> Inputs => _inputs.AsSpan(0, Count * _width);

    public Span<float> Outputs => _outputs.AsSpan(0, Count * (_outputs.Length / _steps.Length));

    public int StepOf(int lane) => _steps[lane];

    public int RowOf(int lane) => _rows[lane];

    public void Clear()
    {
        Count = 0;
        _streams.Clear();
    }

    public bool Has(int row) => _streams.Contains(row);

    /// <summary>Gives the next lane to a step.</summary>
    /// <param name="step">Its index.</param>
    /// <param name="row">The row of its stream, which has no lane yet.</param>
    /// <param name="inputs">What it reads.</param>
    public void Add(int step, int row, ReadOnlySpan<TInput> inputs)
    {
        inputs.CopyTo(_inputs.AsSpan(Count * _width, _width));
        _streams.Add(row);
        _steps[Count] = step;
        _rows[Count] = row;
        Count++;
    }

    /// <summary>Copies the outputs of a lane; of several heads, those of all lanes are one behind the other.</summary>
    public void CopyOutputs(int lane, Span<float> outputs)
    {
        int before = 0;
        foreach (int size in _heads)
        {
            _outputs.AsSpan((before * Count) + (lane * size), size).CopyTo(outputs[before..]);
            before += size;
        }
    }
}
