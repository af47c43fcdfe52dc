using RnnGen.Training;

namespace RnnGen;

/// <summary>Metrics of a model with one head on data. Every window starts from the initial state. For several heads, add the rows of each to metrics of its own.</summary>
public static class MetricsExtensions
{
    /// <summary>Accuracy, precision, recall, F1, confusion and area under the ROC curve of a softmax.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="SoftmaxAttribute"/> of two classes or more.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">The model has another head, there are no windows, or one does not fit the model; the message has its number.</exception>
    public static ClassMetrics MeasureClasses<TInput>(this IRnnModel<TInput, int> model, Dataset<TInput, int> data)
    {
        Head<SoftmaxAttribute>(model);
        var metrics = new ClassMetrics(model.OutputSize);
        ForEachWindow(model, data, (outputs, targets) =>
        {
            for (int row = 0; row < targets.Length; row++)
            {
                metrics.Add(outputs.Slice(row * model.OutputSize, model.OutputSize), targets[row]);
            }
        });
        return metrics;
    }

    /// <summary>The same of a sigmoid: each output has two classes, no (0) and yes (1).</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="SigmoidAttribute"/>.</param>
    /// <param name="data">The data, at least one window. A target is yes from 0.5 on; NaN is ignored.</param>
    /// <returns>The metrics, one for each output.</returns>
    /// <exception cref="ArgumentException">The model has another head, there are no windows, or one does not fit the model; the message has its number.</exception>
    public static ClassMetrics[] MeasureYesOrNo<TInput>(this IRnnModel<TInput, float> model, Dataset<TInput, float> data)
    {
        Head<SigmoidAttribute>(model);
        ClassMetrics[] metrics = [.. Enumerable.Range(0, model.OutputSize).Select(_ => new ClassMetrics(classes: 2))];
        ForEachWindow(model, data, (outputs, targets) =>
        {
            for (int k = 0; k < targets.Length; k++)
            {
                if (!float.IsNaN(targets[k]))
                {
                    // One half itself is a yes, as in Score.
                    metrics[k % metrics.Length].Add([1 - outputs[k], outputs[k]], targets[k] >= 0.5f ? 1 : 0, answer: outputs[k] >= 0.5f ? 1 : 0);
                }
            }
        });
        return metrics;
    }

    /// <summary>Errors and explained variance of a regression.</summary>
    /// <typeparam name="TInput">The element type of the inputs.</typeparam>
    /// <param name="model">A model whose only head is a <see cref="LinearAttribute"/>.</param>
    /// <param name="data">The data, at least one window.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="ArgumentException">The model has another head, there are no windows, or one does not fit the model; the message has its number.</exception>
    public static RegressionMetrics MeasureRegression<TInput>(this IRnnModel<TInput, float> model, Dataset<TInput, float> data)
    {
        Head<LinearAttribute>(model);
        var metrics = new RegressionMetrics(model.OutputSize);
        ForEachWindow(model, data, (outputs, targets) =>
        {
            for (int start = 0; start < targets.Length; start += model.OutputSize)
            {
                metrics.Add(outputs.Slice(start, model.OutputSize), targets.Slice(start, model.OutputSize));
            }
        });
        return metrics;
    }

    private delegate void Rows<TTarget>(ReadOnlySpan<float> outputs, ReadOnlySpan<TTarget> targets);

    private static void Head<T>(IRnnModel model)
        where T : HeadAttribute
    {
        ArgumentNullException.ThrowIfNull(model);
        Layer head = model.Layers[^1];
        if (head.Declaration is not T)
        {
            throw new ArgumentException($"Expected a model with a [{typeof(T).Name[..^"Attribute".Length]}] head, found '{head.Name}', a {head.Attribute}.", nameof(model));
        }
    }

    private static void ForEachWindow<TInput, TTarget>(IRnnModel<TInput, TTarget> model, Dataset<TInput, TTarget> data, Rows<TTarget> add)
    {
        Evaluation.Check(data);
        State state = model.CreateState();
        var outputs = new float[model.GetOutputLength(model.SequenceLength)];
        for (int window = 0; window < data.Count; window++)
        {
            DataChecks<TInput, TTarget>.Read(model, data, window, out ReadOnlySpan<TInput> inputs, out ReadOnlySpan<TTarget> targets);
            int steps = inputs.Length / model.GetInputLength(1);
            Span<float> own = outputs.AsSpan(0, model.GetOutputLength(steps));
            state.Reset();
            model.Forward(state, inputs, own);
            add(own, targets);
        }
    }
}
