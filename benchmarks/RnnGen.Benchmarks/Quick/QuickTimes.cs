namespace RnnGen.Benchmarks;

/// <summary>One model's times in the quick mode: a step, training on a window (per step), an update by Adam.</summary>
internal sealed record QuickTimes(string Name, Rounds Step, Rounds Train, Rounds Update)
{
    public static QuickTimes Of<TModel, TState>(string name)
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>, IStreamed<TState>
        where TState : State
    {
        TModel model = TModel.Create(seed: 1);
        var state = (TState)model.CreateState();
        Tape tape = model.CreateTape();
        var random = new Random(1);
        float[] inputs = random.Uniform(model.SequenceLength * model.InputSize);
        float[] gradients = random.Uniform(model.SequenceLength * model.OutputSize);
        model.Forward(state, inputs, tape);
        model.Backward(tape, gradients, null);
        float[] gradient = [.. tape.Gradients];
        var tour = new Tour<TState>([state], inputs, model.InputSize, model.OutputSize);
        Optimizer optimizer = new Adam(1e-3f) { ClipNorm = 1 }.CreateOptimizer(model);
        return new QuickTimes(
            name,
            new Rounds(Repeat.Of(count => model.Stream(tour, count)), stepsPerUnit: 1),
            new Rounds(
                Repeat.Of(count =>
                {
                    for (; count > 0; count--)
                    {
                        state.Reset();
                        model.Forward(state, inputs, tape);
                        model.Backward(tape, gradients, null);
                        tape.Clear();
                    }
                }),
                model.SequenceLength),
            new Rounds(
                Repeat.Of(count =>
                {
                    for (; count > 0; count--)
                    {
                        // An update clears the tape.
                        gradient.CopyTo(tape.MutableGradients);
                        optimizer.Update(tape);
                    }
                }),
                stepsPerUnit: 1));
    }
}
