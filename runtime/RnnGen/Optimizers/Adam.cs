using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// Adam (Kingma and Ba 2015) as PyTorch's <c>Adam</c>: <c>m = β1·m + (1 - β1)·g</c>, <c>v = β2·v + (1 - β2)·g²</c>,
/// <c>w = w - rate / (1 - β1ᵗ) · m / (√v / √(1 - β2ᵗ) + ε)</c>.
/// </summary>
/// <param name="LearningRate">The initial learning rate. Finite and at least 0; 0.001 by default.</param>
public record Adam(float LearningRate = 1e-3f) : OptimizerSettings(LearningRate)
{
    private readonly float _beta1 = 0.9f;
    private readonly float _beta2 = 0.999f;
    private readonly float _epsilon = 1e-8f;

    /// <summary>Decay rate of the mean gradient, at least 0 and less than 1. 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Beta1
    {
        get => _beta1;
        init => _beta1 = Fraction(value, nameof(Beta1));
    }

    /// <summary>Decay rate of the mean squared gradient, at least 0 and less than 1. 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Beta2
    {
        get => _beta2;
        init => _beta2 = Fraction(value, nameof(Beta2));
    }

    /// <summary>Added to the square root, against division by 0. Greater than 0; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = MoreThanZero(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model) => new AdamOptimizer(this, model);

    private sealed class AdamOptimizer(Adam settings, IRnnModel model)
        : Optimizer<Rule>(settings, model, new Moment("exp_avg"), new Moment("exp_avg_sq", IsSquare: true))
    {
        // Settings are meant as decimal fractions: (float)0.999 is off by 1e-8, which 1 - β2ᵗ makes visible in the first steps.
        private readonly double _beta1 = (double)(decimal)settings.Beta1;
        private readonly double _beta2 = (double)(decimal)settings.Beta2;

        protected override Rule NextRule(float learningRate) => new(settings, _beta1, _beta2, learningRate, Updates + 1);
    }

    private readonly struct Rule(Adam settings, double beta1, double beta2, float rate, long update) : IUpdateRule
    {
        private readonly float _keepMean = (float)beta1;
        private readonly float _addMean = (float)(1 - beta1);
        private readonly float _keepSquare = (float)beta2;
        private readonly float _addSquare = (float)(1 - beta2);
        private readonly float _rate = (float)(rate / (1 - PortableMath.Power(beta1, update)));
        private readonly float _correction = (float)(1 / Math.Sqrt(1 - PortableMath.Power(beta2, update)));
        private readonly float _epsilon = settings.Epsilon;

        public static int Moments => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T mean = T.Flush((first * T.Of(_keepMean)) + (gradient * T.Of(_addMean)));
            T square = T.Flush((second * T.Of(_keepSquare)) + (gradient * gradient * T.Of(_addSquare)));
            first = mean;
            second = square;
            T root = (T.SquareRoot(square) * T.Of(_correction)) + T.Of(_epsilon);
            return weights - T.Divide(T.Of(_rate) * mean, root, _epsilon);
        }
    }
}
