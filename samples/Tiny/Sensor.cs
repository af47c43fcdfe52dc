/// <summary>A made-up vibration sensor: a shaft, a gear whose strength changes, noise and, from some sample on, a damaged bearing.</summary>
public sealed class Sensor(int seed, int damagedAt = int.MaxValue)
{
    private readonly Random _random = new(seed);
    private int _sample;

    /// <summary>The sample from which on the bearing is damaged.</summary>
    public int DamagedAt { get; set; } = damagedAt;

    /// <summary>The next sample, about -1 .. 1.</summary>
    public float Read()
    {
        double shaft = 0.5 * Math.Sin(_sample * 2 * Math.PI / 23);
        double gear = (0.3 + (0.15 * Math.Sin(_sample * 2 * Math.PI / 190))) * Math.Sin(_sample * 2 * Math.PI / 7.3);
        double damage = _sample >= DamagedAt ? 0.5 * Math.Exp(-(_sample % 31) / 4.0) * Math.Cos(_sample * 1.9) : 0;
        _sample++;
        return (float)(shaft + gear + damage + (0.03 * (_random.NextDouble() - 0.5)));
    }
}
