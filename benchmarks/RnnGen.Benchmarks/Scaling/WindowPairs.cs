namespace RnnGen.Benchmarks;

/// <summary>Windows of full and of half length: for the outputs, and in training.</summary>
internal static class WindowPairs
{
    public static IReadOnlyList<Pair> Of<TModel, TState, TTape>()
        where TModel : class, IMeasured<TModel, TState, TTape>
        where TState : State
        where TTape : Tape
    {
        TModel model = TModel.Create(seed: 1);
        TState state = model.CreateState();
        TTape tape = model.CreateTape();
        var random = new Random(1);
        float[] inputs = random.Uniform(TModel.SequenceLength * TModel.InputSize);
        float[] gradients = random.Uniform(TModel.SequenceLength * TModel.OutputSize);
        var outputs = new float[gradients.Length];
        return
        [
            new Pair("Forward", Forward(TModel.SequenceLength), Forward(TModel.SequenceLength / 2)),
            new Pair("training", Training(TModel.SequenceLength), Training(TModel.SequenceLength / 2)),
        ];

        Action<int> Forward(int steps) => count =>
        {
            for (; count > 0; count--)
            {
                state.Reset();
                model.Forward(state, inputs.AsSpan(0, steps * TModel.InputSize), outputs.AsSpan(0, steps * TModel.OutputSize));
            }
        };

        Action<int> Training(int steps) => count =>
        {
            for (; count > 0; count--)
            {
                state.Reset();
                model.Forward(state, inputs.AsSpan(0, steps * TModel.InputSize), tape);
                model.Backward(tape, gradients.AsSpan(0, steps * TModel.OutputSize), null);
                tape.Clear();
            }
        };
    }
}
