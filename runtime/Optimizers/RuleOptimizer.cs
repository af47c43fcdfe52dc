using System.Runtime.InteropServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// An optimizer that is one rule for all weights. An update either leaves all weights and moments finite, or changes none of them. Mostly the rule
/// itself proves it beforehand, applied to bounds on what goes in; only where these do not suffice, all numbers are computed and looked at before the
/// first is written.
/// </summary>
/// <typeparam name="TRule">The rule.</typeparam>
internal abstract class RuleOptimizer<TRule> : Optimizer
    where TRule : struct, IUpdateRule, allows ref struct
{
    private readonly Moment _first;
    private readonly Moment _second;
    private Bound _firstBound = Bound.Unknown;
    private Bound _secondBound = Bound.Unknown;

    /// <summary>Takes the memory of the moments.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="model">The model.</param>
    /// <param name="moments">One or two, as many as the rule has.</param>
    protected RuleOptimizer(OptimizerSettings settings, IRnnModel model, params Moment[] moments)
        : base(settings, model)
    {
        Moments = moments;
        _first = moments[0];
        _second = moments[^1];
    }

    internal sealed override IReadOnlyList<Moment> Moments { get; }

    internal sealed override void MomentsChanged() => (_firstBound, _secondBound) = (Bound.Unknown, Bound.Unknown);

    /// <summary>The rule of the next update; <see cref="Optimizer.Updates"/> does not count it yet.</summary>
    protected abstract TRule Rule(float rate);

    private protected sealed override bool TryApply(Span<float> gradients, float scale, float rate, Bound gradient)
    {
        TRule rule = Rule(rate);
        (Bound weights, Bound first, Bound second) = After(rule, gradient);
        if (!AreKnown(weights, first, second))
        {
            Measure();
            (weights, first, second) = After(rule, gradient);
        }

        if (!AreKnown(weights, first, second) && !IsFinite(rule, gradients, scale))
        {
            return false;
        }

        foreach ((int start, int end) in Trained)
        {
            Pass(gradients, scale, start, end).Write(rule);
        }

        (_firstBound, _secondBound) = (first, second);
        Weights.Changed(weights);
        return true;
    }

    private static bool AreKnown(Bound weights, Bound first, Bound second) => weights.IsKnown && first.IsKnown && second.IsKnown;

    /// <summary>What the update makes of the bounds.</summary>
    private (Bound Weights, Bound First, Bound Second) After(TRule rule, Bound gradient)
    {
        Bound first = _firstBound;
        Bound second = _secondBound;
        Bound weights = rule.Next(0, Weights.Bound, gradient, ref first, ref second);
        return (weights.Rounded(), first.Rounded(), second.Rounded());
    }

    private void Measure()
    {
        Weights.Measure();
        _firstBound = _first.Measure();
        _secondBound = TRule.HasSecond ? _second.Measure() : Bound.UpTo(0);
    }

    private bool IsFinite(TRule rule, Span<float> gradients, float scale)
    {
        foreach ((int start, int end) in Trained)
        {
            if (!Pass(gradients, scale, start, end).IsFinite(rule))
            {
                return false;
            }
        }

        return true;
    }

    private UpdatePass Pass(Span<float> gradients, float scale, int start, int end) =>
        new(
            ref Weights.Origin,
            ref MemoryMarshal.GetReference(gradients),
            ref _first.Values.Origin,
            ref _second.Values.Origin,
            (nuint)start,
            (nuint)end,
            scale);
}
