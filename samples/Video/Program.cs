using RnnGen.Samples;

return SampleProgram.Run(args, "Watches clips of moving shapes and says in a sentence what happens.", options =>
{
    var reporter = new Reporter(options.Seed);
    int updates = options.Updates(16000);
    var training = new ReporterTraining(reporter, updates, options.Seed);
    TrainingConsole.Loop(updates, training.Update);

    var held = new Clips(new Random(1_000_000 + options.Seed));
    var strips = new PixelSheet(columns: Clips.Longest, Clips.Side, "black");
    for (int k = 0; k < 6; k++)
    {
        Clip clip = held.Film(held: true);
        string said = reporter.Say(clip);
        Console.WriteLine(said == clip.Sentence ? said : $"{said} (it was: {clip.Sentence})");
        foreach ((int index, float[] frame) in clip.Frames.Chunk(Clips.FrameSize).Index())
        {
            strips.Add(Colors(frame), index == 0 ? said : null);
        }

        strips.EndRow();
    }

    strips.Save("video.svg");

    int count = options.Quick ? 200 : 2000;
    Console.WriteLine($"exact {Exact(held: false):0.0} % of {count} new clips with combinations that were in training");
    return $"exact {Exact(held: true):0.0} % of {count} clips with combinations of color, shape and motion that were not";

    double Exact(bool held)
    {
        var clips = new Clips(new Random(2_000_000 + options.Seed));
        return 100.0 / count * Enumerable.Range(0, count).Select(_ => clips.Film(held)).Count(clip => reporter.Say(clip) == clip.Sentence);
    }
});

static IEnumerable<string?> Colors(float[] frame) => frame.Chunk(3).Select(pixel => pixel.Max() < 0.3f ? null : $"#{Hex(pixel[0])}{Hex(pixel[1])}{Hex(pixel[2])}");

// One digit: fewer colors, and a smaller file.
static string Hex(float light) => ((int)Math.Round(light * 15)).ToString("x");
