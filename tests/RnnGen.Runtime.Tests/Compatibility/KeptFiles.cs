using System.Globalization;
using System.Text.Json;

namespace RnnGen.Tests.Compatibility;

/// <summary>
/// What one model leaves behind: a checkpoint, a trainer's file of an interrupted training, a stream as bytes; and what must come of them: the
/// outputs of a window, those of the stream that goes on, and the checkpoint of the training that was resumed.
/// </summary>
internal abstract class KeptFiles
{
    public static readonly KeptFiles[] All =
    [
        new KeptFiles<KeptLetters, int, int>(
            new Adam(0.01f) { ClipNorm = 1, Schedule = new CosineSchedule(30) { WarmupUpdates = 5 } },
            new FitOptions { Updates = 30, BatchSize = 3, Order = DataOrder.Shuffled, ValidateEvery = 5, RestoreBestWeights = true },
            random => random.Next(6), Each(random => random.Next(6))),
        new KeptFiles<KeptSensor, float, float>(
            new RmsProp(0.01f) { Momentum = 0.5f, Schedule = new PlateauSchedule { Patience = 0, Gamma = 0.5f } },
            new FitOptions { Updates = 30, BatchSize = 3, Order = DataOrder.Sequential, CarryState = true, ValidateEvery = 5 },
            Number, Each(Number)),
        new KeptFiles<KeptFrames, float, float>(
            new Sgd(0.1f) { Momentum = 0.9f, Nesterov = true },
            new FitOptions { Updates = 30, BatchSize = 2, Order = DataOrder.Random },
            Number, Each(random => (float)random.Next(2))),
        new KeptFiles<KeptWords, int, int>(
            new AdamW(0.02f) { WeightDecay = 0.1f },
            new FitOptions { Updates = 30, BatchSize = 4, Order = DataOrder.Shuffled },
            random => random.Next(7), Each(random => random.Next(7))),
        new KeptFiles<KeptLine, float, float>(
            new AdaGrad(0.05f),
            new FitOptions { Updates = 30, BatchSize = 4, Order = DataOrder.Sequential },
            Number, Each(Number)),
        new KeptFiles<KeptGates, float, float>(
            new Adam(0.01f) { Schedule = new StepSchedule(10, 0.5f) },
            new FitOptions { Updates = 30, BatchSize = 3, Order = DataOrder.Shuffled },
            Number, Each(Number), averages: true),
        new KeptFiles<KeptPen, float, float>(
            new AdamW(0.01f) { WeightDecay = 0.01f, ClipValue = 1 },
            new FitOptions { Updates = 30, BatchSize = 3, Order = DataOrder.Shuffled },
            Number, Points),
        new KeptFiles<KeptSpeech, float, int>(
            new Sgd(0.05f),
            new FitOptions { Updates = 30, BatchSize = 3, Order = DataOrder.Shuffled },
            Number, (random, _) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => random.Next(1, 4))]),
        new KeptFiles<KeptAnswers, float, KeptAnswers.WindowTargets>(
            new Adam(0.01f),
            new FitOptions { Updates = 30, BatchSize = 2, Order = DataOrder.Random },
            Number, Each(random => new KeptAnswers.WindowTargets(new[] { random.Next(4) }, new[] { Number(random), Number(random) }))),
    ];

    public abstract string Model { get; }

    /// <summary>Whether files of the model are among those of a version.</summary>
    public abstract bool AreAmong(IEnumerable<string> names);

    /// <summary>Writes them with the code of today.</summary>
    public abstract void Write(string folder);

    /// <summary>Checks that the model loads and answers as it did.</summary>
    /// <param name="read">Gives a file of the version by its name, wherever it is.</param>
    /// <returns>The answers.</returns>
    /// <exception cref="InvalidOperationException">They are others.</exception>
    public abstract float[] CheckModel(Func<string, byte[]> read);

    /// <summary>Checks that the training goes on as it would have.</summary>
    /// <inheritdoc cref="CheckModel"/>
    /// <returns>The weights at its end.</returns>
    public abstract float[] CheckTraining(Func<string, byte[]> read);

    /// <summary>Checks that the stream goes on as it would have.</summary>
    /// <inheritdoc cref="CheckModel"/>
    public abstract float[] CheckStream(Func<string, byte[]> read);

    private static float Number(Random random) => (random.NextSingle() * 2) - 1;

    private static Func<Random, int, T[]> Each<T>(Func<Random, T> target) => (random, count) => [.. Enumerable.Range(0, count).Select(_ => target(random))];

    /// <summary>Two coordinates and a yes or no for each step.</summary>
    private static float[] Points(Random random, int count) => [.. Enumerable.Range(0, count).Select(k => k % 3 < 2 ? Number(random) : random.Next(2))];
}

