using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>
/// AdaGrad (Duchi, Hazan and Singer 2011) as PyTorch's <c>Adagrad</c>: <c>s = s + g²</c>, <c>w = w - rate·g / (√s + ε)</c>.
/// </summary>
/// <param name="LearningRate">The learning rate that the schedule starts from. At least 0.</param>
public sealed record AdaGrad(float LearningRate = 0.01f) : OptimizerSettings(LearningRate)
{
    private readonly float _epsilon = 1e-10f;

    /// <summary>Added to the root, so that nothing is divided by 0. More than 0; 1e-10 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float Epsilon
    {
        get => _epsilon;
        init => _epsilon = MoreThanZero(value, nameof(Epsilon));
    }

    /// <inheritdoc/>
    public override Optimizer CreateOptimizer(IRnnModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new Working(this, model);
    }

    private sealed class Working(AdaGrad settings, IRnnModel model) : Optimizer(settings, model)
    {
        private readonly AlignedBuffer _sums = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("sum", _sums)];

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private protected override void Apply(nuint start, nuint end, ref float weights, ref float gradients, float scale, float learningRate)
        {
            var factor = new Vector<float>(scale);
            var epsilon = new Vector<float>(settings.Epsilon);
            var rate = new Vector<float>(learningRate);
            ref float sums = ref _sums.Origin;
            for (nuint k = start; k < end; k += (nuint)Vector<float>.Count)
            {
                Vector<float> gradient = Vector.LoadUnsafe(ref gradients, k) * factor;
                Vector<float> sum = Vector.LoadUnsafe(ref sums, k) + (gradient * gradient);
                Vector.StoreUnsafe(sum, ref sums, k);
                Vector.StoreUnsafe(Vector.LoadUnsafe(ref weights, k) - (rate * gradient / (Vector.SquareRoot(sum) + epsilon)), ref weights, k);
            }
        }
    }
}
