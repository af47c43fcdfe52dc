namespace RnnGen.Benchmarks;

/// <summary>All requested races, one after the other.</summary>
internal sealed class Comparison(CompareOptions options, IProgress<string> progress)
{
    private readonly List<(string Peer, string Reason, string Work)> _unable = [];

    public List<Result> Results { get; } = [];

    /// <summary>The peers that took part, with versions.</summary>
    public List<string> Versions { get; } = [];

    /// <summary>Missing peers, with the reason.</summary>
    public List<string> Missing { get; } = [];

    /// <summary>Work that a peer cannot do, with the reason.</summary>
    public IEnumerable<string> Unable => _unable
        .GroupBy(entry => (entry.Peer, entry.Reason), entry => entry.Work)
        .Select(group => $"{group.Key.Peer} does not take part in {string.Join(", ", group.Distinct())}: {group.Key.Reason}.");

    /// <summary>Peers that were not timed because their results differ.</summary>
    public List<string> Disagreements { get; } = [];

    public void Run(Limits limits)
    {
        List<Peer> peers = OpenPeers();
        var sweeper = new CacheSweeper();
        try
        {
            foreach ((MeasuredModel model, Workload workload) in Workload.Of([.. Catalog.All.Where(model => IsWanted(model.Shape))], options.Modes))
            {
                progress.Report($"{workload.Name} of {model.Name}");
                Results.Add(Run(model, workload, peers, sweeper));
                Floor.Of(workload, limits);
                if (Results.Count % 16 == 0)
                {
                    limits.Refine();
                }
            }
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }

        limits.Refine();
    }

    private bool IsWanted(Shape shape) => options.Cells.Contains(shape.CellName) && options.Sizes.Contains(shape.Size);

    private List<Peer> OpenPeers()
    {
        var peers = new List<Peer>();
        foreach (string name in options.Peers)
        {
            try
            {
                Peer peer = AllPeers.Open(name);
                peers.Add(peer);
                Versions.Add($"{name}: {peer.Version}");
            }
            catch (PeerMissingException e)
            {
                Missing.Add($"{name} is missing and left out: {e.Message}.");
            }
        }

        return peers;
    }

    private Result Run(MeasuredModel model, Workload workload, List<Peer> peers, CacheSweeper sweeper)
    {
        using var race = new Race(workload, options.Rounds, sweeper);
        Work ours = model.Create(workload);
        float[] results = ours.Check();
        race.Enter("ours", ours, difference: 0);
        foreach (Peer peer in peers)
        {
            Work work;
            try
            {
                work = peer.Create(workload);
            }
            catch (NotSupportedException e)
            {
                _unable.Add((peer.Name, e.Message, workload.Name + (workload.Mode.Trains() ? "" : " of " + model.Name)));
                continue;
            }

            double difference = Agreement.Difference(results, work.Check(), workload.Mode.Trains());
            if (difference <= Agreement.Tolerance)
            {
                race.Enter(peer.Name, work, difference);
            }
            else
            {
                work.Dispose();
                Disagreements.Add($"Not timed, because its results differ from ours by {difference:0.0e+0}: {peer.Name} at {workload.Name} of {model.Name}.");
            }
        }

        race.Run();
        return new Result(workload, race.Ours, race.Allocated, race.Opponents);
    }
}
