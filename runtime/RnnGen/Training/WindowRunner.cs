namespace RnnGen.Training;

/// <summary>A worker that runs windows one after the other: it accumulates their gradients, or scores them.</summary>
internal class WindowRunner<TInput, TTarget>(IRnnModel<TInput, TTarget> model)
{
    private readonly State _state = model.CreateState();

        /// <summary>Creates the training memory that <see cref="Train"/> needs.</summary>
    public virtual Tape CreateTape() => model.CreateTape();

    /// <summary>Adds the gradients of some windows.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">The indices of the windows.</param>
    /// <param name="carried">A state for each window, which is advanced; empty to start from the initial state.</param>
    /// <param name="tape">Receives the sums.</param>
    public virtual void Train(Dataset<TInput, TTarget> data, ReadOnlySpan<int> windows, ReadOnlySpan<State> carried, Tape tape)
    {
        for (int place = 0; place < windows.Length; place++)
        {
            Read(data, windows[place], out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
            if (carried.IsEmpty)
            {
                _state.Reset();
                model.Forward(_state, inputs, tape);
            }
            else
            {
                _state.CopyFrom(carried[place]);
                model.Forward(carried[place], inputs, tape);
                carried[place].StayFinite(_state);
            }

            model.Backward(tape, targets);
        }
    }

    /// <summary>Scores adjacent windows, which start from the initial state.</summary>
    /// <param name="data">The data.</param>
    /// <param name="start">The first window.</param>
    /// <param name="end">The window after the last one.</param>
    /// <returns>The score.</returns>
    public virtual Score Evaluate(Dataset<TInput, TTarget> data, int start, int end)
    {
        Score score = default;
        for (int window = start; window < end; window++)
        {
            Read(data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
            _state.Reset();
            score += model.Evaluate(_state, inputs, targets);
        }

        return score;
    }

    /// <summary>Reads a window and checks that it fits the model.</summary>
    /// <param name="data">The data.</param>
    /// <param name="window">The index of the window.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="targets">Its targets.</param>
    /// <exception cref="ArgumentException">The window does not fit the model, or its data set threw this exception.</exception>
    protected void Read(Dataset<TInput, TTarget> data, int window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets) =>
        DataChecks<TInput, TTarget>.Read(model, data, window, out inputs, out targets);
}
