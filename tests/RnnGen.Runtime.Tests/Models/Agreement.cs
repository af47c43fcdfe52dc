namespace RnnGen.Tests.Models;

/// <summary>That a model with targets that are numbers computes the same in all of its ways.</summary>
internal static class Agreement
{
    /// <summary>Compares the outputs of a window with those of its steps.</summary>
    /// <returns>The outputs, [steps x OutputSize].</returns>
    public static float[] OfSteps<TModel>(TModel model, float[] inputs)
        where TModel : IRnnModel<float>, IRnnStreamingModel<float>
    {
        int steps = inputs.Length / model.InputSize;
        var outputs = new float[model.GetOutputLength(steps)];
        model.Forward(model.CreateState(), inputs, outputs);
        State state = model.CreateState();
        var row = new float[model.OutputSize];
        for (int step = 0; step < steps; step++)
        {
            model.Step(state, inputs.AsSpan(step * model.InputSize, model.InputSize), row);
            Same.About(outputs.AsSpan(step * model.OutputSize, model.OutputSize), row, 1e-5, "outputs");
        }

        return outputs;
    }

    /// <summary>Compares losses and gradients of windows one by one with those of all of them in a batch.</summary>
    /// <returns>The score.</returns>
    public static Score OfBatches<TModel>(TModel model, Sequences<float, float> data)
        where TModel : IRnnBatchModel<float, float>
    {
        using var single = new Trainer<float, float>(model, new Sgd(0.1f));
        Score sum = default;
        for (int window = 0; window < data.Count; window++)
        {
            Score score = model.Evaluate(model.CreateState(), data.Inputs(window), data.Targets(window));
            Same.About(score.Loss, single.Accumulate(data.Inputs(window), data.Targets(window)), 1e-5, "loss");
            sum += score;
        }

        Same.About(sum.Loss, model.Evaluate(data).Loss, 1e-5, "score");
        using var batches = new BatchTrainer<float, float>(model, new Sgd(0.1f));
        batches.Accumulate(data, [.. Enumerable.Range(0, data.Count)]);
        Assert.Equal(sum.Count, batches.Tape.TargetCount);
        Same.About(single.Tape.Gradients, batches.Tape.Gradients, 1e-5, "gradient");
        return sum;
    }
}
