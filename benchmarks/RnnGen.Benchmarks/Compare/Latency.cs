namespace RnnGen.Benchmarks;

/// <summary>How long single steps take, in nanoseconds.</summary>
internal sealed record Latency(double P50, double P99, double P999, double Max)
{
    public static Latency Of(List<double> times)
    {
        times.Sort();
        double At(double share) => times[Math.Min(times.Count - 1, (int)(times.Count * share))];
        return new Latency(At(0.5), At(0.99), At(0.999), times[^1]);
    }
}
