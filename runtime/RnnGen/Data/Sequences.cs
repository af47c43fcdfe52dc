namespace RnnGen;

/// <summary>Windows in separate arrays, of equal or different lengths.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>.</typeparam>
public sealed class Sequences<TInput, TTarget> : Dataset<TInput, TTarget>
{
    private readonly TInput[][] _inputs;
    private readonly TTarget[][] _targets;

    /// <summary>Uses the arrays without copying them.</summary>
    /// <param name="inputs">One array per window, [steps x InputSize] or one token per step.</param>
    /// <param name="targets">One array per window, as for the model's <c>Backward</c>.</param>
    /// <exception cref="ArgumentException">The numbers of arrays differ, or an array is null.</exception>
    public Sequences(IEnumerable<TInput[]> inputs, IEnumerable<TTarget[]> targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(targets);
        _inputs = [.. inputs];
        _targets = [.. targets];
        if (_targets.Length != _inputs.Length)
        {
            throw new ArgumentException($"Expected targets for {_inputs.Length} windows, found {_targets.Length}.", nameof(targets));
        }

        if (_inputs.Contains(null) || _targets.Contains(null))
        {
            throw new ArgumentException("A window is null.", _inputs.Contains(null) ? nameof(inputs) : nameof(targets));
        }
    }

    /// <inheritdoc/>
    public override int Count => _inputs.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<TInput> Inputs(int index) => _inputs[Checked(index)];

    /// <inheritdoc/>
    public override ReadOnlySpan<TTarget> Targets(int index) => _targets[Checked(index)];

    private int Checked(int index) => (uint)index < (uint)Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"A window must be in 0 .. {Count - 1}.");
}
