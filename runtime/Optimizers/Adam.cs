using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Adam (Kingma and Ba 2015) as PyTorch's <c>Adam</c>: <c>m = β1·m + (1 - β1)·g</c>, <c>v = β2·v + (1 - β2)·g²</c>,
/// <c>w = w - rate / (1 - β1ᵗ) · m / (√v / √(1 - β2ᵗ) + ε)</c>.
/// </summary>
/// <param name="LearningRate">The learning rate. At least 0.</param>
public record Adam(float LearningRate = 1e-3f) : OptimizerSettings(LearningRate)
{
    private readonly float _beta1 = 0.9f;
    private readonly float _beta2 = 0.999f;
    private readonly float _epsilon = 1e-8f;

    /// <summary>Decay of the mean of gradients, at least 0 and less than 1. 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Beta1
    {
        get => _beta1;
        init => _beta1 = Fraction(value, nameof(Beta1));
    }

    /// <summary>Decay of the mean of squared gradients, at least 0 and less than 1. 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Beta2
    {
        get => _beta2;
        init => _beta2 = Fraction(value, nameof(Beta2));
    }

    /// <summary>Added to the root, so that nothing is divided by 0. More than 0; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = MoreThanZero(value, nameof(Epsilon));
    }

    /// <summary>What every update takes from each weight, as a share of the learning rate, beside the gradient's part.</summary>
    private protected virtual float Decay => 0;

    /// <summary>Which parameters decay; null for all.</summary>
    private protected virtual Func<Parameter, bool>? DecayFilter => null;

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Working(this, model);
    }

    private sealed class Working(Adam settings, IRnnModel model) : Optimizer(settings, model)
    {
        private readonly AlignedBuffer _means = new(model.Weights.Values.Length);
        private readonly AlignedBuffer _squares = new(model.Weights.Values.Length);

        // What each weight keeps of the decay, 1 or 0; null where all decay.
        private readonly AlignedBuffer? _decays = DecayMask(settings, model);

        internal override IReadOnlyList<Moment> Moments => [new("exp_avg", _means), new("exp_avg_sq", _squares)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private protected override void Apply(nuint start, nuint end, ref float weights, ref float gradients, float scale, float learningRate)
        {
            // Decimal fractions are meant exactly: (float)0.999 would be off by 1e-8, which 1 - β2ᵗ makes visible in the first steps.
            double beta1 = (double)(decimal)settings.Beta1;
            double beta2 = (double)(decimal)settings.Beta2;
            var factor = new Vector<float>(scale);
            var keepMean = new Vector<float>((float)beta1);
            var addMean = new Vector<float>((float)(1 - beta1));
            var keepSquare = new Vector<float>((float)beta2);
            var addSquare = new Vector<float>((float)(1 - beta2));
            var rate = new Vector<float>((float)(learningRate / (1 - Math.Pow(beta1, Updates))));
            var correction = new Vector<float>((float)(1 / Math.Sqrt(1 - Math.Pow(beta2, Updates))));
            var epsilon = new Vector<float>(settings.Epsilon);
            var keepWeight = new Vector<float>((float)(1 - ((double)learningRate * settings.Decay)));
            if (_decays is not null)
            {
                ApplyDecay(start, end, ref weights, keepWeight);
                keepWeight = Vector<float>.One;
            }

            ref float means = ref _means.Origin;
            ref float squares = ref _squares.Origin;
            for (nuint k = start; k < end; k += (nuint)Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref gradients, k) * factor;
                Vector<float> mean = (Vector.LoadUnsafe(ref means, k) * keepMean) + (gradient * addMean);
                Vector<float> square = (Vector.LoadUnsafe(ref squares, k) * keepSquare) + (gradient * gradient * addSquare);
                Vector.StoreUnsafe(mean, ref means, k);
                Vector.StoreUnsafe(square, ref squares, k);
                Vector<float> root = (Vector.SquareRoot(square) * correction) + epsilon;
                Vector.StoreUnsafe((Vector.LoadUnsafe(ref weights, k) * keepWeight) - (rate * mean / root), ref weights, k);
            }
        }

        private void ApplyDecay(nuint start, nuint end, ref float weights, Vector<float> keep)
        {
            ref float decays = ref _decays!.Origin;
            for (nuint k = start; k < end; k += (nuint)Vector<float>.Count)
            {
                Vector<float> factor = Vector<float>.One - (Vector.LoadUnsafe(ref decays, k) * (Vector<float>.One - keep));
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref weights, k) * factor, ref weights, k);
            }
        }

        private static AlignedBuffer? DecayMask(Adam settings, IRnnModel model)
        {
            if (settings.DecayFilter is not Func<Parameter, bool> decays)
            {
                return null;
            }

            var mask = new AlignedBuffer(model.Weights.Values.Length);
            foreach (Parameter parameter in model.Weights.Parameters.Where(decays))
            {
                var ones = new float[parameter.Count];
                Array.Fill(ones, 1f);
                parameter.Write(ones, mask.Span);
            }

            return mask;
        }
    }
}
