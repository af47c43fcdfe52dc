using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.Ctc;

/// <summary>The labels of a window, and their log probabilities at one step.</summary>
/// <param name="head">The head.</param>
/// <param name="steps">The longest window.</param>
internal sealed class CtcWindow(CtcHead head, int steps)
{
    private readonly int[] _labels = new int[steps];
    private readonly float[] _powers = new float[head.Outputs];

    // With room for the vector behind the last one.
    private readonly double[] _skip = new double[CtcRecursion.Width(steps + CtcRecursion.Width(1))];
    private readonly double[] _emissions = new double[CtcRecursion.Width(steps + CtcRecursion.Width(1))];

    /// <summary>Number of labels.</summary>
    public int Count { get; private set; }

    /// <summary>The elements of the variables, whole vectors.</summary>
    public int Width => CtcRecursion.Width(Count);

    /// <summary>The labels.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>0 where a label may follow the one before it directly, log 0 where the two are equal.</summary>
    public ReadOnlySpan<double> Skip => _skip;

    /// <summary>The log probabilities of the labels at the step that <see cref="Emit"/> has read.</summary>
    public ReadOnlySpan<double> Emissions => _emissions;

    /// <summary>Begins a window.</summary>
    /// <param name="labels">Its labels.</param>
    public void Begin(ReadOnlySpan<int> labels)
    {
        labels.CopyTo(_labels);
        Count = labels.Length;
        _skip.AsSpan().Clear();
        _emissions.AsSpan().Clear();
        for (int i = 1; i < Count; i++)
        {
            _skip[i] = labels[i] == labels[i - 1] ? CtcRecursion.Zero : 0;
        }
    }

    /// <summary>log Σ exp z, which is subtracted from logits for log probabilities.</summary>
    /// <param name="logits">z.</param>
    public double Normalizer(ReadOnlySpan<float> logits)
    {
        float max = SoftmaxHead.Max(logits);
        return max + PortableMath.Log(SoftmaxHead.Exponentials(logits, _powers, max));
    }

    /// <summary>Reads the log probabilities of the labels at a step.</summary>
    /// <param name="logits">The outputs before the softmax.</param>
    /// <param name="normalizer">Their <see cref="Normalizer"/>.</param>
    /// <returns>The log probability of the blank.</returns>
    public double Emit(ReadOnlySpan<float> logits, double normalizer)
    {
        for (int i = 0; i < Count; i++)
        {
            _emissions[i] = logits[_labels[i]] - normalizer;
        }

        return logits[head.Blank] - normalizer;
    }
}
