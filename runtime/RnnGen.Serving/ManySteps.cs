namespace RnnGen.Serving;

/// <summary>Steps that a caller has at hand.</summary>
/// <param name="keys">Their keys.</param>
/// <param name="inputs">Their inputs, one behind the other.</param>
/// <param name="outputs">Receives their outputs, one behind the other.</param>
/// <param name="results">Receives what came of them.</param>
internal ref struct ManySteps<TKey, TInput>(ReadOnlySpan<TKey> keys, ReadOnlySpan<TInput> inputs, Span<float> outputs, Span<StepResult> results) : ISteps<TKey, TInput>
{
    private readonly ReadOnlySpan<TKey> _keys = keys;
    private readonly ReadOnlySpan<TInput> _inputs = inputs;
    private readonly Span<float> _outputs = outputs;
    private readonly Span<StepResult> _results = results;

    /// <summary>The first exception.</summary>
    public Exception? Exception { get; private set; }

    public readonly TKey Key(int step) => _keys[step];

    public readonly ReadOnlySpan<TInput> Inputs(int step) => _inputs.Slice(step * (_inputs.Length / _keys.Length), _inputs.Length / _keys.Length);

    public readonly Span<float> Outputs(int step) => _outputs.Slice(step * (_outputs.Length / _keys.Length), _outputs.Length / _keys.Length);

    public readonly void Done(int step, StepResult result) => _results[step] = result;

    public void Failed(int step, Exception exception)
    {
        _results[step] = default;
        Exception ??= exception;
    }
}
