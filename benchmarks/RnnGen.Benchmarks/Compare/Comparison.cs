namespace RnnGen.Benchmarks;

/// <summary>All requested races, one after the other.</summary>
internal sealed class Comparison(CompareOptions options, IProgress<string> progress)
{
    private readonly List<(string Peer, string Reason, string Work)> _unable = [];
    private readonly Dictionary<MeasuredModel, double> _deviations = [];

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
                Results.AddRange(Run(model, workload, peers, sweeper, limits));
                limits.Refine();
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

    private IReadOnlyList<Result> Run(MeasuredModel model, Workload workload, List<Peer> peers, CacheSweeper sweeper, Limits limits)
    {
        using var race = new Race(workload, options.Rounds, sweeper, limits);
        float[] results = model.Create(workload).Check();
        MeasuredModel[] ours = [.. Formats(model, workload.Mode)];
        foreach (MeasuredModel one in ours)
        {
            Work work = one.Create(workload);
            work.Check();
            race.EnterOurs(one.Stored, work);
        }

        foreach (StoredWeights stored in ours.Select(one => one.Stored).Where(_ => workload.HasPeers))
        {
            foreach (Peer peer in peers)
            {
                Enter(race, peer, model, workload.With(stored), results);
            }
        }

        return [.. race.Run().Zip(ours, (result, one) => result with { Deviation = one == model ? null : DeviationOf(model, one) })];
    }

    /// <summary>A model in all formats that are wanted, floats first.</summary>
    private IEnumerable<MeasuredModel> Formats(MeasuredModel model, Mode mode) => Catalog.Narrow
        .Where(narrow => narrow.Shape == model.Shape && mode.IsNarrowToo())
        .Prepend(model)
        .Where(one => options.Weights.Contains(one.Stored.Name));

    private double DeviationOf(MeasuredModel model, MeasuredModel narrow)
    {
        if (!_deviations.TryGetValue(narrow, out double deviation))
        {
            _deviations.Add(narrow, deviation = Deviation.Of(model.New(), narrow.New()));
        }

        return deviation;
    }

    private void Enter(Race race, Peer peer, MeasuredModel model, Workload workload, float[] results)
    {
        Work work;
        try
        {
            work = peer.Create(workload);
        }
        catch (NotSupportedException e)
        {
            // That a peer has no narrow weights at all needs no words.
            if (workload.Stored.AreFloats)
            {
                _unable.Add((peer.Name, e.Message, workload.Name + (workload.Mode.Trains() ? "" : " of " + model.Name)));
            }

            return;
        }

        double difference = Agreement.Difference(results, work.Check(), workload.Mode.Trains());
        if (difference <= (workload.Stored.AreFloats ? Agreement.Tolerance : Agreement.NarrowTolerance))
        {
            race.Enter(peer, workload.Stored, work, difference);
        }
        else
        {
            work.Dispose();
            Disagreements.Add($"Not timed, because its results differ from ours by {difference:0.0e+0}: {peer.Name} at {workload.Name} of {model.Name}, {workload.Stored.Name}.");
        }
    }
}
