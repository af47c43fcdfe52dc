namespace RnnGen.Benchmarks;

/// <summary>Nanoseconds per time step of one window.</summary>
/// <param name="Best">In the fastest round.</param>
/// <param name="Median">In the median round.</param>
/// <param name="Latency">Of single steps, where they were asked for.</param>
internal sealed record Timing(double Best, double Median, Latency? Latency);

/// <summary>One peer beside ours.</summary>
/// <param name="Peer">Its name.</param>
/// <param name="Timing">Its times.</param>
/// <param name="Difference">How far its results are from ours with floats.</param>
internal sealed record Opponent(string Peer, Timing Timing, double Difference)
{
    public double RatioTo(Timing ours) => Timing.Best / ours.Best;
}

/// <summary>One workload in one format, raced.</summary>
/// <param name="Workload">The work.</param>
/// <param name="Ours">Our times.</param>
/// <param name="Allocated">Bytes that ours allocates per step or window.</param>
/// <param name="Opponents">The peers that took part.</param>
internal sealed record Result(Workload Workload, Timing Ours, double Allocated, IReadOnlyList<Opponent> Opponents)
{
    /// <summary>Our times with floats in the same race.</summary>
    public Timing? Floats { get; init; }

    /// <summary>How far h is from that with floats, where weights are narrow.</summary>
    public double? Deviation { get; init; }

    /// <summary>Single steps that do nothing for as long as our first contender takes: what is above it, the machine takes away.</summary>
    public Latency? Nothing { get; init; }

    public Shape Shape => Workload.Shape;

    public string Weights => Workload.Stored.Name;

    /// <summary>How many times as fast as with floats.</summary>
    public double? Gain => Workload.Stored.AreFloats ? null : Floats?.Best / Ours.Best;

    public string Group => Workload.Mode.Title() + (Workload.Adam ? ", and an update by Adam" : "") + $"; {Weights}";
}
