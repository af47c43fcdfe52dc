namespace RnnGen;

/// <summary>
/// What a model answers, as arrays: each call is one line and allocates. Where that matters, <c>Forward</c> and <c>Step</c> write to memory of the caller. Every window
/// starts from the initial state.
/// </summary>
public static class PredictExtensions
{
    /// <summary>The outputs of a window.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="head">The name of a head, to have its outputs alone; null, the default, for all heads, one behind the other.</param>
    /// <returns>[steps x size of the head] or, if the head answers only at the last step, [size of the head].</returns>
    /// <exception cref="ArgumentException">The inputs have the wrong length or an invalid token, or there is no such head.</exception>
    public static float[] Predict<TInput>(this IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, string? head = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Outputs(model, inputs, head is null ? null : ModelHead.Of(model, head));
    }

    /// <summary>The outputs of all windows of a data set. Targets are not used.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTarget">The element type of the targets.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="data">The data.</param>
    /// <param name="head">The name of a head, to have its outputs alone; null, the default, for all heads, one behind the other.</param>
    /// <returns>The outputs of each window, as for a single one.</returns>
    /// <exception cref="ArgumentException">There is no such head, or a window does not fit the model; the message has its number.</exception>
    public static float[][] Predict<TInput, TTarget>(this IRnnModel<TInput> model, Dataset<TInput, TTarget> data, string? head = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ModelHead? own = head is null ? null : ModelHead.Of(model, head);
        var outputs = new float[data.Count][];
        for (int window = 0; window < outputs.Length; window++)
        {
            try
            {
                data.Shape?.CheckInputs(model);
                outputs[window] = Outputs(model, data.Inputs(window), own);
            }
            catch (ArgumentException exception)
            {
                throw new ArgumentException($"Window {window}: {exception.Message}", exception);
            }
        }

        return outputs;
    }

    /// <summary>
    /// The values of a head before the softmax or the logistic function. They are exact also where probabilities round to 0 or 1. Without allocations:
    /// <see cref="IRnnModel{TInput}.ForwardLogits"/>.
    /// </summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="head">The name of a <see cref="SoftmaxAttribute"/>, <see cref="SigmoidAttribute"/> or <see cref="CtcAttribute"/>; null, the default, for the only head.</param>
    /// <returns>[steps x size of the head] or, if the head answers only at the last step, [size of the head].</returns>
    /// <exception cref="ArgumentException">The inputs have the wrong length or an invalid token, or there is no such head.</exception>
    public static float[] PredictLogits<TInput>(this IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, string? head = null)
    {
        ModelHead own = ModelHead.Of(model, head);
        return own.Layer.Declaration is SoftmaxAttribute or SigmoidAttribute or CtcAttribute
            ? own.In(Run(model, inputs, isLogits: true), StepsOf(model, inputs)).ToArray()
            : throw new ArgumentException($"Expected a [Softmax], [Sigmoid] or [Ctc] head, which has logits, found '{own.Layer.Name}', a {own.Layer.Attribute}.", nameof(head));
    }

    /// <summary>The most probable class after a window; of equally probable ones, the first.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="head">The name of a <see cref="SoftmaxAttribute"/>; null, the default, for the only head.</param>
    /// <returns>The class, that of the last step.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs have the wrong length or an invalid token, there is no such head, or an output is NaN, as after inputs that are not finite.
    /// </exception>
    public static int PredictClass<TInput>(this IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, string? head = null) =>
        model.PredictClasses(inputs, head)[^1];

    /// <summary>The most probable class at each step; of equally probable ones, the first.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="inputs">The window, 1 to <see cref="IRnnModel.SequenceLength"/> steps: [steps x InputSize], or one token per step.</param>
    /// <param name="head">The name of a <see cref="SoftmaxAttribute"/>; null, the default, for the only head.</param>
    /// <returns>One class per step or, if the head answers only at the last step, one.</returns>
    /// <exception cref="ArgumentException">
    /// The inputs have the wrong length or an invalid token, there is no such head, or an output is NaN, as after inputs that are not finite.
    /// </exception>
    public static int[] PredictClasses<TInput>(this IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, string? head = null)
    {
        ModelHead own = ModelHead.Of<SoftmaxAttribute>(model, head);
        ReadOnlySpan<float> outputs = own.In(Run(model, inputs, isLogits: false), StepsOf(model, inputs));
        var classes = new int[outputs.Length / own.Size];
        for (int row = 0; row < classes.Length; row++)
        {
            classes[row] = Sampler.MostLikely(outputs.Slice(row * own.Size, own.Size));
        }

        return classes;
    }

    private static float[] Outputs<TInput>(IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, ModelHead? head)
    {
        float[] outputs = Run(model, inputs, isLogits: false);
        return head is null ? outputs : head.In(outputs, StepsOf(model, inputs)).ToArray();
    }

    private static int StepsOf<TInput>(IRnnModel model, ReadOnlySpan<TInput> inputs) => inputs.Length / model.GetInputLength(steps: 1);

    private static float[] Run<TInput>(IRnnModel<TInput> model, ReadOnlySpan<TInput> inputs, bool isLogits)
    {
        // The model refuses inputs of a wrong length before it looks at the outputs.
        var outputs = new float[model.GetOutputLength(Math.Clamp(StepsOf(model, inputs), 1, model.SequenceLength))];
        if (isLogits)
        {
            model.ForwardLogits(model.CreateState(), inputs, outputs);
        }
        else
        {
            model.Forward(model.CreateState(), inputs, outputs);
        }

        return outputs;
    }
}
