using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Says after every frame of an accelerometer what its wearer does.", options =>
{
    var wearer = new Wearer(new Random(options.Seed));
    (float[] Frames, int[] Activities)[] windows = [.. Enumerable.Range(0, 400).Select(_ => wearer.Record(Watch.SequenceLength))];
    var training = new Sequences<float, int>(windows.Select(window => window.Frames), windows.Select(window => window.Activities));

    var watch = new Watch(options.Seed);
    Watch.Trainer trainer = watch.CreateTrainer(new Adam(0.005f) { ClipNorm = 1 });
    trainer.Fit(training, null, options.Training(updates: 1200, batchSize: 8), new ConsoleProgress());

    // Ten minutes that training has not seen, frame by frame, as a watch would.
    (float[] frames, int[] activities) = wearer.Record(10 * 60 * 20);
    int[] guesses = Stream(watch, frames);
    int hits = guesses.Zip(activities, (guess, activity) => guess == activity ? 1 : 0).Sum();
    for (int activity = 0; activity < Watch.OutputSize; activity++)
    {
        int[] of = [.. Enumerable.Range(0, activities.Length).Where(k => activities[k] == activity)];
        Console.WriteLine($"{Wearer.Activities[activity],-7} {of.Count(k => guesses[k] == activity) / (double)of.Length:P1} of {of.Length} frames");
    }

    const int Shown = 1200;
    var plot = new Plot("One of ten minutes", "seconds", "") { YTexts = Wearer.Activities };
    plot.Add("activity", activities.Take(Shown).Select((activity, k) => (k / 20.0, (double)activity)));
    plot.AddPoints("as the model sees it", guesses.Take(Shown).Select((guess, k) => (k / 20.0, guess + 0.1)));
    plot.Save("activity.svg");
    return $"frame accuracy {hits / (double)activities.Length:P1} on {activities.Length} held-out frames";
});

static int[] Stream(Watch watch, float[] frames)
{
    Watch.State state = watch.CreateState();
    Span<float> probabilities = stackalloc float[Watch.OutputSize];
    var guesses = new int[frames.Length / Watch.InputSize];
    for (int frame = 0; frame < guesses.Length; frame++)
    {
        watch.Step(state, frames.AsSpan(frame * Watch.InputSize, Watch.InputSize), probabilities);
        guesses[frame] = Sampler.MostLikely(probabilities);
    }

    return guesses;
}
