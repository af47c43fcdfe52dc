namespace RnnGen;

/// <summary>What the windows of a data set have per step. 5 steps of 6 numbers are as long as 10 steps of 3, which another model reads.</summary>
/// <param name="InputSize">Inputs per step.</param>
/// <param name="TargetSize">Targets per step or, if only the last step has some, per window.</param>
/// <param name="EveryStep">Whether every step has targets.</param>
internal readonly record struct WindowShape(int InputSize, int TargetSize, bool EveryStep)
{
    /// <summary>Checks that inputs are those of a model.</summary>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void CheckInputs(IRnnModel model)
    {
        if (InputSize != model.InputSize)
        {
            throw new ArgumentException($"The data have {InputSize} inputs per step, the model reads {model.InputSize}.");
        }
    }

    /// <summary>Checks that inputs and targets are those of a model.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTarget">The element type of the targets.</typeparam>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">They are not.</exception>
    public void Check<TInput, TTarget>(IRnnModel<TInput, TTarget> model)
    {
        CheckInputs(model);
        int size = model.GetTargetLength(1);
        bool everyStep = model.GetTargetLength(2) > size;
        if (TargetSize != size || EveryStep != everyStep)
        {
            throw new ArgumentException($"The data have {Targets(TargetSize, EveryStep)}, the model {Targets(size, everyStep)}.");
        }
    }

    private static string Targets(int size, bool everyStep) => $"{size} target{(size == 1 ? "" : "s")} {(everyStep ? "at every step" : "after the last step")}";
}
