using System.ComponentModel;
using System.Numerics;
using RnnGen.Ctc;

namespace RnnGen.CompilerServices;

/// <summary>The loss of a <see cref="CtcAttribute"/> with its gradient, and the memory that they need.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CtcLoss
{
    private readonly CtcHead _head;
    private readonly CtcWindow _window;
    private readonly double[] _normalizers;

    // The forward variables of the labels: a row for the start, and one for each step.
    private readonly double[] _a;
    private readonly double[] _b;

    // The log probabilities of what comes after a step.
    private readonly double[] _afterLabels;
    private readonly double[] _afterBlanks;
    private readonly double[] _posteriors;

    /// <summary>Allocates the memory.</summary>
    /// <param name="head">The head.</param>
    /// <param name="steps">The longest window.</param>
    public CtcLoss(CtcHead head, int steps)
    {
        int width = CtcRecursion.Width(steps);
        _head = head;
        _window = new CtcWindow(head, steps);
        _normalizers = new double[steps];
        _a = new double[(steps + 1) * (width + 1)];
        _b = new double[width];
        _afterLabels = new double[width + Vector<double>.Count];
        _afterBlanks = new double[width + Vector<double>.Count];
        _posteriors = new double[width];
    }

    /// <summary>The loss of a window, and its gradient.</summary>
    /// <param name="rows">The outputs before the softmax.</param>
    /// <param name="gradients">Receives the gradients.</param>
    /// <param name="targets">The target, which is checked.</param>
    /// <returns>The score, without hits.</returns>
    internal Score Run(HeadRows rows, HeadRows gradients, ReadOnlySpan<int> targets)
    {
        if (!_head.TryGetLabels(targets, rows.Count, out ReadOnlySpan<int> labels))
        {
            gradients.Clear();
            return default;
        }

        _window.Begin(labels);
        double weight = _head.Weight(labels.Length);
        double logLikelihood = Forward(rows);
        Backward(rows, gradients, logLikelihood, (float)weight);
        return new Score((0 - logLikelihood) * weight, 1, 0) { Decisions = 0 };
    }

    private double Forward(HeadRows rows)
    {
        int stride = _window.Width + 1;
        Span<double> b = _b.AsSpan(0, _window.Width);
        CtcRecursion.Begin(_a.AsSpan(0, stride), b);
        for (int step = 0; step < rows.Count; step++)
        {
            ReadOnlySpan<float> logits = rows.Row(step);
            _normalizers[step] = _window.Normalizer(logits);
            double blank = _window.Emit(logits, _normalizers[step]);
            Span<double> next = _a.AsSpan((step + 1) * stride, stride);
            next[0] = CtcRecursion.Zero;
            CtcRecursion.Forward(_a.AsSpan(step * stride, stride), next, b, _window.Skip, _window.Emissions, blank);
        }

        return CtcRecursion.End(_a.AsSpan(rows.Count * stride, stride), b, _window.Count);
    }

    private void Backward(HeadRows rows, HeadRows gradients, double logLikelihood, float weight)
    {
        int stride = _window.Width + 1;
        Span<double> labels = _afterLabels.AsSpan(0, _window.Width + Vector<double>.Count);
        Span<double> blanks = _afterBlanks.AsSpan(0, _window.Width + Vector<double>.Count);
        Span<double> posteriors = _posteriors.AsSpan(0, _window.Width);
        labels.Fill(CtcRecursion.Zero);
        blanks.Fill(CtcRecursion.Zero);
        blanks[_window.Count] = 0;
        if (_window.Count > 0)
        {
            labels[_window.Count - 1] = 0;
        }

        double blank = 0;
        for (int step = rows.Count - 1; step >= 0; step--)
        {
            if (step < rows.Count - 1)
            {
                CtcRecursion.Backward(labels, blanks, _window.Skip, _window.Emissions, blank);
            }

            // Read before the gradients are written: they may be in the same place.
            ReadOnlySpan<float> logits = rows.Row(step);
            blank = _window.Emit(logits, _normalizers[step]);
            CtcRecursion.Posteriors(_a.AsSpan((step + 1) * stride, stride), labels, logLikelihood, posteriors);
            Subtract(logits, gradients.Row(step), posteriors, weight);
        }
    }

    /// <summary>The gradient of a step: the probabilities that the model gives, minus those that the labels imply.</summary>
    private void Subtract(ReadOnlySpan<float> logits, Span<float> gradients, ReadOnlySpan<double> posteriors, float weight)
    {
        default(SoftmaxHead).Activate(logits, gradients);
        SoftmaxHead.Scale(gradients, weight);
        double ofLabels = 0;
        for (int i = 0; i < _window.Count; i++)
        {
            ofLabels += posteriors[i];
            gradients[_window.Labels[i]] -= weight * (float)posteriors[i];
        }

        // A path is at a label or at a blank.
        gradients[_head.Blank] -= weight * (float)(1 - ofLabels);
    }
}
