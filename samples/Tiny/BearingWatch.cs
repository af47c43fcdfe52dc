/// <summary>Compares every sample with what the model predicted.</summary>
/// <param name="model">The model.</param>
/// <param name="usual">The mean absolute error where nothing is wrong.</param>
public sealed class BearingWatch(Bearing model, float usual)
{
    private const int Warmup = 100;
    private const float Forget = 0.03f;
    private const float TooMuch = 2.5f;

    private readonly float _usual = usual;
    private readonly Bearing.State _state = model.CreateState();
    private float _prediction;
    private int _samples;

    /// <summary>The mean absolute error of the last few dozen samples.</summary>
    public float Error { get; private set; } = usual;

    /// <summary>Whether it is much larger than usual.</summary>
    public bool IsUnusual { get; private set; }

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
        IsUnusual = Error > TooMuch * _usual;
        return IsUnusual && !wasUnusual;
    }
}
