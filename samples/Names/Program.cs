using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Tells the language of a name by its style, and makes up names in a style.", options =>
{
    List<(string Name, int Style)> all = Styles.All(new Random(options.Seed));
    int held = all.Count / 5;
    Console.WriteLine($"{all.Count - held} names to learn from, {held} held out.");

    // Many to one: letters in, a style out.
    Sequences<int, int> training = Labelled(all[held..]);
    Sequences<int, int> test = Labelled(all[..held]);
    var linguist = new Linguist(options.Seed);
    Linguist.Trainer trainer = linguist.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 });
    trainer.Fit(training, null, options.Training(updates: 1500, batchSize: 16), new ConsoleProgress());

    // One to many: a style in, letters out.
    int[][] lines = [.. all[held..].Select(one => (int[])[Styles.Token(one.Style), .. Styles.Alphabet.Encode(one.Name), Styles.Mark])];
    var namer = new Namer(options.Seed);
    Namer.Trainer namerTrainer = namer.CreateTrainer(new Adam(0.003f) { ClipNorm = 1 });
    var written = new Sequences<int, int>(lines.Select(line => line[..^1]), lines.Select(line => line[1..]));
    FitResult result = namerTrainer.Fit(written, null, options.Training(updates: 2000, batchSize: 16), new ConsoleProgress());

    (int fitting, int made, int fresh) = (0, 0, 0);
    var known = all.Select(one => one.Name).ToHashSet();
    var sampler = new Sampler(Namer.OutputSize, options.Seed) { Temperature = 0.9f };
    var verdict = new float[Linguist.OutputSize];
    var letters = new int[Styles.Longest];
    for (int style = 0; style < Styles.Count; style++)
    {
        var shown = new List<string>();
        for (int k = 0; k < 100; k++)
        {
            ReadOnlySpan<int> name = letters.AsSpan(0, namer.Generate(namer.CreateState(), Styles.Token(style), letters, sampler, end: Styles.Mark));
            if (name.IsEmpty)
            {
                continue;
            }

            linguist.Forward(linguist.CreateState(), name, verdict);
            fitting += Sampler.MostLikely(verdict) == style ? 1 : 0;
            made++;
            string text = Styles.Alphabet.Decode(name);
            if (!known.Contains(text))
            {
                fresh++;
                shown.Add(text);
            }
        }

        Console.WriteLine($"{Styles.Names[style],-9} {string.Join(", ", shown.Take(5).Select(text => char.ToUpperInvariant(text[0]) + text[1..]))}");
    }

    Console.WriteLine($"{100.0 * fitting / made:0.0} % of {made} names made up are in the style asked for, {fresh} of them in no list");
    var plot = new Plot("Learning to make up names", "update", "loss in nats per letter");
    plot.Add("training", result.History.Select(report => ((double)report.Update, report.Loss)));
    plot.Save("names.svg");
    return $"accuracy {linguist.Evaluate(test).Accuracy:P1} on {test.Count} held-out names";
});

static Sequences<int, int> Labelled(List<(string Name, int Style)> names) =>
    new(names.Select(one => Styles.Alphabet.Encode(one.Name)), names.Select(one => new[] { one.Style }));
