using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// An optimizer that applies one rule to all weights. Derive from it to write your own. It has clipping, schedules, frozen layers, weight
/// decay, the trainer's files with the moments, and the guarantee that an update leaves all weights and moments finite or changes none of them.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
// Usually the rule itself, applied to bounds on its arguments, proves in advance that nothing overflows. Only if these bounds do not suffice, all results are
// computed and checked before the first one is written.
public abstract class Optimizer<TRule> : Optimizer
    where TRule : struct, IUpdateRule
{
    private readonly MomentBuffer[] _moments;

    // Which weights decay, 1 or 0; null if all do.
    private readonly AlignedBuffer? _decays;
    private Bound _firstBound = Bound.Unknown;
    private Bound _secondBound = Bound.Unknown;

    /// <summary>Creates an optimizer and allocates all memory that updates need.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="model">The model to train.</param>
    /// <param name="moments">The moments of the rule, as many as its <see cref="IUpdateRule.Moments"/>, with different names.</param>
    /// <exception cref="ArgumentException">The number of moments or a name is wrong.</exception>
    protected Optimizer(OptimizerSettings settings, IRnnModel model, params Moment[] moments)
        : base(settings, model)
    {
        ArgumentNullException.ThrowIfNull(moments);
        if (TRule.Moments is < 0 or > 2 || moments.Length != TRule.Moments)
        {
            throw new ArgumentException($"Expected as many moments as the rule has, {TRule.Moments}, and at most 2; found {moments.Length}.", nameof(moments));
        }

        if (moments.Length == 2 && moments[0].Name == moments[1].Name)
        {
            throw new ArgumentException($"Two moments are named '{moments[0].Name}'.", nameof(moments));
        }

        _moments = new MomentBuffer[moments.Length];
        for (int k = 0; k < moments.Length; k++)
        {
            ArgumentException.ThrowIfNullOrEmpty(moments[k].Name, nameof(moments));
            _moments[k] = new MomentBuffer(moments[k], new AlignedBuffer(Weights.Values.Length));
        }

        _decays = DecayMask(settings.DecayFilter);
    }

    internal sealed override IReadOnlyList<MomentBuffer> Moments => _moments;

    private ref float First => ref _moments.Length > 0 ? ref _moments[0].Values.Origin : ref Unsafe.NullRef<float>();

    private ref float Second => ref _moments.Length > 1 ? ref _moments[1].Values.Origin : ref Unsafe.NullRef<float>();

    internal sealed override void MomentsChanged() => (_firstBound, _secondBound) = (Bound.Unknown, Bound.Unknown);

    /// <summary>The rule of the next update, which <see cref="Optimizer.Updates"/> does not count yet.</summary>
    /// <param name="learningRate">Its learning rate.</param>
    /// <returns>
    /// The rule. It must not change a weight of 0 whose gradient and moments are 0: the packed weights contain padding, which the kernels read.
    /// </returns>
    protected abstract TRule NextRule(float learningRate);

    private protected sealed override bool TryApply(Span<float> gradients, float scale, float rate, Bound gradient)
    {
        TRule rule = NextRule(rate);
        CheckZero(rule);
        var decay = new WeightDecay(_decays, (float)(1 - ((double)rate * Settings.Decay)));
        (Bound weights, Bound first, Bound second) = After(rule, decay, gradient);
        if (!AreKnown(weights, first, second))
        {
            Measure();
            (weights, first, second) = After(rule, decay, gradient);
        }

        if (!AreKnown(weights, first, second) && !IsFinite(rule, decay, gradients, scale))
        {
            return false;
        }

        foreach ((int start, int end) in Trained)
        {
            Pass(gradients, scale, start, end).Write(rule, decay);
        }

        (_firstBound, _secondBound) = (first, second);
        Weights.Changed(weights);
        return true;
    }

    private static bool AreKnown(Bound weights, Bound first, Bound second) => weights.IsKnown && first.IsKnown && second.IsKnown;

    // Compiled with optimization at once, so that the rule and its arithmetic become one method instead of twenty small ones at the first update.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CheckZero(TRule rule)
    {
        Bound first = default;
        Bound second = default;
        Bound weights = rule.Next(default, default, ref first, ref second);

        // If a rate is beyond all bounds, nothing is known.
        if (weights is { IsKnown: true, IsZero: false } || first is { IsKnown: true, IsZero: false } || second is { IsKnown: true, IsZero: false })
        {
            throw new InvalidOperationException($"The rule {typeof(TRule)} changes a weight of 0 whose gradient and moments are 0; it must leave such a weight unchanged.");
        }
    }

    /// <summary>The bounds after the update.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private (Bound Weights, Bound First, Bound Second) After(TRule rule, WeightDecay decay, Bound gradient)
    {
        Bound first = _firstBound;
        Bound second = _secondBound;
        Bound weights = rule.Next(decay.Apply(Weights.Bound), gradient, ref first, ref second);
        return (weights.Rounded(), first.Rounded(), second.Rounded());
    }

    private void Measure()
    {
        Weights.Measure();
        _firstBound = _moments.Length > 0 ? _moments[0].Measure() : default;
        _secondBound = _moments.Length > 1 ? _moments[1].Measure() : default;
    }

    private bool IsFinite(TRule rule, WeightDecay decay, Span<float> gradients, float scale)
    {
        foreach ((int start, int end) in Trained)
        {
            if (!Pass(gradients, scale, start, end).IsFinite(rule, decay))
            {
                return false;
            }
        }

        return true;
    }

    private UpdatePass<TRule> Pass(Span<float> gradients, float scale, int start, int end) =>
        new(ref Weights.Origin, ref MemoryMarshal.GetReference(gradients), ref First, ref Second, (nuint)start, (nuint)end, scale);

    private AlignedBuffer? DecayMask(Func<Parameter, bool>? filter)
    {
        if (filter is null)
        {
            return null;
        }

        var mask = new AlignedBuffer(Weights.Values.Length);
        foreach (Parameter parameter in Weights.Parameters.Where(filter))
        {
            var ones = new float[parameter.Count];
            Array.Fill(ones, 1f);
            parameter.Write(ones, mask.Span);
        }

        return mask;
    }
}
