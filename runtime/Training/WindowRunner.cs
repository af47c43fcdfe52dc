namespace RnnGen.Training;

/// <summary>One worker: it adds up the gradients of windows in its tape, one after the other.</summary>
internal class WindowRunner<TModel, TState, TTape, TInput, TTarget>(TModel model, TTape tape)
    where TModel : class, IRnnModel<TModel, TState, TTape, TInput, TTarget>
    where TState : State
    where TTape : Tape
{
    private readonly TState _state = model.CreateState();

    public TTape Tape => tape;

    protected TModel Model => model;

    /// <summary>Adds the gradients of some windows.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of them.</param>
    /// <param name="carried">A state for each, which is moved on; none for the zero state.</param>
    public virtual void Run(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<TState> carried)
    {
        for (int place = 0; place < windows.Length; place++)
        {
            TState from = _state;
            if (carried.IsEmpty)
            {
                _state.Reset();
            }
            else
            {
                from = carried[place];
            }

            ReadOnlySpan<TInput> inputs = data.Inputs(windows[place]);
            ReadOnlySpan<TTarget> targets = data.Targets(windows[place]);
            model.CheckWindow(inputs, targets);
            model.Forward(from, inputs, tape);
            model.Backward(tape, targets);
        }
    }
}
