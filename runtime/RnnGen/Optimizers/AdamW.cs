namespace RnnGen;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019) as PyTorch's <c>AdamW</c>: before Adam's step, <c>w = w · (1 - rate·decay)</c>.
/// </summary>
/// <param name="LearningRate">The initial learning rate. Finite and at least 0; 0.001 by default.</param>
public sealed record AdamW(float LearningRate = 1e-3f) : Adam(LearningRate)
{
    private readonly float _weightDecay = 0.01f;

    /// <summary>The decay, finite and at least 0. 0.01 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Out of range.</exception>
    public float WeightDecay
    {
        get => _weightDecay;
        init => _weightDecay = FiniteAtLeastZero(value, nameof(WeightDecay));
    }

    /// <summary>
    /// The parameters that decay; null, the default, for all, as in PyTorch. Biases and other vectors are often excluded:
    /// <c>Decays = parameter => parameter.Shape.Count > 1</c>.
    /// </summary>
    public Func<Parameter, bool>? Decays { get; init; }

    /// <inheritdoc/>
    protected internal override float Decay => WeightDecay;

    /// <inheritdoc/>
    protected internal override Func<Parameter, bool>? DecayFilter => Decays;
}
