namespace RnnGen.Fuzz;

/// <summary>Makes the random choices of a text, all of them determined by the seed.</summary>
internal sealed class Dice(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>How likely something wrong or strange is at every place that has such a thing; between 0 and 1.</summary>
    public double Oddness { get; set; }

    public bool Odd() => Chance(Oddness);

    public bool Chance(double probability) => _random.NextDouble() < probability;

    /// <summary>A number from 0 on.</summary>
    public int Below(int end) => _random.Next(end);

    public T One<T>(params ReadOnlySpan<T> of) => of[_random.Next(of.Length)];

    public void Shuffle<T>(Span<T> values) => _random.Shuffle(values);
}
