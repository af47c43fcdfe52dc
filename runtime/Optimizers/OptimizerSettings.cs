namespace RnnGen;

/// <summary>The settings of an optimizer: what is the same for every model. They never change; the working part does.</summary>
public abstract record OptimizerSettings
{
    private readonly float _learningRate;
    private readonly float _clipNorm = float.PositiveInfinity;
    private readonly float _clipValue = float.PositiveInfinity;
    private readonly Schedule _schedule = Schedule.Constant;

    private protected OptimizerSettings(float learningRate) => LearningRate = learningRate;

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
    /// The optimizer's name, with those settings without which its moments mean something else: a training goes on only with the same. Nesterov's
    /// look-ahead reads the same moments in another way, and rates and decays may be changed at any time.
    /// </summary>
    internal abstract string MomentKind { get; }

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
