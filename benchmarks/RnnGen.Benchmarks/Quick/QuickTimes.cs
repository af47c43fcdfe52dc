namespace RnnGen.Benchmarks;

/// <summary>One model's times in the quick mode: a step, training on a window (per step), an update by Adam.</summary>
internal sealed record QuickTimes(string Name, Rounds Step, Rounds Train, Rounds Update)
{
    public static QuickTimes Of<TModel, TState, TTape>(string name)
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
        model.Forward(state, inputs, tape);
        model.Backward(tape, gradients, null);
        float[] gradient = [.. tape.Gradients];
        var tour = new Tour<TState>([state], inputs, TModel.InputSize, TModel.OutputSize);
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
                TModel.SequenceLength),
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
