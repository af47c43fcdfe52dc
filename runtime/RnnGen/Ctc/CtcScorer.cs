using System.ComponentModel;
using RnnGen.Ctc;

namespace RnnGen.CompilerServices;

/// <summary>Loss and label errors of a <see cref="CtcAttribute"/>, step by step. The first window allocates the memory.</summary>
/// <param name="head">The head.</param>
/// <param name="steps">The longest window.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CtcScorer(CtcHead head, int steps)
{
    private CtcWindow? _window;
    private CtcGreedyDecoder? _decoder;
    private double[] _a = [];
    private double[] _b = [];
    private int[] _heard = [];
    private int[] _distances = [];
    private int _heardCount;
    private bool _counts;

    /// <summary>One for each lane.</summary>
    /// <param name="head">The head.</param>
    /// <param name="steps">The longest window.</param>
    /// <param name="lanes">Number of lanes.</param>
    /// <returns>The scorers.</returns>
    public static CtcScorer[] OfLanes(CtcHead head, int steps, int lanes)
    {
        var scorers = new CtcScorer[lanes];
        for (int lane = 0; lane < lanes; lane++)
        {
            scorers[lane] = new CtcScorer(head, steps);
        }

        return scorers;
    }

    /// <summary>Reads a step of a window.</summary>
    /// <param name="logits">The outputs before the softmax.</param>
    /// <param name="targets">The target of the window, which is checked.</param>
    /// <param name="step">The step; 0 begins a window.</param>
    /// <param name="count">Number of steps of the window.</param>
    /// <returns>The score of the window at its last step, and none before it.</returns>
    public Score Add(ReadOnlySpan<float> logits, ReadOnlySpan<int> targets, int step, int count)
    {
        if (step == 0)
        {
            Begin(targets, count);
        }

        if (!_counts)
        {
            return default;
        }

        CtcWindow window = _window!;
        int width = window.Width;
        double blank = window.Emit(logits, window.Normalizer(logits));
        Span<double> a = _a.AsSpan(0, width + 1);
        CtcRecursion.Forward(a, a, _b.AsSpan(0, width), window.Skip, window.Emissions, blank);
        if (_decoder!.Step(logits) is int label and not CtcGreedyDecoder.None)
        {
            _heard[_heardCount++] = label;
        }

        return step == count - 1 ? End(window) : default;
    }

    private void Begin(ReadOnlySpan<int> targets, int count)
    {
        _counts = head.TryGetLabels(targets, count, out ReadOnlySpan<int> labels);
        if (!_counts)
        {
            return;
        }

        if (_window is null)
        {
            int width = CtcRecursion.Width(steps);
            _window = new CtcWindow(head, steps);
            _decoder = new CtcGreedyDecoder(head.Outputs, head.BlankPlace);
            _a = new double[width + 1];
            _b = new double[width];
            _heard = new int[steps];
            _distances = new int[steps + 1];
        }

        _window.Begin(labels);
        CtcRecursion.Begin(_a, _b);
        _heardCount = 0;
        _decoder!.Reset();
    }

    private Score End(CtcWindow window)
    {
        double logLikelihood = CtcRecursion.End(_a, _b, window.Count);
        int errors = EditDistance.Between(window.Labels, _heard.AsSpan(0, _heardCount), _distances);
        return new Score((0 - logLikelihood) * head.Weight(window.Count), 1, window.Count - errors) { Decisions = window.Count };
    }
}
