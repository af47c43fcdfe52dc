using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using RnnGen.Checkpoints;

namespace RnnGen.Fuzz;

/// <summary>A handful of models and trainers whose files differ in kind.</summary>
internal static class Targets
{
    public static FuzzTarget[] Models() => [.. All(Model, Model, Model, Model), .. All(Placed, Placed, Placed, Placed), .. Narrow()];

    public static FuzzTarget[] Trainers() => All(Trainer, Trainer, Trainer, Trainer);

    private static FuzzTarget[] All(
        Func<Letters.Trainer, TokenWindows, FuzzTarget> letters,
        Func<Amp.Trainer, Sequences<float, float>, FuzzTarget> amp,
        Func<Speech.Trainer, Sequences<float, float>, FuzzTarget> speech,
        Func<Stateless.Trainer, Sequences<float, float>, FuzzTarget> stateless)
    {
        var options = new FitOptions { Updates = 3, BatchSize = 2 };
        FitOptions carried = options with { Order = DataOrder.Sequential, CarryState = true };
        Letters.Trainer first = new Letters(seed: 1).CreateTrainer(new Adam { Schedule = new CosineSchedule(10) });
        first.Average = new ExponentialMovingAverage(first.Model);
        first.Model.Metadata[Vocabulary.MetadataKey] = "aeinü";
        TokenWindows text = TokenWindows.Lanes(Enumerable.Range(0, 49).Select(k => k * k % 5).ToArray(), 6, lanes: 2);
        first.Fit(text, text, carried with { ValidateEvery = 1, RestoreBestWeights = true });

        Amp.Trainer second = new Amp(seed: 1).CreateTrainer(new RmsProp { Momentum = 0.5f, Schedule = new PlateauSchedule() });
        Sequences<float, float> sounds = Windows(count: 8, inputs: 2, targets: 2);
        second.Fit(sounds, sounds, carried);

        Speech.Trainer third = new Speech(seed: 1).CreateTrainer(new AdamW());
        Sequences<float, float> words = Windows(count: 4, inputs: 3, targets: 2);
        third.Fit(words, null, options);

        Stateless.Trainer fourth = new Stateless(seed: 1).CreateTrainer(new Sgd(0.1f));
        Sequences<float, float> values = Windows(count: 4, inputs: 2, targets: 1);
        fourth.Fit(values, null, options with { Order = DataOrder.Random });
        return [letters(first, text), amp(second, sounds), speech(third, words), stateless(fourth, values)];
    }

    private static FuzzTarget Model<TInput, TTarget>(Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data)
    {
        IRnnModel<TInput, TTarget> model = trainer.Model;
        return new FuzzTarget(
            NameOf(trainer), [Written(model.Save), Written(trainer.Save)], file => Checkpoint.Load(model.Weights, file), () => Fingerprint(model),
            () => trainer.Evaluate(data));
    }

    /// <summary>Files whose weights are those that steps read.</summary>
    private static FuzzTarget[] Narrow()
    {
        IRnnModel<float>[] models = [new Bytes(seed: 1), new Nibbles(seed: 1)];
        return [.. models.Select(model => new FuzzTarget(
            model.GetType().Name, [Written(path => model.Save(path, new SaveOptions { Narrow = true })), Written(model.Save)],
            file => Checkpoint.Load(model.Weights, file), () => Fingerprint(model),
            () => model.Forward(model.CreateState(), new float[9], new float[model.GetOutputLength(1)])))];
    }

    /// <summary>The same models, which take files with other names, more tensors and answers.</summary>
    private static FuzzTarget Placed<TInput, TTarget>(Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data)
    {
        IRnnModel<TInput, TTarget> model = trainer.Model;
        var answers = new SaveOptions { Answers = data.Inputs(0).ToArray() is int[] tokens ? new(tokens) : new((float[])(object)data.Inputs(0).ToArray()) };
        Dictionary<string, string> wrapped = model.Layers.ToDictionary(layer => layer.Name, layer => "module." + layer.Name);
        int number = 0;
        return new FuzzTarget(
            NameOf(trainer) + " with options", [Written(path => model.Save(path, answers)), Written(path => model.ExportPyTorch(path, wrapped))], Read, () => Fingerprint(model),
            () => trainer.Evaluate(data));

        void Read(SafetensorsFile file) => model.LoadWeights(
            file.ToTensorFile(), new LoadOptions { CheckAnswers = number++ % 2 == 0, AllowNonFinite = number % 3 == 0, Ignore = number % 5 == 0 ? "*" : "" });
    }

    private static FuzzTarget Trainer<TInput, TTarget>(Trainer<TInput, TTarget> trainer, Dataset<TInput, TTarget> data)
    {
        byte[] sound = Written(trainer.Save);
        return new FuzzTarget(NameOf(trainer) + "'s trainer", [sound], trainer.Resume, Print, () => trainer.Train(data, 0, 1));

        uint Print()
        {
            var print = new Checksum();
            print.Add(Fingerprint(trainer.Model));
            print.Add(trainer.Optimizer.Updates);
            print.Add(trainer.SkippedUpdates);
            print.Add(unchecked((long)trainer.Tape.RandomState));
            print.Add(trainer.Progress.Updates);
            print.Add(RuntimeHelpers.GetHashCode(trainer.Progress));
            print.Add(BitConverter.SingleToInt32Bits(trainer.Optimizer.LearningRate));
            foreach (MomentBuffer moment in trainer.Optimizer.Moments)
            {
                print.Add(MemoryMarshal.AsBytes(moment.Values.Span));
            }

            print.Add(MemoryMarshal.AsBytes(trainer.Average is null ? [] : trainer.Average.Values));
            return print.Value;
        }
    }

    private static string NameOf(Trainer trainer) => trainer.Model.GetType().Name;

    private static uint Fingerprint(IRnnModel model)
    {
        var print = new Checksum();
        print.Add(MemoryMarshal.AsBytes(model.Parameters));
        foreach ((string key, string text) in model.Metadata)
        {
            print.Add(key);
            print.Add(text);
        }

        return print.Value;
    }

    private static byte[] Written(Action<string> save)
    {
        string folder = Directory.CreateTempSubdirectory("rnngen-fuzz-").FullName;
        try
        {
            string path = Path.Combine(folder, "file");
            save(path);
            return File.ReadAllBytes(path);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static Sequences<float, float> Windows(int count, int inputs, int targets)
    {
        const int Steps = 4;
        return new Sequences<float, float>(
            [.. Enumerable.Range(0, count).Select(window => Values(window, Steps * inputs))],
            [.. Enumerable.Range(0, count).Select(window => Values(window + 50, Steps * targets).Select(Math.Abs).ToArray())]);

        static float[] Values(int seed, int count) => [.. Enumerable.Range(0, count).Select(k => (float)Math.Sin((seed * 1.7) + (k * 0.9)))];
    }
}
