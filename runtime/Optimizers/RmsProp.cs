using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012) as PyTorch's <c>RMSprop</c>: <c>v = α·v + (1 - α)·g²</c>, <c>b = momentum·b + g / (√v + ε)</c>,
/// <c>w = w - rate·b</c>.
/// </summary>
/// <param name="LearningRate">The learning rate that the schedule starts from. At least 0.</param>
public sealed record RmsProp(float LearningRate = 0.01f) : OptimizerSettings(LearningRate)
{
    private readonly float _alpha = 0.99f;
    private readonly float _epsilon = 1e-8f;
    private readonly float _momentum;

    /// <summary>Decay of the mean of squared gradients, at least 0 and less than 1. 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Alpha
    {
        get => _alpha;
        init => _alpha = Fraction(value, nameof(Alpha));
    }

    /// <summary>Added to the root, so that nothing is divided by 0. More than 0; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = MoreThanZero(value, nameof(Epsilon));
    }

    /// <summary>The momentum, at least 0 and less than 1. 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Momentum
    {
        get => _momentum;
        init => _momentum = Fraction(value, nameof(Momentum));
    }

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Working(this, model);
    }

    private sealed class Working(RmsProp settings, IRnnModel model) : Optimizer(settings, model)
    {
        private readonly RmsProp _settings = settings;
        private readonly AlignedBuffer _squares = new(model.Weights.Values.Length);
        private readonly AlignedBuffer _velocity = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("square_avg", _squares), new("momentum_buffer", _velocity)];

        private protected override void Apply(UpdatePass pass, float learningRate) => pass.Run(new Rule(this, learningRate));

        private readonly ref struct Rule(Working optimizer, float learningRate) : IUpdateRule
        {
            private readonly ref float _squares = ref optimizer._squares.Origin;
            private readonly ref float _velocity = ref optimizer._velocity.Origin;
            private readonly float _keepSquare = (float)Alpha(optimizer);
            private readonly float _addSquare = (float)(1 - Alpha(optimizer));
            private readonly float _momentum = optimizer._settings.Momentum;
            private readonly float _epsilon = optimizer._settings.Epsilon;
            private readonly float _rate = learningRate;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public TLanes Next<TLanes>(nuint place, TLanes weights, TLanes gradient)
                where TLanes : struct, ILanes<TLanes>
            {
                TLanes square = LaneMath.Flush((TLanes.Load(ref _squares, place) * TLanes.Of(_keepSquare)) + (gradient * gradient * TLanes.Of(_addSquare)));
                TLanes.Store(square, ref _squares, place);
                TLanes step = gradient / (TLanes.SquareRoot(square) + TLanes.Of(_epsilon));
                TLanes velocity = LaneMath.Flush((TLanes.Load(ref _velocity, place) * TLanes.Of(_momentum)) + step);
                TLanes.Store(velocity, ref _velocity, place);
                return weights - (TLanes.Of(_rate) * velocity);
            }

            // A decimal fraction is meant exactly, as in Adam.
            private static double Alpha(Working optimizer) => (double)(decimal)optimizer._settings.Alpha;
        }
    }
}
