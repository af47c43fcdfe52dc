namespace RnnGen;

/// <summary>
/// The settings of an optimizer, independent of the model and immutable. To write your own optimizer, derive a record from
/// this class and an optimizer from <see cref="Optimizer{TRule}"/>.
/// </summary>
public abstract record OptimizerSettings
{
    private readonly float _learningRate;
    private readonly float _clipNorm = float.PositiveInfinity;
    private readonly float _clipValue = float.PositiveInfinity;
    private readonly Schedule _schedule = Schedule.Constant;

    /// <summary>Settings with a learning rate, and defaults for everything else.</summary>
    /// <param name="learningRate">The initial learning rate. Finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    protected OptimizerSettings(float learningRate) => LearningRate = learningRate;

    /// <summary>The initial learning rate, from which the schedule starts. Finite and at least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        init => _learningRate = Rate(value, nameof(LearningRate));
    }

    /// <summary>How the learning rate changes from update to update. Constant by default.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public Schedule Schedule
    {
        get => _schedule;
        init => _schedule = value ?? throw new ArgumentNullException(nameof(Schedule));
    }

    /// <summary>
    /// The largest norm of the gradient of all parameters together; a larger gradient is scaled down to it, as by PyTorch's
    /// <c>clip_grad_norm_</c>. At least 0; no limit by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public float ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = AtLeastZero(value, nameof(ClipNorm));
    }

    /// <summary>
    /// The largest magnitude of an element of the gradient; a larger one is limited to it, as by PyTorch's <c>clip_grad_value_</c>, before the
    /// norm is computed. At least 0; no limit by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or NaN.</exception>
    public float ClipValue
    {
        get => _clipValue;
        init => _clipValue = AtLeastZero(value, nameof(ClipValue));
    }

    /// <summary>
    /// The name of the optimizer in a trainer's file, including settings that change the meaning of its moments: a training can be resumed only
    /// with the same name. Rates and decays may change at any time and are not part of it. By default the name of the class.
    /// </summary>
    protected internal virtual string MomentKind => GetType().Name;

    /// <summary>
    /// Decoupled weight decay: before the rule, every update multiplies each weight by <c>1 - rate·decay</c>. Finite and at least 0; 0 by default.
    /// </summary>
    protected internal virtual float Decay => 0;

    /// <summary>The parameters that decay; null, the default, for all. Called once per parameter, when the optimizer is created.</summary>
    protected internal virtual Func<Parameter, bool>? DecayFilter => null;

    /// <summary>Creates the optimizer of a model, and allocates all memory that updates need.</summary>
    /// <param name="model">The model to train.</param>
    /// <returns>The optimizer.</returns>
    public abstract Optimizer CreateOptimizer(IRnnModel model);

    // An infinite rate would turn even the zeros of the padding into NaN.
    internal static float Rate(float value, string name) =>
        value is >= 0 and < float.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(name, value, "Must be finite and at least 0.");

    internal static float FiniteAtLeastZero(float value, string name) =>
        float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be finite and at least 0.");

    private protected static float AtLeastZero(float value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0.");

    internal static float Fraction(float value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0 and less than 1.");

    private protected static float MoreThanZero(float value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be greater than 0.");
}
