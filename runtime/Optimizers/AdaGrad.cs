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
        private readonly AdaGrad _settings = settings;
        private readonly AlignedBuffer _sums = new(model.Weights.Values.Length);

        internal override IReadOnlyList<Moment> Moments => [new("sum", _sums)];

        private protected override void Apply(UpdatePass pass, float learningRate) => pass.Run(new Rule(this, learningRate));

        private readonly ref struct Rule(Working optimizer, float learningRate) : IUpdateRule
        {
            private readonly ref float _sums = ref optimizer._sums.Origin;
            private readonly float _epsilon = optimizer._settings.Epsilon;
            private readonly float _rate = learningRate;

            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            public TLanes Next<TLanes>(nuint place, TLanes weights, TLanes gradient)
                where TLanes : struct, ILanes<TLanes>
            {
                TLanes sum = TLanes.Load(ref _sums, place) + LaneMath.Flush(gradient * gradient);
                TLanes.Store(sum, ref _sums, place);
                return weights - (TLanes.Of(_rate) * gradient / (TLanes.SquareRoot(sum) + TLanes.Of(_epsilon)));
            }
        }
    }
}