/// <inheritdoc/>
internal sealed class KeptFiles<TModel, TInput, TTarget>(
    OptimizerSettings optimizer, FitOptions options, Func<Random, TInput> input, Func<Random, int, TTarget[]> targetsOf, bool averages = false) : KeptFiles
    where TModel : class, IRnnModel<TInput, TTarget>, IRnnModelFactory<TModel>
{
    private const int Cut = 13;
    private const string Greeting = "Grüße, 世界 🎵";

    public override string Model => typeof(TModel).Name;

    private static string ModelFile => $"{typeof(TModel).Name}.safetensors";

    private static string TrainingFile => $"{typeof(TModel).Name}.training.safetensors";

    private static string EndFile => $"{typeof(TModel).Name}.end.safetensors";

    private static string StateFile => $"{typeof(TModel).Name}.state";

    private static string AnswersFile => $"{typeof(TModel).Name}.json";

    public override bool AreAmong(IEnumerable<string> names) => names.Contains(ModelFile);

    public override void Write(string folder)
    {
        TModel model = TModel.Create(seed: 7);
        model.Metadata["greeting"] = Greeting;
        using Trainer<TInput, TTarget> trainer = NewTrainer(model);
        Fit(trainer, Cut);
        model.Save(Path.Combine(folder, ModelFile));
        trainer.Save(Path.Combine(folder, TrainingFile));

        State state = model.CreateState();
        Outputs(model, state, seed: 3);
        File.WriteAllBytes(Path.Combine(folder, StateFile), state.ToBytes());
        string window = Text(Outputs(model, model.CreateState(), 4));
        File.WriteAllText(Path.Combine(folder, AnswersFile), $$"""{"Window":{{window}},"Stream":{{Text(Outputs(model, state, 5))}}}""");

        Fit(trainer, options.Updates!.Value);
        model.Save(Path.Combine(folder, EndFile));
    }

    public override float[] CheckModel(Func<string, byte[]> read)
    {
        TModel model = TModel.Load(read(ModelFile));
        if (model.Metadata["greeting"] != Greeting)
        {
            throw new InvalidOperationException($"Expected the greeting '{Greeting}', found '{model.Metadata["greeting"]}'.");
        }

        return Close(Answers(read, "Window"), Outputs(model, model.CreateState(), 4), 1e-5f);
    }

    public override float[] CheckTraining(Func<string, byte[]> read)
    {
        using Trainer<TInput, TTarget> trainer = NewTrainer(TModel.Create(seed: 99));
        trainer.Resume(read(TrainingFile));
        if (trainer.Optimizer.Updates != Cut)
        {
            throw new InvalidOperationException($"Expected {Cut} updates, found {trainer.Optimizer.Updates}.");
        }

        Fit(trainer, options.Updates!.Value);

        // The machine that wrote them may have had vectors of another width.
        return Close(TModel.Load(read(EndFile)).Parameters, trainer.Model.Parameters, 2e-4f);
    }

    public override float[] CheckStream(Func<string, byte[]> read)
    {
        TModel model = TModel.Load(read(ModelFile));
        State state = model.CreateState();

        state.Restore(read(StateFile));

        return Close(Answers(read, "Stream"), Outputs(model, state, 5), 1e-5f);
    }

    private static float[] Close(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float tolerance)
    {
        if (expected.Length != actual.Length)
        {
            throw new InvalidOperationException($"Expected {expected.Length} values, found {actual.Length}.");
        }

        for (int k = 0; k < expected.Length; k++)
        {
            // Also where one of them is NaN.
            if (!(Math.Abs(expected[k] - actual[k]) <= tolerance))
            {
                throw new InvalidOperationException($"Expected {expected[k]} at {k}, found {actual[k]}.");
            }
        }

        return actual.ToArray();
    }

    private static float[] Answers(Func<string, byte[]> read, string name)
    {
        using JsonDocument answers = JsonDocument.Parse(read(AnswersFile));
        return [.. answers.RootElement.GetProperty(name).EnumerateArray().Select(number => number.GetSingle())];
    }

    private static string Text(float[] numbers) => $"[{string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}]";

    private float[] Outputs(TModel model, State state, int seed)
    {
        var random = new Random(seed);
        var outputs = new float[model.GetOutputLength(model.SequenceLength)];
        model.Forward(state, Draw(random, model.GetInputLength(model.SequenceLength)), outputs);
        return outputs;
    }

    private Trainer<TInput, TTarget> NewTrainer(TModel model)
    {
        var trainer = new Trainer<TInput, TTarget>(model, optimizer);
        trainer.Average = averages ? new ExponentialMovingAverage(model) : null;
        return trainer;
    }

    private void Fit(Trainer<TInput, TTarget> trainer, long updates) => trainer.Fit(
        Windows(trainer.Model, 12, seed: 1), options.ValidateEvery > 0 ? Windows(trainer.Model, 3, seed: 2) : null, options with { Updates = updates, Seed = 5 });

    private Sequences<TInput, TTarget> Windows(IRnnModel<TInput, TTarget> model, int count, int seed)
    {
        var random = new Random(seed);
        var inputs = new TInput[count][];
        var targets = new TTarget[count][];
        for (int k = 0; k < count; k++)
        {
            inputs[k] = Draw(random, model.GetInputLength(model.SequenceLength));
            targets[k] = targetsOf(random, model.GetTargetLength(model.SequenceLength));
        }

        return new Sequences<TInput, TTarget>(inputs, targets);
    }

    private TInput[] Draw(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => input(random))];
}
