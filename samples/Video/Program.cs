using RnnGen;
using RnnGen.Samples;

const int BatchSize = 16;

return SampleProgram.Run(args, "Watches clips of moving shapes and says in a sentence what happens.", options =>
{
    var clips = new Clips(new Random(options.Seed));
    var reporter = new Reporter(options.Seed);
    var training = new ReporterTraining(reporter, options.Updates(int.Parse(Environment.GetEnvironmentVariable("VUP") ?? "5000")));
    TrainingConsole.Loop(options.Updates(int.Parse(Environment.GetEnvironmentVariable("VUP") ?? "5000")), () => training.Update([.. Enumerable.Range(0, BatchSize).Select(_ => clips.Film(held: false))]));

    var strips = new PixelSheet(columns: Clips.Longest, Clips.Side, "black");
    for (int k = 0; k < 6; k++)
    {
        Clip clip = clips.Film(held: true);
        string said = reporter.Say(clip);
        Console.WriteLine(said == clip.Sentence ? said : $"{said} (it was: {clip.Sentence})");
        foreach ((float[] frame, int index) in clip.Frames.Chunk(Clips.FrameSize).Select((frame, index) => (frame, index)))
        {
            strips.Add(Colors(frame), index == 0 ? said : null);
        }

        strips.EndRow();
    }

    strips.Save("video.svg");

    int held = options.Quick ? 200 : 2000;
    int exact = Enumerable.Range(0, held).Select(_ => clips.Film(held: true)).Count(clip => reporter.Say(clip) == clip.Sentence);
    int seen = Enumerable.Range(0, held).Select(_ => clips.Film(held: false)).Count(clip => reporter.Say(clip) == clip.Sentence);
    Console.WriteLine($"seen {100.0 * seen / held:0.0}");
    var wrong = new Dictionary<string, int>();
    for (int k = 0; k < 1000; k++) { var c = clips.Film(held: false); var a = c.Sentence.Split(' '); var b = reporter.Say(c).Split(' '); for (int i = 0; i < Math.Min(a.Length, b.Length); i++) if (a[i] != b[i]) wrong[$"{a[i]}>{b[i]}"] = wrong.GetValueOrDefault($"{a[i]}>{b[i]}") + 1; }
    Console.WriteLine(string.Join("  ", wrong.OrderByDescending(p => p.Value).Take(25).Select(p => $"{p.Key} {p.Value}")));
    return $"exact {100.0 * exact / held:0.0} % of {held} clips with unseen combinations of color, shape and motion";
});

static IEnumerable<string?> Colors(float[] frame) => frame.Chunk(3).Select(pixel => pixel.Max() < 0.3f ? null : $"#{Hex(pixel[0])}{Hex(pixel[1])}{Hex(pixel[2])}");

// One digit: fewer colors, and a smaller file.
static string Hex(float light) => ((int)Math.Round(light * 15)).ToString("x");
