namespace RnnGen.Benchmarks;

/// <summary>A model whose verbs can be called whatever its type.</summary>
internal sealed record BenchmarkedModel(Action Step, Action Forward, Action Record, Action Backward, Action TrainingStep)
{
    public static BenchmarkedModel Of<TModel, TState, TTape>()
        where TModel : class, IMeasured<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        TModel model = TModel.Create(seed: 1);
        TState stream = model.CreateState();
        TState state = model.CreateState();
        TTape tape = model.CreateTape();
        Optimizer optimizer = new Adam(1e-5f).CreateOptimizer(model);
        var random = new Random(1);
        float[] inputs = random.Uniform(TModel.SequenceLength * TModel.InputSize);
        float[] gradients = random.Uniform(TModel.SequenceLength * TModel.OutputSize);
        var outputs = new float[TModel.SequenceLength * TModel.OutputSize];
        void Record()
        {
            state.Reset();
            model.Forward(state, inputs, tape);
        }

        Record();
        return new BenchmarkedModel(
            () => model.Step(stream, inputs.AsSpan(0, TModel.InputSize), outputs.AsSpan(0, TModel.OutputSize)),
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
