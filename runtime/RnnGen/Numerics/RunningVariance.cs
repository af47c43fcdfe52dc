namespace RnnGen.Numerics;

/// <summary>Mean and variance of numbers that are added one by one, in double precision and without a difference of large numbers (Welford 1962).</summary>
internal struct RunningVariance
{
    /// <summary>How many numbers there are so far.</summary>
    public long Count { get; private set; }

    /// <summary>Their mean; 0 without numbers.</summary>
    public double Mean { get; private set; }

    /// <summary>The sum of the squared distances from the mean.</summary>
    public double Squares { get; private set; }

    /// <summary>The mean of these; NaN without numbers.</summary>
    public readonly double Variance => Squares / Count;

    public void Add(double number)
    {
        double before = number - Mean;
        Mean += before / ++Count;
        Squares += before * (number - Mean);
    }
}
