namespace RnnGen.Benchmarks;

/// <summary>A model whose verbs can be called whatever its type.</summary>
internal sealed record BenchmarkedModel(Action Step, Action Forward, Action Record, Action Backward, Action TrainingStep)
{
    public static BenchmarkedModel Of<TModel>()
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>
    {
        TModel model = TModel.Create(seed: 1);
        State stream = model.CreateState();
        State state = model.CreateState();
        Tape tape = model.CreateTape();
        Optimizer optimizer = new Adam(1e-5f).CreateOptimizer(model);
        var random = new Random(1);
        float[] inputs = random.Uniform(model.SequenceLength * model.InputSize);
        float[] gradients = random.Uniform(model.SequenceLength * model.OutputSize);
        var outputs = new float[model.SequenceLength * model.OutputSize];
        void Record()
        {
            state.Reset();
            model.Forward(state, inputs, tape);
        }

        Record();
        return new BenchmarkedModel(
            () => model.Step(stream, inputs.AsSpan(0, model.InputSize), outputs.AsSpan(0, model.OutputSize)),
            () =>
            {
                state.Reset();
                model.Forward(state, inputs, outputs);
            },
            Record,
            () =>
            {
                model.Backward(tape, gradients, null);
                tape.Clear();
            },
            () =>
            {
                Record();
                model.Backward(tape, gradients, null);
                optimizer.Update(tape);
            });
    }
}
