namespace RnnGen.Training;

/// <summary>What one worker does with windows, one after the other: it adds up their gradients, or scores them.</summary>
internal class WindowRunner<TInput, TTarget>(IRnnModel<TInput, TTarget> model)
{
    private readonly State _state = model.CreateState();

        /// <summary>The training memory that <see cref="Train"/> needs.</summary>
    public virtual Tape CreateTape() => model.CreateTape();

    /// <summary>Adds the gradients of some windows.</summary>
    /// <param name="data">The data.</param>
    /// <param name="windows">Which of them.</param>
    /// <param name="carried">A state for each, which is moved on; none for the zero state.</param>
    /// <param name="tape">Gets the sums.</param>
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

    /// <summary>Scores neighbouring windows, which start at the zero state.</summary>
    /// <param name="data">The data.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="end">The first behind them.</param>
    /// <returns>Their score.</returns>
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

    /// <summary>Gets a window and checks it: the one place where data come in, and where what is wrong with them gets the number of the window.</summary>
    /// <param name="data">The data.</param>
    /// <param name="window">Which window.</param>
    /// <param name="inputs">Its inputs.</param>
    /// <param name="targets">Its targets.</param>
    /// <exception cref="ArgumentException">The window does not fit the model, or its data set says so.</exception>
    protected void Read(Dataset<TInput, TTarget> data, int window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets)
    {
        try
        {
            inputs = data.Inputs(window);
            targets = data.Targets(window);
            model.CheckWindow(inputs, targets);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentException($"Window {window}: {exception.Message}", exception);
        }
        catch (Exception exception)
        {
            // Of a type that only its data set knows.
            exception.Data["Window"] = window;
            throw;
        }
    }
}
