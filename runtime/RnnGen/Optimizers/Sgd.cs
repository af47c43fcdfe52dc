using System.Runtime.CompilerServices;

namespace RnnGen;

/// <summary>
/// Stochastic gradient descent as PyTorch's <c>SGD</c>: <c>v = momentum·v + g</c>, <c>w = w - rate·v</c>; with Nesterov
/// momentum, <c>w = w - rate·(g + momentum·v)</c>.
/// </summary>
/// <param name="LearningRate">The initial learning rate. Finite and at least 0.</param>
public sealed record Sgd(float LearningRate) : OptimizerSettings(LearningRate)
{
    private readonly float _momentum;

    /// <summary>The momentum, at least 0 and less than 1. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Momentum
    {
        get => _momentum;
        init => _momentum = Fraction(value, nameof(Momentum));
    }

    /// <summary>Whether to use Nesterov momentum (Sutskever et al. 2013). <see langword="false"/> by default.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    protected internal override string MomentKind => Momentum == 0 ? nameof(Sgd) : $"{nameof(Sgd)} with {nameof(Momentum)}";

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model) => new SgdOptimizer(this, model);

    private sealed class SgdOptimizer(Sgd settings, IRnnModel model) : Optimizer<Rule>(settings, model, new Moment("momentum_buffer"))
    {
        protected override Rule NextRule(float learningRate) => new(settings, learningRate);
    }

    private readonly struct Rule(Sgd settings, float rate) : IUpdateRule
    {
        private readonly float _momentum = settings.Momentum;
        private readonly bool _looksAhead = settings.Nesterov;
        private readonly float _rate = rate;

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T velocity = T.Flush((first * T.Of(_momentum)) + gradient);
            first = velocity;
            T step = _looksAhead ? gradient + (T.Of(_momentum) * velocity) : velocity;
            return weights - (T.Of(_rate) * step);
        }
    }
}
