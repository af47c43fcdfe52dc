using RnnGen.CompilerServices;
using RnnGen.Training;

namespace RnnGen;

/// <summary>
/// Metrics of a model on data. Every window starts from the initial state. Of a model with several heads, each is measured by its name; those windows whose
/// <c>WindowTargets</c> leave it out are not counted.
/// </summary>
public static class MetricsExtensions
{
    /// <summary>Accuracy, precision, recall, F1, confusion and area under the ROC curve of a softmax.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="SoftmaxAttribute"/> of two classes or more.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The model has another head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static ClassMetrics MeasureClasses<TInput>(this IRnnModel<TInput, int> model, Dataset<TInput, int> data) =>
        Classes(model, data, ModelHead.Of<SoftmaxAttribute>(model, name: null), (_, targets) => targets);

    /// <summary>The same of one of several heads.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTargets">The model's <c>WindowTargets</c>.</typeparam>
    /// <param name="model">A model with several heads.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <param name="head">The name of a <see cref="SoftmaxAttribute"/> of two classes or more: <c>nameof(model.Kind)</c>.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The model has no such head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static ClassMetrics MeasureClasses<TInput, TTargets>(this IRnnModel<TInput, TTargets> model, Dataset<TInput, TTargets> data, string head)
        where TTargets : struct, IWindowTargets => Classes(model, data, Named<SoftmaxAttribute>(model, head), ClassesOf);

    /// <summary>The same of a sigmoid: each output has two classes, no (0) and yes (1).</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="SigmoidAttribute"/>.</param>
    /// <param name="data">The data, at least one window. A target is yes from 0.5 on; NaN is ignored.</param>
    /// <returns>The metrics, one for each output.</returns>
    /// <exception cref="ArgumentException">
    /// The model has another head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static ClassMetrics[] MeasureYesOrNo<TInput>(this IRnnModel<TInput, float> model, Dataset<TInput, float> data) =>
        YesOrNo(model, data, ModelHead.Of<SigmoidAttribute>(model, name: null), (_, targets) => targets);

    /// <summary>The same of one of several heads.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTargets">The model's <c>WindowTargets</c>.</typeparam>
    /// <param name="model">A model with several heads.</param>
    /// <param name="data">The data, at least one window. A target is yes from 0.5 on; NaN is ignored.</param>
    /// <param name="head">The name of a <see cref="SigmoidAttribute"/>: <c>nameof(model.Alarms)</c>.</param>
    /// <returns>The metrics, one for each output.</returns>
    /// <exception cref="ArgumentException">
    /// The model has no such head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static ClassMetrics[] MeasureYesOrNo<TInput, TTargets>(this IRnnModel<TInput, TTargets> model, Dataset<TInput, TTargets> data, string head)
        where TTargets : struct, IWindowTargets => YesOrNo(model, data, Named<SigmoidAttribute>(model, head), NumbersOf);

    /// <summary>Errors and explained variance of a regression.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="LinearAttribute"/>.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The model has another head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static RegressionMetrics MeasureRegression<TInput>(this IRnnModel<TInput, float> model, Dataset<TInput, float> data) =>
        Regression(model, data, ModelHead.Of<LinearAttribute>(model, name: null), (_, targets) => targets);

    /// <summary>The same of one of several heads.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <typeparam name="TTargets">The model's <c>WindowTargets</c>.</typeparam>
    /// <param name="model">A model with several heads.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <param name="head">The name of a <see cref="LinearAttribute"/>: <c>nameof(model.Value)</c>.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">
    /// The model has no such head, there are no windows, or one does not fit the model or has outputs that are NaN; the message has its number.
    /// </exception>
    public static RegressionMetrics MeasureRegression<TInput, TTargets>(this IRnnModel<TInput, TTargets> model, Dataset<TInput, TTargets> data, string head)
        where TTargets : struct, IWindowTargets => Regression(model, data, Named<LinearAttribute>(model, head), NumbersOf);

