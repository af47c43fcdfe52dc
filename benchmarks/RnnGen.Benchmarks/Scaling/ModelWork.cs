namespace RnnGen.Benchmarks;

/// <summary>What the pairs of two models measure: a verb of a model, so many times.</summary>
internal static class ModelWork
{
    /// <summary>Steps of one stream.</summary>
    public static Action<int> Steps(IRnnStreamingModel<float> model)
    {
        State state = model.CreateState();
        float[] inputs = new Random(1).Uniform(model.InputSize);
        var outputs = new float[model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Step(state, inputs, outputs);
            }
        };
    }

    /// <summary>Whole windows.</summary>
    public static Action<int> Windows(IRnnStreamingModel<float> model)
    {
        State state = model.CreateState();
        float[] inputs = new Random(1).Uniform(model.SequenceLength * model.InputSize);
        var outputs = new float[model.SequenceLength * model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Forward(state, inputs, outputs);
            }
        };
    }

    /// <summary>Steps of all lanes of a batch.</summary>
    public static Action<int> Lanes(IRnnStreamingBatchModel<float> model)
    {
        Batch batch = model.CreateBatch(model.BatchSize);
        float[] inputs = new Random(1).Uniform(batch.Lanes * model.InputSize);
        var outputs = new float[batch.Lanes * model.OutputSize];
        return count =>
        {
            for (; count > 0; count--)
            {
                model.Step(batch, inputs, outputs);
            }
        };
    }

    /// <summary>Updates by Adam: a window forward and back through time, from given gradients of the outputs.</summary>
    public static Action<int> Updates(IRnnStreamingBatchModel<float> model)
    {
        State state = model.CreateState();
        Tape tape = model.CreateTape();
        Optimizer optimizer = new Adam(1e-5f) { ClipNorm = 1 }.CreateOptimizer(model);
        float[] inputs = new Random(1).Uniform(model.SequenceLength * model.InputSize);
        float[] gradients = new Random(2).Uniform(model.SequenceLength * model.OutputSize);
        return count =>
        {
            for (; count > 0; count--)
            {
                state.Reset();
                model.Forward(state, inputs, tape);
                model.Backward(tape, gradients, finalStateGradients: null);
                optimizer.Update(tape);
            }
        };
    }

    /// <summary>Updates by Adam with a window for each lane.</summary>
    public static Action<int> BatchUpdates(IRnnStreamingBatchModel<float> model)
    {
        Batch batch = model.CreateBatch(model.BatchSize);
        Tape tape = model.CreateBatchTape();
        Optimizer optimizer = new Adam(1e-5f) { ClipNorm = 1 }.CreateOptimizer(model);
        float[] inputs = new Random(1).Uniform(batch.Lanes * model.SequenceLength * model.InputSize);
        float[] gradients = new Random(2).Uniform(batch.Lanes * model.SequenceLength * model.OutputSize);
        return count =>
        {
            for (; count > 0; count--)
            {
                batch.Reset();
                model.Forward(batch, inputs, tape);
                model.Backward(tape, gradients, finalStateGradients: null);
                optimizer.Update(tape);
            }
        };
    }
}
