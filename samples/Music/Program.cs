using RnnGen;
using RnnGen.Samples;

const int Keys = Composer.Keys;

return SampleProgram.Run(args, "Learns to play chords and scales, and writes a MIDI file.", options =>
{
    var pieces = new Pieces(new Random(options.Seed));
    Sequences<float, float> training = Windows([.. Enumerable.Range(0, 600).Select(_ => pieces.Compose(bars: 8))]);
    Sequences<float, float> held = Windows([.. Enumerable.Range(0, 100).Select(_ => pieces.Compose(bars: 8))]);

    var composer = new Composer(options.Seed);
    Composer.Trainer trainer = composer.CreateTrainer(new Adam(0.005f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(2000)) });
    trainer.Fit(training, null, options.Training(updates: 2000, batchSize: 8), new ConsoleProgress());

    // Sixteen bars that begin with one bar by rule.
    float[] played = Play(composer, pieces.Compose(bars: 1), bars: 16, new Random(options.Seed));
    MidiFile.Save("music.mid", played);
    Draw(played);

    // The loss is the mean over the keys; their sum is that of the moment.
    double likelihood = Keys * composer.Evaluate(held).Loss;
    return $"negative log-likelihood {likelihood:0.00} nats per eighth, {Keys * FrequencyLoss(training, held):0.00} from how often each key is played";
});

// Each window is a piece, and its targets are the same piece one eighth later.
static Sequences<float, float> Windows(float[][] rolls) => new(rolls.Select(roll => roll[..^Keys]), rolls.Select(roll => roll[Keys..]));

// Each key is drawn by itself, and all that is drawn is heard again.
static float[] Play(Composer composer, float[] start, int bars, Random random)
{
    var roll = new float[bars * Pieces.Bar * Keys];
    start.CopyTo(roll.AsSpan());
    Composer.State state = composer.CreateState();
    Span<float> probabilities = stackalloc float[Keys];
    for (int at = 0; at + Keys < roll.Length; at += Keys)
    {
        composer.Step(state, roll.AsSpan(at, Keys), probabilities);
        for (int key = 0; key < Keys && at + Keys >= start.Length; key++)
        {
            roll[at + Keys + key] = random.NextSingle() < probabilities[key] ? 1 : 0;
        }
    }

    return roll;
}

// What a model without a memory could know at best.
static double FrequencyLoss(Sequences<float, float> training, Sequences<float, float> held)
{
    double[] shares = [.. Enumerable.Range(0, Keys).Select(key => Enumerable.Range(0, training.Count).Average(k => Share(training.Targets(k), key)))];
    return Enumerable.Range(0, held.Count).Average(k => shares.Select((share, key) => Loss(share, Share(held.Targets(k), key))).Average());

    static double Share(ReadOnlySpan<float> roll, int key)
    {
        double sum = 0;
        for (int at = key; at < roll.Length; at += Keys)
        {
            sum += roll[at];
        }

        return sum * Keys / roll.Length;
    }

    static double Loss(double said, double was) => -(was * Math.Log(said)) - ((1 - was) * Math.Log(1 - said));
}

static void Draw(float[] roll)
{
    var plot = new Plot("What it plays", "eighths", "key");
    IEnumerable<int> notes = Enumerable.Range(0, roll.Length).Where(k => roll[k] > 0);
    plot.AddPoints("", notes.Select(k => ((double)(k / Keys), (double)(k % Keys))));
    plot.Save("music.svg");
}
