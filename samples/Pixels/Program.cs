using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Completes pictures of digits pixel by pixel, from their upper half.", options =>
{
    var glyphs = new Glyphs(new Random(options.Seed));
    Sequences<float, float> training = Windows([.. Enumerable.Range(0, options.Quick ? 200 : 6000).Select(_ => glyphs.Draw())]);
    float[][] held = [.. Enumerable.Range(0, options.Quick ? 50 : 1000).Select(_ => glyphs.Draw())];

    var painter = new Painter(options.Seed);
    Painter.Trainer trainer = painter.CreateTrainer(new Adam(0.004f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(3000)) });
    trainer.Fit(training, null, options.Training(updates: 3000, batchSize: 16), new ConsoleProgress());

    // Each picture is completed twice from its upper half, with other pixels drawn: what is not known is not always the same.
    var random = new Random(options.Seed);
    var sheet = new PixelSheet(columns: 12, Glyphs.Side, "#eee");
    foreach (float[] glyph in held.Take(24))
    {
        sheet.Add(Colors(glyph, glyph.Length));
        sheet.Add(Colors(Complete(painter, glyph, random), glyph.Length / 2));
        sheet.Add(Colors(Complete(painter, glyph, random), glyph.Length / 2));
    }

    sheet.Save("pixels.svg");

    // The loss is the mean over the pixels; their sum is that of the picture.
    double nats = Glyphs.Count * painter.Evaluate(Windows(held)).Loss;
    double independent = IndependentPixels.Nats(training, held);
    return $"{100 * nats / independent:0.0} % of the nats of independent pixels: {nats:0.0} and {independent:0.0} per held-out picture";
});

// A window is a picture: at each step what has been drawn so far, and the next pixel.
static Sequences<float, float> Windows(float[][] pictures) => new(pictures.Select(Inputs), pictures);

static float[] Inputs(float[] picture)
{
    var inputs = new float[Glyphs.Count * Painter.Seen];
    for (int at = 0; at < Glyphs.Count; at++)
    {
        See(picture, at, inputs.AsSpan(at * Painter.Seen, Painter.Seen));
    }

    return inputs;
}

static void See(ReadOnlySpan<float> picture, int at, Span<float> seen)
{
    (int row, int column) = Math.DivRem(at, Glyphs.Side);
    seen.Clear();
    seen[0] = column > 0 ? picture[at - 1] : 0;
    for (int beside = -2; beside <= 2; beside++)
    {
        seen[3 + beside] = row > 0 && column + beside is >= 0 and < Glyphs.Side ? picture[at - Glyphs.Side + beside] : 0;
    }

    seen[6 + column] = 1;
    seen[6 + Glyphs.Side + row] = 1;
}

// The upper half is read, the lower half is drawn; every drawn pixel is seen by the next ones.
static float[] Complete(Painter painter, float[] glyph, Random random)
{
    float[] picture = [.. glyph];
    Painter.State state = painter.CreateState();
    Span<float> seen = stackalloc float[Painter.Seen];
    Span<float> ink = stackalloc float[1];
    for (int at = 0; at < picture.Length; at++)
    {
        See(picture, at, seen);
        painter.Step(state, seen, ink);
        if (at >= picture.Length / 2)
        {
            picture[at] = random.NextSingle() < ink[0] ? 1 : 0;
        }
    }

    return picture;
}

// What the model drew is blue.
static IEnumerable<string?> Colors(float[] picture, int given) => picture.Select((ink, k) => ink == 0 ? null : k < given ? "#222" : "#1f77b4");
