using System.Globalization;

namespace RnnGen.Testing;

/// <summary>Checks that the ways in which a model runs agree.</summary>
public static class Streams
{
    /// <summary>
    /// Checks that a model gives the same outputs and states however it runs on random inputs: a window in one call; step by step; recorded; as a lane of a
    /// batch, beside windows of other lengths; and, bit for bit, from a state that was forked, or stored as bytes. What does not apply is left out: steps of models that need whole
    /// windows, recordings with random masks (dropout, zoneout), batches of models without them or with several heads. The model is unchanged.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="tolerance">The largest difference that is right: absolute, or relative for values above 1. At least 0.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <exception cref="CheckException">Two ways differ; the message has both values.</exception>
    /// <exception cref="ArgumentException">The model reads neither numbers nor tokens.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number.</exception>
    public static void Equal(IRnnModel model, float tolerance = 1e-5f, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        Require(tolerance);
        switch (model)
        {
            case IRnnModel<float> numbers: new StreamCheck<float>(numbers, tolerance, seed).Run(); break;
            case IRnnModel<int> tokens: new StreamCheck<int>(tokens, tolerance, seed).Run(); break;
            default: throw new ArgumentException("Expected a model that reads numbers or tokens.", nameof(model));
        }
    }

    /// <summary>Checks that two models, such as a trained one and the one that a service has loaded, give the same outputs for random windows.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="expected">A model.</param>
    /// <param name="actual">Another one, which reads and writes as many numbers.</param>
    /// <param name="tolerance">The largest difference that is right: absolute, or relative for values above 1. 0 asks for the same bits.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <exception cref="CheckException">They differ; the message has both values.</exception>
    /// <exception cref="ArgumentException">The sizes of inputs, outputs or windows differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The tolerance is negative or not a number.</exception>
    public static void Equal<TInput>(IRnnModel<TInput> expected, IRnnModel<TInput> actual, float tolerance = 0, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Require(tolerance);
        var sizes = (expected.InputSize, expected.OutputSize, expected.SequenceLength, expected.GetOutputLength(expected.SequenceLength));
        var others = (actual.InputSize, actual.OutputSize, actual.SequenceLength, actual.GetOutputLength(actual.SequenceLength));
        if (sizes != others)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Expected a model with the sizes (inputs, outputs, steps, outputs of a window) {sizes}, found {others}."), nameof(actual));
        }

        var random = new Random(seed);
        foreach (int steps in Made.Lengths(expected))
        {
            TInput[] inputs = Made.Inputs(expected, random, steps);
            Near.Check(Run(expected), Run(actual), tolerance, string.Create(CultureInfo.InvariantCulture, $"outputs of {steps} steps"));

            float[] Run(IRnnModel<TInput> model)
            {
                var outputs = new float[model.GetOutputLength(steps)];
                model.Forward(model.CreateState(), inputs, outputs);
                return outputs;
            }
        }
    }

    private static void Require(float tolerance)
    {
        if (!(tolerance >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(tolerance), tolerance, "The tolerance must be at least 0.");
        }
    }
}
