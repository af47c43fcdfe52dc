using System.Numerics;
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
        private readonly AlignedBuffer _velocity = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("momentum_buffer", _velocity)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private protected override void Apply(nuint start, nuint end, ref float weights, ref float gradients, float scale, float learningRate)
        {
            var rate = new Vector<float>(learningRate);
            var factor = new Vector<float>(scale);
            var momentum = new Vector<float>(settings.Momentum);
            ref float velocity = ref _velocity.Origin;
            for (nuint k = start; k < end; k += (nuint)Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref gradients, k) * factor;
                Vector<float> v = (Vector.LoadUnsafe(ref velocity, k) * momentum) + gradient;
                Vector.StoreUnsafe(v, ref velocity, k);
                Vector<float> step = settings.Nesterov ? gradient + (momentum * v) : v;
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref weights, k) - (rate * step), ref weights, k);
            }
        }
    }
}
