namespace RnnGen.Benchmarks;

/// <summary>A model's times over windows of half and of full length, rounds taking turns.</summary>
internal sealed record ScalingTimes(string Name, Rounds HalfWindow, Rounds Window, Rounds HalfTraining, Rounds Training)
{
    public static ScalingTimes Of<TModel, TState, TTape>(string name)
        where TModel : class, IMeasured<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        TModel model = TModel.Create(seed: 1);
        TState state = model.CreateState();
        TTape tape = model.CreateTape();
        var random = new Random(1);
        float[] inputs = [.. Enumerable.Range(0, TModel.SequenceLength * TModel.InputSize).Select(_ => (float)(random.NextDouble() - 0.5))];
        float[] gradients = [.. Enumerable.Range(0, TModel.SequenceLength * TModel.OutputSize).Select(_ => (float)(random.NextDouble() - 0.5))];
        var outputs = new float[gradients.Length];
        return new ScalingTimes(
            name,
            Window(TModel.SequenceLength / 2),
            Window(TModel.SequenceLength),
            Training(TModel.SequenceLength / 2),
            Training(TModel.SequenceLength));

        Rounds Window(int steps) => new(
            Repeat.Of(count =>
            {
                for (; count > 0; count--)
                {
                    state.Reset();
                    model.Forward(state, inputs.AsSpan(0, steps * TModel.InputSize), outputs.AsSpan(0, steps * TModel.OutputSize));
                }
            }),
            stepsPerUnit: 1);

        Rounds Training(int steps) => new(
            Repeat.Of(count =>
            {
                for (; count > 0; count--)
                {
                    state.Reset();
                    model.Forward(state, inputs.AsSpan(0, steps * TModel.InputSize), tape);
                    model.Backward(tape, gradients.AsSpan(0, steps * TModel.OutputSize), null);
                    tape.Clear();
                }
            }),
            stepsPerUnit: 1);
    }
}