    /// <summary>The targets of a head among those of a window.</summary>
    private delegate ReadOnlySpan<T> TargetsOf<TTarget, T>(ModelHead head, ReadOnlySpan<TTarget> targets);

    /// <summary>Adds a row of outputs and its targets.</summary>
    private delegate void Add<T>(ReadOnlySpan<float> outputs, ReadOnlySpan<T> targets);

    private static ClassMetrics Classes<TInput, TTarget>(
        IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, ModelHead head, TargetsOf<TTarget, int> targetsOf)
    {
        var metrics = new ClassMetrics(head.Size);
        ForEachRow(model, data, head, targetsOf, (outputs, targets) => metrics.Add(outputs, targets[0]));
        return metrics;
    }

    private static ClassMetrics[] YesOrNo<TInput, TTarget>(
        IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, ModelHead head, TargetsOf<TTarget, float> targetsOf)
    {
        ClassMetrics[] metrics = [.. Enumerable.Range(0, head.Size).Select(_ => new ClassMetrics(classes: 2))];
        ForEachRow(model, data, head, targetsOf, (outputs, targets) =>
        {
            for (int k = 0; k < metrics.Length; k++)
            {
                if (!float.IsNaN(targets[k]))
                {
                    if (float.IsNaN(outputs[k]))
                    {
                        throw new ArgumentException($"Output {k} is NaN.", nameof(data));
                    }

                    // One half itself is a yes, as in Score.
                    metrics[k].Add([1 - outputs[k], outputs[k]], targets[k] >= 0.5f ? 1 : 0, answer: outputs[k] >= 0.5f ? 1 : 0);
                }
            }
        });
        return metrics;
    }

    private static RegressionMetrics Regression<TInput, TTarget>(
        IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, ModelHead head, TargetsOf<TTarget, float> targetsOf)
    {
        var metrics = new RegressionMetrics(head.Size);
        ForEachRow(model, data, head, targetsOf, metrics.Add);
        return metrics;
    }

    private static ModelHead Named<T>(IRnnModel model, string head)
        where T : HeadAttribute
    {
        ArgumentNullException.ThrowIfNull(head);
        return ModelHead.Of<T>(model, head);
    }

    private static ReadOnlySpan<int> ClassesOf<TTargets>(ModelHead head, ReadOnlySpan<TTargets> targets)
        where TTargets : struct, IWindowTargets => targets[0].Classes(head.Index);

    private static ReadOnlySpan<float> NumbersOf<TTargets>(ModelHead head, ReadOnlySpan<TTargets> targets)
        where TTargets : struct, IWindowTargets => targets[0].Numbers(head.Index);

    private static void ForEachRow<TInput, TTarget, T>(
        IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, ModelHead head, TargetsOf<TTarget, T> targetsOf, Add<T> add)
    {
        Evaluation.Check(data);
        State state = model.CreateState();
        var all = new float[model.GetOutputLength(model.SequenceLength)];
        for (int window = 0; window < data.Count; window++)
        {
            DataChecks<TInput, TTarget>.Read(model, data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> windowTargets);
            int steps = inputs.Length / model.GetInputLength(1);
            state.Reset();
            model.Forward(state, inputs, all.AsSpan(0, model.GetOutputLength(steps)));
            ReadOnlySpan<float> outputs = head.In(all, steps);
            ReadOnlySpan<T> targets = targetsOf(head, windowTargets);

            // None if the window leaves the head out.
            int width = targets.Length / head.Rows(steps);
            for (int row = 0; width > 0 && row < head.Rows(steps); row++)
            {
                try
                {
                    add(outputs.Slice(row * head.Size, head.Size), targets.Slice(row * width, width));
                }
                catch (ArgumentException exception)
                {
                    throw new ArgumentException($"Window {window}, row {row}: {exception.Message}", nameof(data), exception);
                }
            }
        }
    }
}
