using System.CommandLine;
using RnnGen;
using RnnGen.Samples;

var wav = new Option<string?>("--wav") { Description = "A folder of WAV files to listen to after training.", HelpName = "FOLDER" };

return SampleProgram.Run(args, "Writes down digits that voices say, at the end of an utterance and while it is spoken.", options =>
{
    // Before the training, which is in vain if a file cannot be read.
    Recording[] recordings = options.Arguments.GetValue(wav) is string folder ? Recording.ReadFolder(folder) : [];

    var random = new Random(options.Seed);
    var training = new Corpus(random, voices: options.Quick ? 20 : 1000, each: 3);
    var validation = new Corpus(random, voices: options.Quick ? 5 : 40, each: 3);
    var test = new Corpus(random, voices: options.Quick ? 5 : 50, each: 6);

    var transcriber = new Transcriber(options.Seed);
    var captioner = new Captioner(options.Seed);
    Console.WriteLine("Whole utterances:");
    Train(transcriber, transcriber.Scale, training, validation, options, updates: 2000);
    Console.WriteLine("Streaming:");
    Train(captioner, captioner.Scale, training, validation, options, updates: 2500);

    Utterance shown = test.Utterances.First(utterance => utterance.Digits.Distinct().Count() == 5);
    Recording.Save("speech.wav", shown.Samples);
    Spectrogram.Draw(shown, Hearing.Follow(captioner, shown.Samples), Hearing.Read(transcriber, shown.Samples)).Save("speech.svg");
    Console.WriteLine($"speech.wav, said: {string.Join(' ', shown.Digits)}");
    Listen("speech.wav", shown.Samples);
    foreach (Recording recording in recordings)
    {
        Listen(recording.Name, recording.Samples);
    }

    return $"label error {transcriber.Evaluate(test.Windows).ErrorRate:P1} (streaming {captioner.Evaluate(test.Windows).ErrorRate:P1}) on {test.Utterances.Count} utterances of voices never heard";

    void Listen(string name, float[] samples)
    {
        Console.Write($"{name}, streaming:");
        foreach (Heard heard in Hearing.Follow(captioner, samples))
        {
            Console.Write($" {heard.Digit} ({heard.Second:0.00} s)");
        }

        Console.WriteLine();
        IEnumerable<string> whole = LogMel.Steps(samples.Length) > LogMel.LongestSteps ? ["longer than 8 s"] : Hearing.Read(transcriber, samples).Select(heard => $"{heard.Digit}");
        Console.WriteLine($"{name}, whole: {string.Join(' ', whole)}");
    }
}, wav);

// Which step belongs to which digit is not said: the loss sums over all ways to align them.
static void Train(IRnnModel<float, int> model, Layer scale, Corpus training, Corpus validation, SampleOptions options, int updates)
{
    scale.Adapt(training.Windows);
    var trainer = new Trainer<float, int>(model, new Adam(0.005f) { ClipNorm = 1, Schedule = new CosineSchedule(options.Updates(updates)) });
    FitOptions settings = options.Training(updates, batchSize: 16) with { ValidateEvery = options.Updates(updates) / 10, RestoreBestWeights = true };
    trainer.Fit(training.Windows, validation.Windows, settings, new ConsoleProgress());
}
