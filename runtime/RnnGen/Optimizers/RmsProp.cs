using System.Runtime.CompilerServices;

namespace RnnGen;

/// <summary>
/// RMSprop (Tieleman and Hinton 2012) as PyTorch's <c>RMSprop</c>: <c>v = α·v + (1 - α)·g²</c>, <c>b = momentum·b + g / (√v + ε)</c>,
/// <c>w = w - rate·b</c>.
/// </summary>
/// <param name="LearningRate">The initial learning rate. Finite and at least 0; 0.01 by default.</param>
public sealed record RmsProp(float LearningRate = 0.01f) : OptimizerSettings(LearningRate)
{
    private readonly float _alpha = 0.99f;
    private readonly float _epsilon = 1e-8f;
    private readonly float _momentum;

    /// <summary>Decay rate of the mean squared gradient, at least 0 and less than 1. 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Alpha
    {
        get => _alpha;
        init => _alpha = Fraction(value, nameof(Alpha));
    }

    /// <summary>Added to the square root, against division by 0. Greater than 0; 1e-8 by default.</summary>
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
    protected internal override string MomentKind => Momentum == 0 ? nameof(RmsProp) : $"{nameof(RmsProp)} with {nameof(Momentum)}";

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model) => new RmsPropOptimizer(this, model);

    private sealed class RmsPropOptimizer(RmsProp settings, IRnnModel model)
        : Optimizer<Rule>(settings, model, new Moment("square_avg", IsSquare: true), new Moment("momentum_buffer"))
    {
        // Settings are meant as decimal fractions, as in Adam.
        private readonly double _alpha = (double)(decimal)settings.Alpha;

        protected override Rule NextRule(float learningRate) => new(settings, _alpha, learningRate);
    }

    private readonly struct Rule(RmsProp settings, double alpha, float rate) : IUpdateRule
    {
        private readonly float _keepSquare = (float)alpha;
        private readonly float _addSquare = (float)(1 - alpha);
        private readonly float _momentum = settings.Momentum;
        private readonly float _epsilon = settings.Epsilon;
        private readonly float _rate = rate;

        public static int Moments => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T square = T.Flush((first * T.Of(_keepSquare)) + (gradient * gradient * T.Of(_addSquare)));
            first = square;
            T step = T.Divide(gradient, T.SquareRoot(square) + T.Of(_epsilon), _epsilon);
            T velocity = T.Flush((second * T.Of(_momentum)) + step);
            second = velocity;
            return weights - (T.Of(_rate) * velocity);
        }
    }
}
