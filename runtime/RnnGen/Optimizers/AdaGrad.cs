using System.Runtime.CompilerServices;

namespace RnnGen;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011) as PyTorch's <c>Adagrad</c>: <c>s = s + g²</c>, <c>w = w - rate·g / (√s + ε)</c>.
/// </summary>
/// <param name="LearningRate">The initial learning rate. Finite and at least 0; 0.01 by default.</param>
public sealed record AdaGrad(float LearningRate = 0.01f) : OptimizerSettings(LearningRate)
{
    private readonly float _epsilon = 1e-10f;

    /// <summary>Added to the square root, against division by 0. Greater than 0; 1e-10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = MoreThanZero(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model) => new AdaGradOptimizer(this, model);

    private sealed class AdaGradOptimizer(AdaGrad settings, IRnnModel model)
        : Optimizer<Rule>(settings, model, new Moment("sum", IsSquare: true))
    {
        protected override Rule NextRule(float learningRate) => new(settings, learningRate);
    }

    private readonly struct Rule(AdaGrad settings, float rate) : IUpdateRule
    {
        private readonly float _epsilon = settings.Epsilon;
        private readonly float _rate = rate;

        public static int Moments => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Next<T>(T weights, T gradient, ref T first, ref T second)
            where T : struct, IArithmetic<T>
        {
            T sum = first + T.Flush(gradient * gradient);
            first = sum;
            return weights - T.Divide(T.Of(_rate) * gradient, T.SquareRoot(sum) + T.Of(_epsilon), _epsilon);
        }
    }
}
