using RnnGen;
using RnnGen.Samples;

// Characters as tokens; the bar stands before and after a phrase.
var alphabet = new Vocabulary("| abcdefghijklmnopqrstuvwxyz");
const int Mark = 0;

return SampleProgram.Run(args, "Completes what is typed into a search box: the five best endings, by beam search.", options =>
{
    SearchBox model = Train(options);
    var beam = model.CreateBeamSearch(width: 5, longest: 32);
    beam.End = Mark;
    foreach (string typed in new[] { "", "w", "we", "rec", "how to", "chess" })
    {
        Console.WriteLine($"\n{typed}_");
        Complete(typed);
        for (int k = 0; k < beam.Count; k++)
        {
            Console.WriteLine($"  {Math.Exp(beam[k].LogProbability),6:P1}  {typed}{alphabet.Decode(beam[k].Tokens)}");
        }
    }

    Console.WriteLine();
    Console.WriteLine(EqualsExhaustiveSearch(model) ? "Two more letters: the beam finds what an exhaustive search finds." : "The beam misses something!");

    double[] found = [.. Enumerable.Range(0, 9).Select(letters => Phrases.All.Count(phrase => IsOffered(phrase, letters)) / (double)Phrases.All.Length)];
    var plot = new Plot("Phrases among the five completions", "letters typed", "share");
    plot.Add("offered", found);
    plot.Save("complete.svg");
    return $"after 3 letters {found[3]:P1} of {Phrases.All.Length} phrases are among the five completions";

    void Complete(string typed) => beam.Search(model.CreateState(), [Mark, .. alphabet.Encode(typed)]);

    bool IsOffered(string phrase, int letters)
    {
        int typed = Math.Min(letters, phrase.Length);
        Complete(phrase[..typed]);
        int[] rest = alphabet.Encode(phrase[typed..]);
        return Enumerable.Range(0, beam.Count).Any(k => beam[k].Tokens.SequenceEqual(rest));
    }
});

// A phrase is learned the more often, the nearer to the top of the list it is.
SearchBox Train(SampleOptions options)
{
    int[][] lines = [.. Phrases.All.SelectMany((phrase, rank) => Enumerable.Repeat<int[]>([Mark, .. alphabet.Encode(phrase), Mark], 1 + (40 / (rank + 10))))];
    var model = new SearchBox(options.Seed);
    SearchBox.Trainer trainer = model.CreateTrainer(new Adam(0.004f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(1600)) });
    var data = new Sequences<int, int>(lines.Select(line => line[..^1]), lines.Select(line => line[1..]));
    trainer.Fit(data, null, options.Training(updates: 1600, batchSize: 16), new ConsoleProgress());
    return model;
}

// The small case: all 28 x 28 ways to go on by two characters, with a beam as wide as the vocabulary.
bool EqualsExhaustiveSearch(SearchBox model)
{
    SearchBox.State start = model.CreateState();
    var probabilities = new float[SearchBox.OutputSize];
    model.Step(start, Mark, probabilities);
    var pairs = new List<(int First, int Second, double LogProbability)>();
    for (int first = 0; first < probabilities.Length; first++)
    {
        SearchBox.State fork = start.Fork();
        var next = new float[SearchBox.OutputSize];
        model.Step(fork, first, next);
        pairs.AddRange(next.Select((p, second) => (first, second, Math.Log(probabilities[first]) + Math.Log(p))));
    }

    var beam = model.CreateBeamSearch(width: SearchBox.OutputSize, longest: 2);
    beam.Search(model.CreateState(), Mark);
    return pairs.OrderByDescending(pair => pair.LogProbability).Take(beam.Count).Select((pair, k) => beam[k].Tokens.SequenceEqual([pair.First, pair.Second])).All(same => same);
}
