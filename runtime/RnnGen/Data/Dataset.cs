namespace RnnGen;

/// <summary>
/// Windows with their targets. Reading a window allocates nothing. A trainer with several workers reads on several threads at the same time.
/// </summary>
/// <remarks>
/// An exception that is thrown while a window is read leaves <c>Fit</c>, <c>Train</c>, <c>Accumulate</c> or <c>Evaluate</c> with the number of the window: an
/// <see cref="ArgumentException"/> is the inner exception of another one whose message has the number, any other exception has it in
/// <see cref="Exception.Data"/> under <c>"Window"</c>.
/// </remarks>
/// <typeparam name="TInput">The element type of the inputs: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">The element type of the targets, as in <see cref="IRnnModel{TInput, TTarget}"/>.</typeparam>
public abstract class Dataset<TInput, TTarget>
{
    /// <summary>Number of windows.</summary>
    public abstract int Count { get; }

    /// <summary>What each step of the windows has, if the data set knows; a length alone fits other models, too.</summary>
    internal virtual WindowShape? Shape => null;

    /// <summary>The inputs of one window, as the model's <c>Forward</c> takes them.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <returns>The inputs, step by step.</returns>
    public abstract ReadOnlySpan<TInput> Inputs(int index);

    /// <summary>The targets of one window, as the model's <c>Backward</c> takes them.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <returns>The targets.</returns>
    public abstract ReadOnlySpan<TTarget> Targets(int index);
}
