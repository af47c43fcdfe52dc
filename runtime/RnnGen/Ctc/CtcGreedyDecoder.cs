using RnnGen.CompilerServices;

namespace RnnGen;

/// <summary>
/// Greedy decoding of a <see cref="CtcAttribute"/> (best path, Graves et al. 2006): the most likely output of every step, of which repetitions and blanks
/// are left out. A label is certain at the step at which it begins. It allocates nothing after construction, and must not be used by two threads at the same time.
/// </summary>
public sealed class CtcGreedyDecoder
{
    /// <summary>What <see cref="Step"/> returns if a step begins no label.</summary>
    public const int None = -1;

    private readonly int _outputs;
    private readonly int _blank;
    private int _last;

    /// <summary>Decodes the outputs of a head.</summary>
    /// <param name="head">The head, such as <c>model.Digits</c>.</param>
    /// <exception cref="ArgumentException">The layer is no <see cref="CtcAttribute"/>.</exception>
    public CtcGreedyDecoder(Layer head)
        : this(CtcPaths.Outputs(head, out CtcBlank blank), blank)
    {
    }

    /// <summary>Decodes the outputs of any model.</summary>
    /// <param name="outputs">Number of outputs: the labels and the blank. At least 2.</param>
    /// <param name="blank">Which of them is the blank.</param>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than two outputs.</exception>
    public CtcGreedyDecoder(int outputs, CtcBlank blank = CtcBlank.First)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 2);
        _outputs = outputs;
        _blank = CtcPaths.Place(blank, outputs);
        _last = _blank;
    }

    /// <summary>Begins a new sequence.</summary>
    public void Reset() => _last = _blank;

    /// <summary>Reads a step. Allocates nothing.</summary>
    /// <param name="probabilities">The outputs of the head, as <c>Step</c> of the model gives them.</param>
    /// <returns>The label that begins here, or <see cref="None"/>. Of equally likely outputs, the first is taken.</returns>
    /// <exception cref="ArgumentException">The length is wrong.</exception>
    public int Step(ReadOnlySpan<float> probabilities)
    {
        Check.Length(probabilities.Length, _outputs, nameof(probabilities));
        int output = 0;
        for (int k = 1; k < probabilities.Length; k++)
        {
            output = probabilities[k] > probabilities[output] ? k : output;
        }

        bool begins = output != _last && output != _blank;
        _last = output;
        return begins ? output : None;
    }

    /// <summary>Decodes a window, as a new sequence. Allocates nothing.</summary>
    /// <param name="probabilities">The outputs of the head, [steps x outputs], as <c>Forward</c> of the model gives them.</param>
    /// <param name="labels">Receives the labels: at most one per step.</param>
    /// <returns>Number of labels.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the number of outputs, or there is not room for one label per step; nothing was changed.</exception>
    public int Decode(ReadOnlySpan<float> probabilities, Span<int> labels)
    {
        int steps = CtcPaths.Steps(probabilities, _outputs);
        if (labels.Length < steps)
        {
            throw new ArgumentException($"Expected room for {steps} labels, one per step, found {labels.Length}.", nameof(labels));
        }

        Reset();
        int count = 0;
        for (int step = 0; step < steps; step++)
        {
            if (Step(probabilities.Slice(step * _outputs, _outputs)) is int label and not None)
            {
                labels[count++] = label;
            }
        }

        return count;
    }
}
