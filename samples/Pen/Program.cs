using RnnGen;
using RnnGen.Samples;

return SampleProgram.Run(args, "Draws houses, stars, flowers, fish, boats and cats with a pen, and finishes drawings that were begun.", options =>
{
    var hand = new Hand(new Random(options.Seed));
    Drawing[] training = hand.Draw(options.Quick ? 300 : 6000);
    Drawing[] held = hand.Draw(options.Quick ? 60 : 600);

    // Many to one: points in, a kind out. The judge of the artist never sees the artist's drawings in training.
    var guesser = new Guesser(options.Seed);
    Guesser.Trainer guesserTrainer = guesser.CreateTrainer(new Adam(0.005f) { ClipNorm = 1 });
    guesserTrainer.Fit(Watched(training), null, options.Training(updates: 300, Guesser.BatchSize), new ConsoleProgress());

    // One to many: a kind in, points out.
    var sketcher = new Sketcher(options.Seed);
    sketcher.SpreadComponents();
    Sketcher.Trainer trainer = sketcher.CreateTrainer(new Adam(0.007f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(2600)) });
    trainer.Fit(Drawn(training), null, options.Training(updates: 2600, Sketcher.BatchSize), new ConsoleProgress());

    var artist = new Artist(sketcher, options.Seed);
    Drawing[] free = [.. Enumerable.Range(0, 240).Select(k => artist.Draw(k % Shapes.Count))];
    Drawing[] finished = [.. held.Take(240).Select(drawing => artist.Finish(drawing.Beginning))];

    // Three drawings of each kind, and one that is begun by a held-out drawing.
    var sheet = new DrawingSheet(columns: Shapes.Count);
    foreach (Drawing drawing in free.Take(3 * Shapes.Count))
    {
        sheet.Add(drawing);
    }

    for (int kind = 0; kind < Shapes.Count; kind++)
    {
        sheet.Add(finished[kind], held[kind].Beginning);
    }

    sheet.Save("pen.svg");

    var scribbler = new Scribbler(training);
    var random = new Random(options.Seed);
    Drawing[] scribbled = [.. Enumerable.Range(0, 240).Select(k => scribbler.Draw(k % Shapes.Count, random))];
    Console.WriteLine($"negative log-likelihood {sketcher.Evaluate(Drawn(held)).Loss:0.00} nats per point of held-out drawings, {scribbler.Nats(held):0.00} from one Gaussian for each kind");
    Console.WriteLine($"recognized {Recognized(held)} % of held-out drawings, {Recognized(finished)} % of finished ones, {Recognized(scribbled)} % of those from the Gaussians");
    return $"recognized {Recognized(free)} % of {free.Length} drawings";

    string Recognized(Drawing[] drawings) => $"{100 * guesser.Evaluate(Watched(drawings)).Accuracy:0.0}";
});

// The sketcher sees the pen before each point, and what is to be drawn.
static Sequences<float, float> Drawn(Drawing[] drawings) => new(
    drawings.Select(drawing => drawing.Pens().Chunk(Drawing.PenSize).SkipLast(1).SelectMany(pen => (float[])[.. pen, .. OneHot(drawing.Kind)]).ToArray()),
    drawings.Select(drawing => drawing.Points));

// The guesser sees the pen after each point.
static Sequences<float, int> Watched(Drawing[] drawings) => new(
    drawings.Select(drawing => drawing.Pens()[Drawing.PenSize..]),
    drawings.Select(drawing => new[] { drawing.Kind }));

static IEnumerable<float> OneHot(int kind) => Enumerable.Range(0, Shapes.Count).Select(k => k == kind ? 1f : 0);
