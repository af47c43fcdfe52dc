namespace RnnGen;

/// <summary>
/// Windows with their targets. Reading one allocates nothing. A trainer with several workers reads with several threads at a time.
/// </summary>
/// <remarks>
/// What reading throws comes out of <c>Fit</c>, <c>Step</c>, <c>Accumulate</c> or <c>Evaluate</c> with the number of the window: an <see cref="ArgumentException"/> as the
/// inner exception of another one whose message has it, any other as it is, with the number in <see cref="Exception.Data"/> under <c>"Window"</c>.
/// </remarks>
/// <typeparam name="TInput">What goes in: <see cref="int"/> for tokens, <see cref="float"/> for numbers.</typeparam>
/// <typeparam name="TTarget">What the loss compares with: <see cref="int"/> for classes, <see cref="float"/> for numbers.</typeparam>
public abstract class Dataset<TInput, TTarget>
{
    /// <summary>Number of windows.</summary>
    public abstract int Count { get; }

    /// <summary>The inputs of one window, as the model's <c>Forward</c> takes them.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <returns>The inputs, step by step.</returns>
    public abstract ReadOnlySpan<TInput> Inputs(int index);

    /// <summary>The targets of one window, as the model's <c>Backward</c> takes them.</summary>
    /// <param name="index">The window, in 0 .. Count - 1.</param>
    /// <returns>The targets.</returns>
    public abstract ReadOnlySpan<TTarget> Targets(int index);
}
