namespace RnnGen.Benchmarks;

/// <summary>All races that were asked for, one after the other.</summary>
internal sealed class Comparison(CompareOptions options, IProgress<string> progress)
{
    public List<Result> Results { get; } = [];

    /// <summary>Versions of the peers that took part, and why the others did not.</summary>
    public List<string> Notes { get; } = [];

    public List<string> Versions { get; } = [];

    /// <summary>Who was not timed because it computes something else.</summary>
    public List<string> Disagreements { get; } = [];

    public void Run(Limits limits)
    {
        List<Peer> peers = OpenPeers();
        var sweeper = new CacheSweeper();
        try
        {
            foreach (Mode mode in Enum.GetValues<Mode>().Where(mode => options.Modes.Contains(mode.Name())))
            {
                foreach (bool adam in mode.Trains() ? [false, true] : (ReadOnlySpan<bool>)[false])
                {
                    foreach (MeasuredModel model in Catalog.All.Where(model => IsWanted(model.Shape, mode)))
                    {
                        progress.Report($"{mode.Name()}{(adam ? " with Adam" : "")}: {model.Name}");
                        Results.Add(Run(model, new Workload(model.Shape, model.Weights(), mode, adam), peers, limits, sweeper));
                    }
                }
            }
        }
        finally
        {
            peers.ForEach(peer => peer.Dispose());
        }
    }

    private bool IsWanted(Shape shape, Mode mode) =>
        options.Cells.Contains(shape.CellName) && options.Sizes.Contains(shape.Size) && (mode.Streams() || !shape.IsStack);

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
                Notes.Add($"Left out, because it is missing: {name} ({e.Message}).");
            }
        }

        return peers;
    }

    private Result Run(MeasuredModel model, Workload workload, List<Peer> peers, Limits limits, CacheSweeper sweeper)
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
                string note = $"Does not take part in {workload.Mode.Name()}{(workload.Adam ? " with Adam" : "")}{(workload.Shape.IsStack || !workload.Mode.Trains() ? " of " + model.Name : "")}: {peer.Name} ({e.Message}).";
                if (!Notes.Contains(note))
                {
                    Notes.Add(note);
                }

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
                Disagreements.Add($"Not timed, because its results differ from ours by {difference:0.0e+0}: {peer.Name} at {workload.Mode.Name()} of {model.Name}.");
            }
        }

        race.Run();
        return new Result(workload, race.Ours, Floor.Of(workload, limits), race.Allocated, race.Opponents);
    }
}
