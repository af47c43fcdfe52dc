namespace RnnGen.Benchmarks;

/// <summary>Windows of full and of half length: for the outputs, and in training.</summary>
internal static class WindowPairs
{
    public static IReadOnlyList<Pair> Of<TModel>()
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>
    {
        TModel model = TModel.Create(seed: 1);
        State state = model.CreateState();
        Tape tape = model.CreateTape();
        var random = new Random(1);
        float[] inputs = random.Uniform(model.SequenceLength * model.InputSize);
        float[] gradients = random.Uniform(model.SequenceLength * model.OutputSize);
        var outputs = new float[gradients.Length];
        return
        [
            new Pair("Forward", Forward(model.SequenceLength), Forward(model.SequenceLength / 2)),
            new Pair("training", Training(model.SequenceLength), Training(model.SequenceLength / 2)),
        ];

        Action<int> Forward(int steps) => count =>
        {
            for (; count > 0; count--)
            {
                state.Reset();
                model.Forward(state, inputs.AsSpan(0, steps * model.InputSize), outputs.AsSpan(0, steps * model.OutputSize));
            }
        };

        Action<int> Training(int steps) => count =>
        {
            for (; count > 0; count--)
            {
                state.Reset();
                model.Forward(state, inputs.AsSpan(0, steps * model.InputSize), tape);
                model.Backward(tape, gradients.AsSpan(0, steps * model.OutputSize), null);
                tape.Clear();
            }
        };
    }
}
