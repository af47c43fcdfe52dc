namespace RnnGen.Everywhere;

/// <summary>Training as a user does it: on a data set, with batches.</summary>
internal static class Trainings
{
    public static IEnumerable<Case> Cases => [new Case("Hello/training", Hello), new Case("LanesOfGru/training", Fit)];

    /// <summary>The word of the lectures: after "hell" comes "ello".</summary>
    private static void Hello(Values values)
    {
        int[] hell = [0, 1, 2, 2];
        int[] ello = [1, 2, 2, 3];
        var model = new Hello(seed: 7);
        using Hello.Trainer trainer = model.CreateTrainer(new Adam(0.02f) { ClipNorm = 5 });
        for (int update = 0; update < 100; update++)
        {
            values.Add(trainer.Train(hell, ello));
        }

        var probabilities = new float[4 * Everywhere.Hello.OutputSize];
        model.Forward(model.CreateState(), hell, probabilities);
        values.Add(probabilities);
        for (int step = 0; step < 4; step++)
        {
            if (Sampler.MostLikely(probabilities.AsSpan(step * 4, 4)) != ello[step])
            {
                throw new InvalidOperationException("It does not say ello.");
            }
        }
    }

    private static void Fit(Values values)
    {
        var random = new Random(9);
        var model = new LanesOfGru(seed: 6);
        using LanesOfGru.Trainer trainer = model.CreateTrainer(new Adam(0.01f));
        var inputs = new float[24][];
        var targets = new float[24][];
        for (int k = 0; k < inputs.Length; k++)
        {
            int steps = 2 + (k % 5);
            inputs[k] = Made.Numbers(random, steps * LanesOfGru.InputSize);
            targets[k] = [.. Made.Tokens(random, steps * LanesOfGru.OutputSize, 2).Select(bit => (float)bit)];
        }

        var data = new Sequences<float, float>(inputs, targets);
        FitResult result = trainer.Fit(data, data, new FitOptions { Updates = 12, ValidateEvery = 4, Seed = 1 });
        values.Add((float)result.Validation.Loss);
        Passes.AddParameters(model, values);
    }
}

[RnnModel(inputSize: 4, sequenceLength: 4, Tokens = true), Rnn(10), Softmax(4)]
internal sealed partial class Hello;
