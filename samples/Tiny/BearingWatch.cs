using System.Globalization;

/// <summary>Compares every sample with what the model predicted.</summary>
/// <param name="model">The model.</param>
/// <param name="usual">The mean absolute error where nothing is wrong.</param>
public sealed class BearingWatch(Bearing model, float usual)
{
    /// <summary>The key of the usual error in the model's file.</summary>
    public const string UsualKey = "usual";

    private const int Warmup = 100;
    private const float Forget = 0.03f;
    private const float TooMuch = 2.5f;

    private readonly Bearing.State _state = model.CreateState();
    private float _prediction;
    private int _samples;

    /// <summary>The mean absolute error where nothing is wrong.</summary>
    public float Usual { get; } = usual;

    /// <summary>The error from which on it is unusual.</summary>
    public float Limit { get; } = TooMuch * usual;

    /// <summary>What the next sample should be.</summary>
    public float Prediction => _prediction;

    /// <summary>The mean absolute error of the last few dozen samples.</summary>
    public float Error { get; private set; } = usual;

    /// <summary>Whether it is much larger than usual.</summary>
    public bool IsUnusual { get; private set; }

    /// <summary>Loads the model that is in the program, with the error that is usual.</summary>
    public static BearingWatch Load()
    {
        using Stream weights = typeof(Bearing).Assembly.GetManifestResourceStream("bearing")!;
        Bearing model = Bearing.Load(weights);
        return new BearingWatch(model, float.Parse(model.Metadata[UsualKey], CultureInfo.InvariantCulture));
    }

    /// <summary>Reads a sample. Allocates nothing.</summary>
    /// <returns>Whether it was this one that made the error unusual.</returns>
    public bool Read(float sample)
    {
        // At first, the model knows nothing of the signal.
        if (++_samples > Warmup)
        {
            Error += Forget * (Math.Abs(sample - _prediction) - Error);
        }

        model.Step(_state, new ReadOnlySpan<float>(in sample), new Span<float>(ref _prediction));
        bool wasUnusual = IsUnusual;
        IsUnusual = Error > Limit;
        return IsUnusual && !wasUnusual;
    }
}
