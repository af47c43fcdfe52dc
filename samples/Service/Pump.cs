/// <summary>What can be wrong with a pump.</summary>
public enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The vibration grows.</summary>
    Bearing,

    /// <summary>The temperature rises.</summary>
    Cooling,

    /// <summary>The current falls.</summary>
    Leak,

    /// <summary>A sensor says the same again and again.</summary>
    Stuck,
}

/// <summary>A made-up pump: vibration in mm/s, temperature in °C and current in A, once a second. It works in cycles of 20 seconds.</summary>
/// <param name="seed">Where it is in its cycle, and its noise.</param>
public sealed class Pump(int seed)
{
    // A fault takes so many seconds to become a grave one.
    private const float Growth = 20;

    private readonly Random _random = new(seed);
    private readonly float[] _last = new float[Detector.InputSize];
    private int _second = (int)((uint)seed % 40);
    private int _since;

    /// <summary>What is wrong from now on.</summary>
    public Fault Fault
    {
        get;
        set
        {
            field = value;
            _since = 0;
        }
    }

    /// <summary>The next second.</summary>
    /// <param name="reading">Receives [3]: vibration, temperature, current.</param>
    public void Read(Span<float> reading)
    {
        float phase = 2 * MathF.PI * _second++ / 20;
        float growth = Fault == Fault.None ? 0 : MathF.Min(1, _since++ / Growth);
        reading[0] = 1 + MathF.Abs(MathF.Sin(phase)) + Noise(0.05f) + (Fault == Fault.Bearing ? 2 * growth : 0);
        reading[1] = 60 + (2 * MathF.Sin(phase / 2)) + Noise(0.1f) + (Fault == Fault.Cooling ? 8 * growth : 0);
        reading[2] = 5 + MathF.Sin(phase - 1) + Noise(0.05f) - (Fault == Fault.Leak ? 2 * growth : 0);
        if (Fault == Fault.Stuck)
        {
            reading[2] = _last[2];
        }

        reading.CopyTo(_last);
    }

    private float Noise(float size) => size * (_random.NextSingle() - 0.5f);
}
