namespace RnnGen;

/// <summary>
/// A scaling of features, <c>scale ∘ x + shift</c>: a batch normalization after training, or the preparation of inputs. A layer beside it can take it over:
/// <see cref="LayerExtensions.ScaleInputs"/>, <see cref="LayerExtensions.ScaleOutputs"/>.
/// </summary>
/// <param name="scale">The factors, one per feature.</param>
/// <param name="shift">What is added to the products, one number per feature.</param>
public sealed class FeatureScaling(IReadOnlyList<double> scale, IReadOnlyList<double> shift)
{
    /// <summary>The factors.</summary>
    public IReadOnlyList<double> Scale { get; } = [.. scale];

    /// <summary>What is added to the products.</summary>
    public IReadOnlyList<double> Shift { get; } = shift.Count == scale.Count
        ? [.. shift]
        : throw new ArgumentException($"Expected as many shifts as factors, {scale.Count}, found {shift.Count}.", nameof(shift));

    /// <summary>
    /// A batch normalization after training (Ioffe and Szegedy 2015): <c>γ ∘ (x - mean) / √(variance + ε) + β</c>.
    /// </summary>
    /// <param name="mean">The moving mean, PyTorch's <c>running_mean</c>.</param>
    /// <param name="variance">The moving variance, PyTorch's <c>running_var</c>.</param>
    /// <param name="epsilon">What is added to the variance: by default 1e-5 in PyTorch and 1e-3 in Keras.</param>
    /// <param name="gamma">γ; null for 1.</param>
    /// <param name="beta">β; null for 0.</param>
    /// <returns>The scaling.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static FeatureScaling BatchNormalization(WeightTensor mean, WeightTensor variance, double epsilon, WeightTensor? gamma = null, WeightTensor? beta = null)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(variance);
        int size = mean.Values.Length;
        Check(variance, nameof(variance));
        Check(gamma, nameof(gamma));
        Check(beta, nameof(beta));
        var scale = new double[size];
        var shift = new double[size];
        for (int k = 0; k < size; k++)
        {
            scale[k] = (gamma?.Values.Span[k] ?? 1d) / Math.Sqrt(variance.Values.Span[k] + epsilon);
            shift[k] = (beta?.Values.Span[k] ?? 0d) - (mean.Values.Span[k] * scale[k]);
        }

        return new FeatureScaling(scale, shift);

        void Check(WeightTensor? values, string name)
        {
            if (values is not null && values.Values.Length != size)
            {
                throw new ArgumentException($"Expected as many values as means, {size}, found {values.Values.Length}.", name);
            }
        }
    }

    /// <summary>Inputs with mean 0 and standard deviation 1: <c>(x - mean) / deviation</c>.</summary>
    /// <param name="mean">The means.</param>
    /// <param name="deviation">The standard deviations, not 0.</param>
    /// <returns>The scaling.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a deviation is 0.</exception>
    public static FeatureScaling Standardization(IReadOnlyList<double> mean, IReadOnlyList<double> deviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(deviation);
        return deviation.Count != mean.Count ? throw new ArgumentException($"Expected as many deviations as means, {mean.Count}, found {deviation.Count}.", nameof(deviation))
            : deviation.Contains(0) ? throw new ArgumentException("Expected deviations that are not 0, found 0.", nameof(deviation))
            : new FeatureScaling([.. deviation.Select(d => 1 / d)], [.. mean.Zip(deviation, (m, d) => -m / d)]);
    }
}
