/// <summary>A filter with one resonance: two poles.</summary>
internal struct Resonator
{
    private double _input;
    private double _last;
    private double _beforeLast;
    private double _y1;
    private double _y2;

    /// <summary>Lets the lowest tones through as they are; those at the resonance get louder.</summary>
    /// <param name="frequency">Hz.</param>
    /// <param name="bandwidth">Hz.</param>
    public void TuneFloor(double frequency, double bandwidth)
    {
        Tune(frequency, bandwidth);
        _input = 1 - _last - _beforeLast;
    }

    /// <summary>Lets tones at the resonance through as they are; others get quieter.</summary>
    /// <param name="frequency">Hz.</param>
    /// <param name="bandwidth">Hz.</param>
    public void TunePeak(double frequency, double bandwidth)
    {
        Tune(frequency, bandwidth);
        double radius = Math.Sqrt(-_beforeLast);
        _input = (1 - radius) * Math.Sqrt(1 - (2 * radius * Math.Cos(4 * Math.PI * frequency / LogMel.Rate)) + (radius * radius));
    }

    /// <summary>The next sample.</summary>
    public double Next(double sample)
    {
        double next = (_input * sample) + (_last * _y1) + (_beforeLast * _y2);
        (_y2, _y1) = (_y1, next);
        return next;
    }

    private void Tune(double frequency, double bandwidth)
    {
        double radius = Math.Exp(-Math.PI * bandwidth / LogMel.Rate);
        _last = 2 * radius * Math.Cos(2 * Math.PI * frequency / LogMel.Rate);
        _beforeLast = -radius * radius;
    }
}
