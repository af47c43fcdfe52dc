using System.Runtime.InteropServices;
using System.Text;
using RnnGen;
using RnnGen.Samples;

namespace CharLm;

/// <summary>Trains a model of characters, tests it, and lets it write. The same for every cell.</summary>
internal sealed class Session<TModel>
    where TModel : class, IRnnModel<int, int>, IRnnStreamingModel<int>, IRnnModelFactory<TModel>
{
    private readonly Settings _settings;
    private readonly TModel _model;
    private readonly Trainer<int, int> _trainer;
    private readonly Corpus _corpus;

    private Session(Settings settings)
    {
        _settings = settings;
        _model = TModel.Create(settings.Seed);
        _trainer = new(_model, new Adam(2e-3f) { ClipNorm = 1 });
        if (settings.Resume is not null)
        {
            _trainer.Resume(settings.Resume);
        }

        string? alphabet = _model.Metadata.TryGetValue(Vocabulary.MetadataKey, out string? known) ? known : null;
        _corpus = Corpus.Of(Corpus.Read(settings.Text), alphabet);
        _model.Metadata[Vocabulary.MetadataKey] = _corpus.Vocabulary.Alphabet;
    }

    public static void Run(Settings settings) => new Session<TModel>(settings).Run();

    private void Run()
    {
        CheckWritable(_settings.Checkpoint);
        CheckWritable(_settings.Curve);
        Console.WriteLine(
            $"{_model.ParameterCount:N0} parameters, {_corpus.Vocabulary.Size} characters{(_corpus.Vocabulary.Other is null ? "" : " (one stands for all others)")}, "
            + $"{_corpus.Training.Count + Sizes.Steps:N0} of the text to learn from.");
        FitResult result = Train();
        Console.WriteLine($"{result.Targets:N0} characters in {result.Elapsed.TotalSeconds:0.0} s, {result.Targets / result.Elapsed.TotalSeconds:N0} per second.");
        if (result.StopReason == StopReason.Cancelled)
        {
            Console.WriteLine($"Stopped after update {result.Updates}. Saved; --resume {_settings.Checkpoint} goes on from here.");
            return;
        }

        Score validation = result.Validation.Count > 0 ? result.Validation : _trainer.Evaluate(_corpus.Validation);
        Console.WriteLine($"{validation.BitsPerTarget:0.000} bits per character, {validation.Accuracy:P1} guessed right");
        Console.WriteLine($"validation loss {validation.Loss:0.000}");
        Console.WriteLine();
        Console.WriteLine(Write(_settings.Sample));
        Console.WriteLine();
        Console.WriteLine($"Saved as {_settings.Checkpoint}.");
        Draw(result.History);
    }

    private FitResult Train()
    {
        using var cancellation = new CancellationTokenSource();
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        var options = new FitOptions
        {
            Updates = _settings.Steps,
            BatchSize = 16,
            Order = DataOrder.Random,
            Seed = _settings.Seed,
            ValidateEvery = 250,
            CheckpointPath = _settings.Checkpoint,
            SaveEvery = _settings.SaveEvery,
        };
        return _trainer.Fit(_corpus.Training, _corpus.Validation, options, new ConsoleProgress { LineInterval = TimeSpan.Zero }, cancellation.Token);
    }

    /// <summary>Lets the model write: each character that it draws is its next input.</summary>
    private string Write(int length)
    {
        Vocabulary vocabulary = _corpus.Vocabulary;
        var sampler = new Sampler(_model.OutputSize, _settings.Seed) { Temperature = _settings.Temperature };
        State state = _model.CreateState();
        Span<float> probabilities = stackalloc float[_model.OutputSize];
        var text = new StringBuilder(length);
        int token = Math.Max(0, vocabulary.Alphabet.IndexOf('\n'));
        for (int k = 0; k < length; k++)
        {
            _model.Step(state, [token], probabilities);

            // Classes without a character, and the one that stands for many, cannot be written.
            probabilities[vocabulary.Size..].Clear();
            if (vocabulary.Other is int other)
            {
                probabilities[other] = 0;
            }

            token = sampler.Next(probabilities);
            text.Append(vocabulary.Decode(token));
        }

        return text.ToString();
    }

    private void Draw(IReadOnlyList<TrainingProgress> history)
    {
        if (_settings.Curve is not null)
        {
            var plot = new Plot($"{typeof(TModel).Name}: loss in nats per character", "update", "nats");
            plot.Add("training", history.Select(report => ((double)report.Update, report.Loss)));
            plot.Add("validation", history.Where(report => report.Validation is not null).Select(report => ((double)report.Update, report.Validation!.Value.Loss)));
            plot.Save(_settings.Curve);
        }
    }

    /// <summary>Better now than after the training.</summary>
    private static void CheckWritable(string? path)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            string full = Path.GetFullPath(path);
            if (Directory.Exists(full))
            {
                throw new IOException("It is a folder.");
            }

            string probe = Path.Combine(Path.GetDirectoryName(full)!, $"charlm-{Guid.NewGuid():N}.tmp");
            using FileStream stream = new(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {e.Message}");
        }
    }
}
