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
        private readonly Adam _settings = settings;
        private readonly AlignedBuffer _means = new(model.Weights.Values.Length);
        private readonly AlignedBuffer _squares = new(model.Weights.Values.Length);

        // What each weight keeps of the decay, 1 or 0; null where all decay.
        private readonly AlignedBuffer? _decays = DecayMask(settings, model);

        internal override IReadOnlyList<Moment> Moments => [new("exp_avg", _means), new("exp_avg_sq", _squares)];

        private protected override void Apply(UpdatePass pass, float learningRate) => pass.Run(new Rule(this, learningRate));

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

        private readonly ref struct Rule : IUpdateRule
        {
            private readonly ref float _means;
            private readonly ref float _squares;
            private readonly ref float _decays;
            private readonly float _keepMean;
            private readonly float _addMean;
            private readonly float _keepSquare;
            private readonly float _addSquare;
            private readonly float _rate;
            private readonly float _correction;
            private readonly float _epsilon;
            private readonly float _keepWeight;

            public Rule(Working optimizer, float learningRate)
            {
                // Decimal fractions are meant exactly: (float)0.999 would be off by 1e-8, which 1 - β2ᵗ makes visible in the first steps.
                Adam settings = optimizer._settings;
                double beta1 = (double)(decimal)settings.Beta1;
                double beta2 = (double)(decimal)settings.Beta2;
                _keepMean = (float)beta1;
                _addMean = (float)(1 - beta1);
                _keepSquare = (float)beta2;
                _addSquare = (float)(1 - beta2);
                _rate = (float)(learningRate / (1 - Math.Pow(beta1, optimizer.Updates)));
                _correction = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, optimizer.Updates)));
                _epsilon = settings.Epsilon;
                _keepWeight = (float)(1 - ((double)learningRate * settings.Decay));
                _means = ref optimizer._means.Origin;
                _squares = ref optimizer._squares.Origin;
                if (optimizer._decays is not null)
                {
                    _decays = ref optimizer._decays.Origin;
                }
            }

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public TLanes Next<TLanes>(nuint place, TLanes weights, TLanes gradient)
                where TLanes : struct, ILanes<TLanes>
            {
                TLanes mean = LaneMath.Flush((TLanes.Load(ref _means, place) * TLanes.Of(_keepMean)) + (gradient * TLanes.Of(_addMean)));
                TLanes square = LaneMath.Flush((TLanes.Load(ref _squares, place) * TLanes.Of(_keepSquare)) + (gradient * gradient * TLanes.Of(_addSquare)));
                TLanes.Store(mean, ref _means, place);
                TLanes.Store(square, ref _squares, place);
                TLanes root = (TLanes.SquareRoot(square) * TLanes.Of(_correction)) + TLanes.Of(_epsilon);
                TLanes keep = Unsafe.IsNullRef(ref _decays)
                    ? TLanes.Of(_keepWeight)
                    : TLanes.Of(1) - (TLanes.Load(ref _decays, place) * TLanes.Of(1 - _keepWeight));
                return (weights * keep) - (TLanes.Of(_rate) * mean / root);
            }
        }
    }
}
