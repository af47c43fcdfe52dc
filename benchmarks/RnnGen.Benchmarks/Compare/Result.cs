namespace RnnGen.Benchmarks;

/// <summary>Nanoseconds per time step of one window.</summary>
/// <param name="Best">In the fastest round.</param>
/// <param name="Median">In the median round.</param>
/// <param name="Latency">Of single steps, where they were asked for.</param>
internal sealed record Timing(double Best, double Median, Latency? Latency);

/// <summary>One peer beside ours.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Timing">Its times.</param>
/// <param name="Difference">How far its results are from ours.</param>
internal sealed record Opponent(string Peer, Timing Timing, double Difference)
{
    public double RatioTo(Timing ours) => Timing.Best / ours.Best;
}

/// <summary>One workload, raced.</summary>
/// <param name="Workload">The work.</param>
/// <param name="Ours">Our times.</param>
/// <param name="Allocated">Bytes that ours allocates per step or window.</param>
/// <param name="Opponents">The peers that took part.</param>
internal sealed record Result(Workload Workload, Timing Ours, double Allocated, IReadOnlyList<Opponent> Opponents)
{
    public Shape Shape => Workload.Shape;

    public string Group => Workload.Mode.Title() + (Workload.Adam ? ", and an update by Adam" : "");
}
