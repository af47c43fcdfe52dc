using System.Runtime.InteropServices;
using System.Security.Cryptography;
using RnnGen;
using RnnGen.Mpi;

namespace TrainTogether;

/// <summary>What the command line asks for.</summary>
internal sealed record Settings
{
    /// <summary>The file to learn from; null for a made-up text.</summary>
    public required string? Text { get; init; }

    /// <summary>Updates in all.</summary>
    public required int Updates { get; init; }

    /// <summary>Workers in all processes together.</summary>
    public required int Workers { get; init; }

    /// <summary>The checkpoint to go on from, if it exists, and to write.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Updates between checkpoints.</summary>
    public required int SaveEvery { get; init; }

    /// <summary>Updates between lines of the report.</summary>
    public required int ReportEvery { get; init; }

    /// <summary>Seed of weights and order.</summary>
    public required int Seed { get; init; }
}

/// <summary>The same program in every process; the first one speaks.</summary>
internal sealed class Training(MpiGroup group, Settings settings)
{
    /// <summary>Trains on characters.</summary>
    public int Characters()
    {
        string text = settings.Text is null ? MadeUpData.Text() : File.ReadAllText(settings.Text);
        var vocabulary = Vocabulary.Of(text, CharLstm.Characters);
        int[] tokens = vocabulary.Encode(text);
        ReadOnlyMemory<int> all = tokens;
        int held = tokens.Length / 10;
        var model = new CharLstm(settings.Seed);
        model.Metadata[Vocabulary.MetadataKey] = vocabulary.Alphabet;
        return Run(
            model.CreateTrainer(new Adam(2e-3f) { ClipNorm = 1 }),
            TokenWindows.Sliding(all[..^held], CharLstm.Steps),
            TokenWindows.Tiled(all[^held..], CharLstm.Steps));
    }

    /// <summary>Trains on waves.</summary>
    public int Waves() => Run(
        new SeriesLstm(settings.Seed).CreateTrainer(new Adam(2e-3f) { ClipNorm = 1 }), MadeUpData.Waves(windows: 256, seed: 1), MadeUpData.Waves(windows: 32, seed: 2));

    private int Run<T>(Trainer<T, T> trainer, Dataset<T, T> data, Dataset<T, T> validation)
    {
        using var cancellation = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using (trainer)
        {
            trainer.Workers = settings.Workers;
            trainer.Group = group;
            bool goesOn = trainer.TryResume(settings.Checkpoint);
            Say($"{group.Size} {(group.Size == 1 ? "process" : "processes")} with {trainer.Workers} workers, {(goesOn ? $"going on after update {trainer.Optimizer.Updates}" : "from the start")}");
            FitResult result = trainer.Fit(
                data,
                validation,
                new FitOptions
                {
                    Updates = settings.Updates,
                    Order = DataOrder.Random,
                    Seed = settings.Seed,
                    CheckpointPath = settings.Checkpoint,
                    SaveEvery = settings.SaveEvery,
                    ReportEvery = settings.ReportEvery,
                    Quiet = true,
                },
                new Lines(this),
                cancellation.Token);
            if (result.StopReason == StopReason.Cancelled)
            {
                Say($"stopped after update {result.Updates}; the same command goes on from there");
                return 0;
            }

            Say(Speed(result));
            Say($"validation loss {trainer.Evaluate(validation).Loss:0.00000}");
            Say($"weights {Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(trainer.Model.Parameters)))}");
            return 0;
        }

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            cancellation.Cancel();
        }
    }

    /// <summary>Without the updates before the first line, in which methods are compiled.</summary>
    private static string Speed(FitResult result)
    {
        if (result.History.Count < 2)
        {
            return "too few updates for a time";
        }

        (TrainingProgress first, TrainingProgress last) = (result.History[0], result.History[^1]);
        return $"{(last.Elapsed - first.Elapsed).TotalMilliseconds / (last.Update - first.Update):0.000} ms per update";
    }

    private void Say(string line)
    {
        if (group.IsFirst)
        {
            Console.WriteLine(line);
        }
    }

    private sealed class Lines(Training training) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => training.Say($"update {value.Update}: loss {value.Loss:0.0000}");
    }
}
