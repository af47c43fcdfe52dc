using System.Numerics;
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
        private readonly AlignedBuffer _squares = new(model.Weights.Values.Length);
        private readonly AlignedBuffer _velocity = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("square_avg", _squares), new("momentum_buffer", _velocity)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private protected override void Apply(nuint start, nuint end, ref float weights, ref float gradients, float scale, float learningRate)
        {
            // A decimal fraction is meant exactly, as in Adam.
            double alpha = (double)(decimal)settings.Alpha;
            var factor = new Vector<float>(scale);
            var keepSquare = new Vector<float>((float)alpha);
            var addSquare = new Vector<float>((float)(1 - alpha));
            var momentum = new Vector<float>(settings.Momentum);
            var epsilon = new Vector<float>(settings.Epsilon);
            var rate = new Vector<float>(learningRate);
            ref float squares = ref _squares.Origin;
            ref float velocity = ref _velocity.Origin;
            for (nuint k = start; k < end; k += (nuint)Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref gradients, k) * factor;
                Vector<float> square = (Vector.LoadUnsafe(ref squares, k) * keepSquare) + (gradient * gradient * addSquare);
                Vector.StoreUnsafe(square, ref squares, k);
                Vector<float> v = (Vector.LoadUnsafe(ref velocity, k) * momentum) + (gradient / (Vector.SquareRoot(square) + epsilon));
                Vector.StoreUnsafe(v, ref velocity, k);
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref weights, k) - (rate * v), ref weights, k);
            }
        }
    }
}
