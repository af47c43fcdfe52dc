using System.Runtime.CompilerServices;

namespace RnnGen;

/// <summary>Windows in separate arrays, of equal or different lengths.</summary>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>.</typeparam>
public sealed class Sequences<TInput, TTarget> : Dataset<TInput, TTarget>
{
    private readonly TInput[][] _inputs;
    private readonly ReadOnlyMemory<TTarget>[] _targets;

    /// <summary>Uses the arrays without copying them.</summary>
    /// <param name="inputs">One array per window, [steps x InputSize] or one token per step.</param>
    /// <param name="targets">One array per window, as for the model's <c>Backward</c>.</param>
    /// <exception cref="ArgumentException">The numbers of arrays differ, or an array is null.</exception>
    public Sequences(IEnumerable<TInput[]> inputs, IEnumerable<TTarget[]> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        TTarget[][] all = [.. targets];
        if (all.Contains(null))
        {
            throw new ArgumentException("A window is null.", nameof(targets));
        }

        _targets = [.. all];
        _inputs = Windows(inputs, _targets.Length);
    }

    /// <summary>
    /// Windows with one target each: the <c>WindowTargets</c> of a model with several heads, or the class of a window. Uses the arrays of the inputs without copying them.
    /// </summary>
    /// <param name="inputs">One array per window, [steps x InputSize] or one token per step.</param>
    /// <param name="targets">One value per window.</param>
    /// <exception cref="ArgumentException">The numbers of windows and targets differ, or an array is null.</exception>
    [OverloadResolutionPriority(1)] // [new(...)] and [] are lists of values.
    public Sequences(IEnumerable<TInput[]> inputs, IEnumerable<TTarget> targets)
    {
        ArgumentNullException.ThrowIfNull(targets);
        TTarget[] all = [.. targets];
        _targets = [.. Enumerable.Range(0, all.Length).Select(k => new ReadOnlyMemory<TTarget>(all, k, 1))];
        _inputs = Windows(inputs, _targets.Length);
    }

    /// <inheritdoc/>
    public override int Count => _inputs.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<TInput> Inputs(int index) => _inputs[Checked(index)];

    /// <inheritdoc/>
    public override ReadOnlySpan<TTarget> Targets(int index) => _targets[Checked(index)].Span;

    private static TInput[][] Windows(IEnumerable<TInput[]> inputs, int targets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        TInput[][] all = [.. inputs];
        if (all.Length != targets)
        {
            throw new ArgumentException($"Expected targets for {all.Length} windows, found {targets}.", nameof(targets));
        }

        return all.Contains(null) ? throw new ArgumentException("A window is null.", nameof(inputs)) : all;
    }

    private int Checked(int index) => (uint)index < (uint)Count
        ? index
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"A window must be in 0 .. {Count - 1}.");
}
