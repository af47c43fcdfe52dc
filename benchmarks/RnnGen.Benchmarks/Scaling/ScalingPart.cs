namespace RnnGen.Benchmarks;

/// <summary>One question: how the cost grows with the steps, the lanes or the cores.</summary>
/// <param name="Name">Its word on the command line.</param>
/// <param name="Question">What is asked.</param>
/// <param name="First">What is divided.</param>
/// <param name="Second">By what it is divided.</param>
/// <param name="Models">The models that answer.</param>
internal sealed record ScalingPart(string Name, string Question, string First, string Second, IReadOnlyList<(string Name, Func<IReadOnlyList<Pair>> Pairs)> Models)
{
    private const int Rounds = 40;

    public static IReadOnlyList<ScalingPart> All { get; } =
    [
        new("steps", "Windows of T steps beside windows of T/2: 2 is linear.", "T", "T/2", [.. Catalog.All.Select(model => (model.Name, (Func<IReadOnlyList<Pair>>)model.Windows))]),
        new("lanes", $"{LanePairs.Lanes} streams beside {LanePairs.Lanes} lanes of a batch, on one core: above 1 the lanes are faster.", $"{LanePairs.Lanes} streams", $"{LanePairs.Lanes} lanes", [.. Catalog.All.Select(model => (model.Name, (Func<IReadOnlyList<Pair>>)model.Lanes))]),
        new("workers", $"Mini-batches of {WorkerPairs.Windows} windows with one and two workers, update by Adam included: 2 is linear.", "one", "two", WorkerPairs.All),
        new("finite", "Models that keep their streams clean (NonFinite) beside those that do not, on one core: 1 is free.", "clean", "as it is", CleanPairs.All),
        new("reproducible", "Reproducible models beside the same ones that are not, on one core: 1 is free.", "reproducible", "usual", ReproduciblePairs.All),
        new("threads", "One stream with one thread and with two (Parallel = 2): 2 is all that two can give, if the weights are as near.", "one", "two", ParallelPairs.All),
    ];

    /// <summary>The table of the models whose names contain a word.</summary>
    public Grid Run(string word, Action<string> progress)
    {
        var grid = new Grid(["model", "work", $"{First}: best", "median", $"{Second}: best", "median", "ratio of bests", "of medians", "bytes"]);
        foreach ((string name, Func<IReadOnlyList<Pair>> create) in Models.Where(model => Catalog.Matches(model.Name, word)))
        {
            progress($"{Name}: {name}");
            IReadOnlyList<Pair> pairs = create();
            Pair.Run(pairs, Rounds);
            foreach (Pair pair in pairs)
            {
                grid.Add(
                [
                    name, pair.Work,
                    Format.Nanoseconds(pair.First.Best), Format.Nanoseconds(pair.First.Median),
                    Format.Nanoseconds(pair.Second.Best), Format.Nanoseconds(pair.Second.Median),
                    Format.Ratio(pair.First.Best / pair.Second.Best), Format.Ratio(pair.First.Median / pair.Second.Median),
                    Format.Bytes(pair.Bytes),
                ]);
                pair.Dispose();
            }
        }

        return grid;
    }
}
