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

    internal override string MomentKind => nameof(Adam);

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Working(this, model);
    }

    private sealed class Working(Adam settings, IRnnModel model)
        : RuleOptimizer<Rule>(settings, model, Moment.Of(model, "exp_avg"), Moment.OfSquares(model, "exp_avg_sq"))
    {
        // Decimal fractions are meant exactly: (float)0.999 would be off by 1e-8, which 1 - β2ᵗ makes visible in the first steps.
        private readonly double _beta1 = (double)(decimal)settings.Beta1;
        private readonly double _beta2 = (double)(decimal)settings.Beta2;

        // What each weight keeps of the decay, 1 or 0; null where all decay.
        private readonly AlignedBuffer? _decays = DecayMask(settings, model);

        protected override Rule Rule(float rate) => new(settings, _beta1, _beta2, rate, Updates + 1, _decays);

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

    private readonly ref struct Rule : IUpdateRule
    {
        private readonly ref float _decays;
        private readonly float _keepMean;
        private readonly float _addMean;
        private readonly float _keepSquare;
        private readonly float _addSquare;
        private readonly float _rate;
        private readonly float _correction;
        private readonly float _epsilon;
        private readonly float _keepWeight;

        public Rule(Adam settings, double beta1, double beta2, float rate, long update, AlignedBuffer? decays)
        {
            _keepMean = (float)beta1;
            _addMean = (float)(1 - beta1);
            _keepSquare = (float)beta2;
            _addSquare = (float)(1 - beta2);
            _rate = (float)(rate / (1 - Math.Pow(beta1, update)));
            _correction = (float)(1 / Math.Sqrt(1 - Math.Pow(beta2, update)));
            _epsilon = settings.Epsilon;
            _keepWeight = (float)(1 - ((double)rate * settings.Decay));
            if (decays is not null)
            {
                _decays = ref decays.Origin;
            }
        }

        public static bool HasSecond => true;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(nuint place, T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T mean = T.Flush((first * T.Of(_keepMean)) + (gradient * T.Of(_addMean)));
            T square = T.Flush((second * T.Of(_keepSquare)) + (gradient * gradient * T.Of(_addSquare)));
            first = mean;
            second = square;
            T root = (T.SquareRoot(square) * T.Of(_correction)) + T.Of(_epsilon);
            T keep = Unsafe.IsNullRef(ref _decays)
                ? T.Of(_keepWeight)
                : T.Of(1) - (T.LoadFraction(ref _decays, place) * T.Of(1 - _keepWeight));
            return (weights * keep) - T.Divide(T.Of(_rate) * mean, root, _epsilon);
        }
    }
}
