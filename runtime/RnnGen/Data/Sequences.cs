using System.Runtime.CompilerServices;
using RnnGen.Numerics;

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

    private Sequences(TInput[][] inputs, ReadOnlyMemory<TTarget>[] targets) => (_inputs, _targets) = (inputs, targets);

    /// <inheritdoc/>
    public override int Count => _inputs.Length;

    /// <inheritdoc/>
    public override ReadOnlySpan<TInput> Inputs(int index) => _inputs[Checked(index)];

    /// <inheritdoc/>
    public override ReadOnlySpan<TTarget> Targets(int index) => _targets[Checked(index)].Span;

    /// <summary>Splits the windows at random into those for training and those for validation or test. Both parts use the same arrays.</summary>
    /// <param name="training">The proportion for training, greater than 0, less than 1. The number of windows is rounded to the nearest.</param>
    /// <param name="seed">The seed of the random order: the same seed splits in the same way on every machine.</param>
    /// <returns>The two parts. Each window is in one of them.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="training"/> is out of range.</exception>
    public (Sequences<TInput, TTarget> Training, Sequences<TInput, TTarget> Test) Split(double training, int seed)
    {
        if (training is not (> 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(training), training, "Must be greater than 0 and less than 1.");
        }

        var order = new int[Count];
        new RandomStream(seed, number: 0).Shuffle(order);
        int count = (int)Math.Round(training * Count);
        return (Take(order[..count]), Take(order[count..]));

        Sequences<TInput, TTarget> Take(int[] windows) => new(Array.ConvertAll(windows, k => _inputs[k]), Array.ConvertAll(windows, k => _targets[k]));
    }

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
