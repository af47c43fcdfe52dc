using RnnGen.CompilerServices;

namespace RnnGen.Numerics.Tests.Ctc;

/// <summary>The loss of one window of logits, and its gradient, as generated code computes them.</summary>
internal sealed class CtcPass
{
    private const int Gap = 3;

    public CtcPass(float[] logits, int[] labels, int outputs, CtcBlank blank = CtcBlank.First, CtcReduction reduction = CtcReduction.Sum, bool zeroInfinity = false)
    {
        int steps = logits.Length / outputs;
        var head = new CtcHead(outputs, blank, reduction, zeroInfinity);
        head.Check(labels, steps, "labels");

        // Rows with something between them.
        int stride = outputs + Gap;
        var values = new float[steps * stride];
        var gradients = new float[steps * stride];
        Array.Fill(gradients, float.NaN);
        for (int step = 0; step < steps; step++)
        {
            logits.AsSpan(step * outputs, outputs).CopyTo(values.AsSpan(step * stride));
        }

        var rows = new HeadRows(values, 0, stride, outputs, steps);
        Trained = rows.Loss(new CtcLoss(head, steps), new HeadRows(gradients, 0, stride, outputs, steps), labels);
        Scored = rows.Score(new CtcScorer(head, steps), labels);
        Gradients = [.. Enumerable.Range(0, logits.Length).Select(k => gradients[(k / outputs * stride) + (k % outputs)])];
    }

    public Score Trained { get; }

    public Score Scored { get; }

    public float[] Gradients { get; }
}
