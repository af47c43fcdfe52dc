using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Stochastic gradient descent as PyTorch's <c>SGD</c>: <c>v = momentum·v + g</c>, <c>w = w - rate·v</c>; with Nesterov's
/// look-ahead <c>w = w - rate·(g + momentum·v)</c>.
/// </summary>
/// <param name="LearningRate">The learning rate. At least 0.</param>
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

    /// <summary>Whether to look ahead (Nesterov). <see langword="false"/> by default.</summary>
    public bool Nesterov { get; init; }

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Working(this, model);
    }

    private sealed class Working(Sgd settings, IRnnModel model) : Optimizer(settings, model)
    {
        private readonly Sgd _settings = settings;
        private readonly AlignedBuffer _velocity = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("momentum_buffer", _velocity)];

        private protected override void Apply(UpdatePass pass, float learningRate) => pass.Run(new Rule(this, learningRate));

        private readonly ref struct Rule(Working optimizer, float learningRate) : IUpdateRule
        {
            private readonly ref float _velocity = ref optimizer._velocity.Origin;
            private readonly float _momentum = optimizer._settings.Momentum;
            private readonly bool _looksAhead = optimizer._settings.Nesterov;
            private readonly float _rate = learningRate;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public TLanes Next<TLanes>(nuint place, TLanes weights, TLanes gradient)
                where TLanes : struct, ILanes<TLanes>
            {
                TLanes velocity = LaneMath.Flush((TLanes.Load(ref _velocity, place) * TLanes.Of(_momentum)) + gradient);
                TLanes.Store(velocity, ref _velocity, place);
                TLanes step = _looksAhead ? gradient + (TLanes.Of(_momentum) * velocity) : velocity;
                return weights - (TLanes.Of(_rate) * step);
            }
        }
    }
}
