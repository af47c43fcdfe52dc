/// <summary>Percentiles of times, within 5 percent.</summary>
public sealed class Latency
{
    // So many buckets double the time.
    private const int Fineness = 16;

    private readonly int[] _buckets = new int[32 * Fineness];

    /// <summary>Adds a time.</summary>
    public void Add(TimeSpan time) => Interlocked.Increment(ref _buckets[Math.Min((int)(Math.Log2(1 + time.TotalMicroseconds) * Fineness), _buckets.Length - 1)]);

    /// <summary>Percentiles of the times since the last call, in milliseconds; 0 if there was none.</summary>
    public (double P50, double P99) Take()
    {
        int[] counts = new int[_buckets.Length];
        for (int bucket = 0; bucket < counts.Length; bucket++)
        {
            counts[bucket] = Interlocked.Exchange(ref _buckets[bucket], 0);
        }

        int all = counts.Sum();
        return (Percentile(0.5), Percentile(0.99));

        double Percentile(double part)
        {
            int rest = (int)(part * all);
            int bucket = 0;
            while (bucket < counts.Length && (rest -= counts[bucket]) >= 0)
            {
                bucket++;
            }

            return all == 0 ? 0 : (Math.Pow(2, (bucket + 0.5) / Fineness) - 1) / 1000;
        }
    }
}
