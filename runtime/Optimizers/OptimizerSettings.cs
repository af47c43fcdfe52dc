namespace RnnGen;

/// <summary>
/// The settings of an optimizer: what is the same for every model. They never change; the working part does. To write your own, derive a record from
/// this and its working part from <see cref="Optimizer{TRule}"/>.
/// </summary>
public abstract record OptimizerSettings
{
    private readonly float _learningRate;
    private readonly float _clipNorm = float.PositiveInfinity;
    private readonly float _clipValue = float.PositiveInfinity;
    private readonly Schedule _schedule = Schedule.Constant;

    /// <summary>Settings with a learning rate and the defaults of all else.</summary>
    /// <param name="learningRate">The learning rate that the schedule starts from. At least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    protected OptimizerSettings(float learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate that the schedule starts from. At least 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not finite.</exception>
    public float LearningRate
    {
        get => _learningRate;
        init => _learningRate = Rate(value, nameof(LearningRate));
    }

    /// <summary>How the learning rate changes from update to update. By default it does not.</summary>
    /// <exception cref="ArgumentNullException">Null.</exception>
    public Schedule Schedule
    {
        get => _schedule;
        init => _schedule = value ?? throw new ArgumentNullException(nameof(Schedule));
    }

    /// <summary>
    /// The largest norm of the gradient of all parameters together; a longer gradient is scaled down to it, as PyTorch's
    /// <c>clip_grad_norm_</c> does. No limit by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public float ClipNorm
    {
        get => _clipNorm;
        init => _clipNorm = AtLeastZero(value, nameof(ClipNorm));
    }

    /// <summary>
    /// The largest magnitude of a single gradient; a larger one is cut to it, as PyTorch's <c>clip_grad_value_</c> does, before the
    /// norm is looked at. No limit by default.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative or not a number.</exception>
    public float ClipValue
    {
        get => _clipValue;
        init => _clipValue = AtLeastZero(value, nameof(ClipValue));
    }

    /// <summary>
    /// The name that a trainer's file has for the optimizer, with the settings without which its moments mean something else: a training is resumed only
    /// with the same. Rates and decays may change at any time and are not part of it. The name of the class by default.
    /// </summary>
    protected internal virtual string MomentKind => GetType().Name;

    /// <summary>
    /// Decoupled weight decay: before the rule, every update multiplies each weight by <c>1 - rate·decay</c>. Finite and at least 0; 0 by default.
    /// </summary>
    protected internal virtual float Decay => 0;

    /// <summary>Which parameters decay; null, the default, for all. It is asked once, when the optimizer is created.</summary>
    protected internal virtual Func<Parameter, bool>? DecayFilter => null;

    /// <summary>Creates the working part for one model: all memory that updates need is taken here.</summary>
    /// <param name="model">The model to train.</param>
    /// <returns>The optimizer.</returns>
    public abstract Optimizer CreateOptimizer(IRnnModel model);

    // An infinite rate would turn even the zeros between the packed weights into NaN.
    internal static float Rate(float value, string name) =>
        value is >= 0 and < float.PositiveInfinity ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0 and finite.");

    internal static float FiniteAtLeastZero(float value, string name) =>
        float.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be finite and at least 0.");

    private protected static float AtLeastZero(float value, string name) =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0.");

    internal static float Fraction(float value, string name) =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be at least 0 and less than 1.");

    private protected static float MoreThanZero(float value, string name) =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "Must be more than 0.");
}
