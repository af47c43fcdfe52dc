namespace RnnGen.Testing;

/// <summary>Checks of a model's gradients.</summary>
public static class Gradients
{
    /// <summary>
    /// Checks <c>Backward</c>: the gradients of all weights, of the inputs and of the initial states are compared with differences of a loss that is a random sum of
    /// outputs and last states, for windows of one step, of <see cref="IRnnModel.SequenceLength"/> and of one less (at most 64), with the same tape. The gradients of a
    /// batch are compared with those of its windows one by one (without random masks, and with one head at most). The model is unchanged.
    /// </summary>
    /// <remarks>
    /// The loss is computed in double precision from the equations of the layers where RnnGen has them as such, and the outputs are compared with it, too. For other layers,
    /// and for random masks (dropout, zoneout), it is computed by the model itself, and errors below 1 % can stay unseen. Each tensor is shifted as a whole in two random
    /// directions, of which every element has its share; only then is a wrong element searched.
    /// </remarks>
    /// <param name="model">The model.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <exception cref="CheckException">A gradient or an output is wrong; the message has the element, the expected and the actual value.</exception>
    /// <exception cref="ArgumentException">The model reads neither numbers nor tokens.</exception>
    public static void Check(IRnnModel model, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        switch (model)
        {
            case IRnnModel<float> numbers: Check(numbers, seed); break;
            case IRnnModel<int> tokens: Check(tokens, seed); break;
            default: throw new ArgumentException("Expected a model that reads numbers or tokens.", nameof(model));
        }
    }

    /// <summary>
    /// Checks the gradients of the model's own loss on a few windows of data: those of all weights are compared with differences of the loss, which the model computes in
    /// single precision, so that errors below 1 % can stay unseen. The model is unchanged.
    /// </summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTarget">The element type of the targets.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The data, at least one window; the first three are used.</param>
    /// <param name="seed">Seed of the random numbers.</param>
    /// <exception cref="CheckException">A gradient is wrong; the message has the element, the expected and the actual value.</exception>
    /// <exception cref="ArgumentException">There are no windows, or one does not fit the model.</exception>
    public static void Check<TInput, TTarget>(IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfZero(data.Count, nameof(data));
        const int Few = 3;
        for (int window = 0; window < Math.Min(Few, data.Count); window++)
        {
            new LossOfTargets<TInput, TTarget>(model.Clone(), data.Inputs(window).ToArray(), data.Targets(window).ToArray()).Check(seed);
        }
    }

    private static void Check<TInput>(IRnnModel<TInput> model, int seed)
    {
        // One copy with one tape: what a longer window leaves behind must not be seen by a shorter one.
        IRnnModel<TInput> copy = model.Clone();
        Tape tape = copy.CreateTape();
        bool learnsStart = model.Layers.Any(layer => layer.Declaration is RecurrentAttribute { LearnInitialState: true });
        foreach (int steps in Made.Lengths(model).Reverse())
        {
            new LossOfOutputs<TInput>(copy, tape, steps, seed, fromStart: false).Check(seed);
            if (learnsStart)
            {
                new LossOfOutputs<TInput>(copy, tape, steps, seed, fromStart: true).Check(seed);
            }
        }

        if (copy is IRnnBatchModel<TInput> batches && !Masks.AreDrawn(model) && !Made.HasSeveralHeads(model))
        {
            new LaneGradients<TInput>(batches, seed).Check();
        }
    }
}
