namespace RnnGen.Training;

/// <summary>Checks a window with its targets.</summary>
internal static class WindowCheck
{
    /// <summary>The model's own check, with advice if the targets are those of a model that answers at every step, or once, and this one does the opposite.</summary>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The inputs.</param>
    /// <param name="targets">The targets.</param>
    /// <exception cref="ArgumentException">A span has the wrong length or an invalid value.</exception>
    public static void Check<TInput, TTarget>(IRnnModel<TInput, TTarget> model, ReadOnlySpan<TInput> inputs, ReadOnlySpan<TTarget> targets)
    {
        try
        {
            model.CheckWindow(inputs, targets);
        }
        catch (ArgumentException e) when (
            e is { ParamName: nameof(targets) } and not ArgumentOutOfRangeException
            && Explain(model, inputs.Length / model.GetInputLength(steps: 1), targets.Length) is string explained)
        {
            throw new ArgumentException(explained, nameof(targets), e);
        }
    }

    /// <summary>Null for any other mistake.</summary>
    private static string? Explain<TInput, TTarget>(IRnnModel<TInput, TTarget> model, int steps, int found)
    {
        int one = model.GetTargetLength(steps: 1);
        int expected = model.GetTargetLength(steps);
        string? advice =
            expected > one && found == one ? "The model answers at every step; for one answer per window, set ReturnSequences = false on the last recurrent layer."
            : expected == one && found > one && found == one * steps ? "The model gives one answer per window; for an answer at every step, remove ReturnSequences = false."
            : null;
        return advice is null ? null : $"Expected a length of {expected}, found {found}. {advice}";
    }
}
