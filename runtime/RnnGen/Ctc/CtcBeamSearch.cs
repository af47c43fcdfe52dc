using RnnGen.CompilerServices;
using RnnGen.Ctc;
using RnnGen.Numerics;

namespace RnnGen;

/// <summary>The logarithm of how likely a label is behind others, in the opinion of a language model.</summary>
/// <param name="prefix">The labels before it: all of a window; in a stream, those that are not certain yet and at most as many before them.</param>
/// <param name="label">The label.</param>
/// <returns>A number that is added to the log probability of the labels, weighted as the caller likes. Negative infinity excludes the label.</returns>
public delegate double CtcLanguageModel(ReadOnlySpan<int> prefix, int label);

/// <summary>
/// Prefix beam search for the most likely labels of a <see cref="CtcAttribute"/> (Graves et al. 2006; Hannun et al. 2014): at every step it keeps the
/// <c>width</c> most likely sequences of labels, each with the probability of all paths that end with a blank, and of all that end with its last label. It
/// allocates nothing after construction, and must not be used by two threads at the same time.
/// </summary>
/// <remarks>
/// <c>Search</c> decodes a window. <c>Step</c> decodes a stream of any length: a label is certain as soon as all sequences that are kept agree on it. If the beam
/// is wide enough to keep all sequences, the search is exhaustive.
/// </remarks>
public sealed class CtcBeamSearch
{
    private readonly int _outputs;
    private readonly int _blank;
    private readonly double[] _logs;
    private readonly int[] _certain;
    private readonly int[] _prefix;
    private readonly int[] _parents;

    // Whether a sequence with one label more is one that is kept itself.
    private readonly bool[] _isKept;
    private readonly CtcCandidate[] _candidates;
    private CtcBeam _beam;
    private CtcBeam _next;
    private int _certainCount;

    /// <summary>Decodes the outputs of a head.</summary>
    /// <param name="head">The head, such as <c>model.Digits</c>.</param>
    /// <param name="width">Number of sequences that are kept. At least 1.</param>
    /// <param name="longest">The largest number of labels of a window or, in a stream, of labels that are not certain. At least 1.</param>
    /// <exception cref="ArgumentException">The layer is no <see cref="CtcAttribute"/>, or a number is out of range.</exception>
    public CtcBeamSearch(Layer head, int width, int longest)
        : this(CtcPaths.Outputs(head, out CtcBlank blank), width, longest, blank)
    {
    }

    /// <summary>Decodes the outputs of any model.</summary>
    /// <param name="outputs">Number of outputs: the labels and the blank. At least 2.</param>
    /// <param name="width">Number of sequences that are kept. At least 1.</param>
    /// <param name="longest">The largest number of labels of a window or, in a stream, of labels that are not certain. At least 1.</param>
    /// <param name="blank">Which output is the blank.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public CtcBeamSearch(int outputs, int width, int longest, CtcBlank blank = CtcBlank.First)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(longest, 1);
        _outputs = outputs;
        _blank = CtcPaths.Place(blank, outputs);
        _logs = new double[outputs];
        _certain = new int[longest];
        _prefix = new int[checked(2 * longest)];
        _parents = new int[width];
        _isKept = new bool[checked(width * outputs)];
        _candidates = new CtcCandidate[width];
        _beam = new CtcBeam(width, longest);
        _next = new CtcBeam(width, longest);
        Reset();
    }

    /// <summary>Number of sequences that are kept.</summary>
    public int Width => _candidates.Length;

    /// <summary>
    /// What is added to the log probability of labels; null, the default, for nothing. It is called for each sequence and each label with a probability above 0.
    /// </summary>
    public CtcLanguageModel? LanguageModel { get; set; }

    /// <summary>Number of sequences that there are: 1 to <see cref="Width"/>, or 0 if the language model has excluded all of them.</summary>
    public int Count => _beam.Count;

    /// <summary>One of the most likely sequences, the best one first.</summary>
    /// <param name="rank">Its rank, in 0 .. <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such rank.</exception>
    public Found this[int rank]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)rank, (uint)Count, nameof(rank));
            ref readonly CtcEntry entry = ref _beam[rank];
            return new Found(_beam.Labels(rank), entry.Total, entry.Total + entry.Language);
        }
    }

    private int Longest => _certain.Length;

    /// <summary>Begins a new sequence.</summary>
    public void Reset()
    {
        _certainCount = 0;
        _beam.Clear();
        _beam.Add(new CtcEntry(0, CtcRecursion.Zero, 0, _blank), [], label: null);
    }

    /// <summary>Decodes a window, as a new sequence. Allocates nothing.</summary>
    /// <param name="probabilities">The outputs of the head, [steps x outputs], as <c>Forward</c> of the model gives them.</param>
    /// <returns><see cref="Count"/>; all labels are those of this window, and none has more than <c>longest</c>.</returns>
    /// <exception cref="ArgumentException">The length is no multiple of the number of outputs, a probability is not in 0 .. 1, or all of a step are 0.</exception>
    public int Search(ReadOnlySpan<float> probabilities)
    {
        int steps = CtcPaths.Steps(probabilities, _outputs);
        Reset();
        for (int step = 0; step < steps; step++)
        {
            Advance(probabilities.Slice(step * _outputs, _outputs));
        }

        return Count;
    }

    /// <summary>
    /// Reads a step of a stream. Labels that are returned are no longer in the sequences; those that are not certain at the end of the stream are the labels of
    /// <c>this[0]</c>. If a sequence has <c>longest</c> labels that are not certain, the best one decides which is the next certain label. Allocates nothing.
    /// </summary>
    /// <param name="probabilities">The outputs of the head, as <c>Step</c> of the model gives them.</param>
    /// <returns>The labels that have become certain, in order; valid until the next call.</returns>
    /// <exception cref="ArgumentException">The length is wrong, a probability is not in 0 .. 1, or all are 0; nothing was changed.</exception>
    public ReadOnlySpan<int> Step(ReadOnlySpan<float> probabilities)
    {
        Check.Length(probabilities.Length, _outputs, nameof(probabilities));
        Advance(probabilities);
        if (_beam.IsAnyFull)
        {
            _beam.KeepFirstLabelOfBest();
        }

        int shared = _beam.CountShared();
        if (shared == 0)
        {
            return [];
        }

        // The newest ones are at the end.
        int kept = Math.Min(_certainCount, Longest - shared);
        _certain.AsSpan(_certainCount - kept, kept).CopyTo(_certain);
        _beam.Labels(0)[..shared].CopyTo(_certain.AsSpan(kept));
        _certainCount = kept + shared;
        _beam.RemoveFirst(shared);
        return _certain.AsSpan(kept, shared);
    }

    private void Advance(ReadOnlySpan<float> probabilities)
    {
        Read(probabilities);
        FindParents();
        int count = 0;
        for (int k = 0; k < _beam.Count; k++)
        {
            Stay(k, ref count);
            Extend(k, ref count);
        }

        _next.Clear();
        foreach (CtcCandidate candidate in _candidates.AsSpan(0, count))
        {
            _next.Add(candidate.Entry, _beam.Labels(candidate.Parent), candidate.Label == _blank ? null : candidate.Label);
        }

        (_beam, _next) = (_next, _beam);
    }

    private void Read(ReadOnlySpan<float> probabilities)
    {
        bool isAny = false;
        foreach (float probability in probabilities)
        {
            // With room for rounding errors of a softmax.
            if (!(probability is >= 0 and < 1.001f))
            {
                throw new ArgumentException($"A probability must be in 0 .. 1, found {probability}.", nameof(probabilities));
            }

            isAny |= probability > 0;
        }

        if (!isAny)
        {
            throw new ArgumentException("Expected at least one probability that is greater than 0, found none.", nameof(probabilities));
        }

        for (int k = 0; k < probabilities.Length; k++)
        {
            _logs[k] = probabilities[k] > 0 ? PortableMath.Log(probabilities[k]) : CtcRecursion.Zero;
        }
    }

    /// <summary>Finds the sequences that are another one with one label more: paths of both lead to them.</summary>
    private void FindParents()
    {
        _isKept.AsSpan().Clear();
        for (int k = 0; k < _beam.Count; k++)
        {
            _parents[k] = _beam.FindParent(k);
            if (_parents[k] >= 0)
            {
                _isKept[(_parents[k] * _outputs) + _beam[k].Last] = true;
            }
        }
    }

    /// <summary>The same labels after the step: the path goes on with a blank or with the last label, or that label has been added to the parent.</summary>
    private void Stay(int k, ref int count)
    {
        ref readonly CtcEntry entry = ref _beam[k];
        double label = entry.Last == _blank ? CtcRecursion.Zero : entry.Label + _logs[entry.Last];
        if (_parents[k] >= 0)
        {
            label = CtcRecursion.Add(label, _beam[_parents[k]].Before(entry.Last) + _logs[entry.Last]);
        }

        Offer(new CtcCandidate(new CtcEntry(entry.Total + _logs[_blank], label, entry.Language, entry.Last), k, _blank), ref count);
    }

    /// <summary>One label more.</summary>
    private void Extend(int k, ref int count)
    {
        ref readonly CtcEntry entry = ref _beam[k];
        if (_beam.IsFull(k))
        {
            return;
        }

        ReadOnlySpan<int> prefix = LanguageModel is null ? [] : Prefix(k);
        for (int label = 0; label < _outputs; label++)
        {
            if (label == _blank || _logs[label] == CtcRecursion.Zero || _isKept[(k * _outputs) + label])
            {
                continue;
            }

            double language = entry.Language + (LanguageModel?.Invoke(prefix, label) ?? 0);
            Offer(new CtcCandidate(new CtcEntry(CtcRecursion.Zero, entry.Before(label) + _logs[label], language, label), k, label), ref count);
        }
    }

    private ReadOnlySpan<int> Prefix(int k)
    {
        _certain.AsSpan(0, _certainCount).CopyTo(_prefix);
        ReadOnlySpan<int> labels = _beam.Labels(k);
        labels.CopyTo(_prefix.AsSpan(_certainCount));
        return _prefix.AsSpan(0, _certainCount + labels.Length);
    }

    /// <summary>Inserts a candidate if it is good enough, in place of the worst one if there are enough. Of equal ones, the earlier one is first.</summary>
    private void Offer(CtcCandidate candidate, ref int count)
    {
        double rank = candidate.Rank;

        // What is impossible is below; so is NaN.
        if (!(rank > CtcRecursion.Zero / 2) || (count == Width && !(rank > _candidates[^1].Rank)))
        {
            return;
        }

        int place = count == Width ? count - 1 : count++;
        for (; place > 0 && rank > _candidates[place - 1].Rank; place--)
        {
            _candidates[place] = _candidates[place - 1];
        }

        _candidates[place] = candidate;
    }

    /// <summary>A sequence of labels that a search has found.</summary>
    public readonly ref struct Found
    {
        internal Found(ReadOnlySpan<int> labels, double logProbability, double score)
        {
            Labels = labels;
            LogProbability = logProbability;
            Score = score;
        }

        /// <summary>The labels; in a stream, those that are not certain. Valid until the next call.</summary>
        public ReadOnlySpan<int> Labels { get; }

        /// <summary>The natural logarithm of the probability of all labels since the start, over all paths that the search has kept.</summary>
        public double LogProbability { get; }

        /// <summary>The same with what the language model has added: the value that it is ranked by.</summary>
        public double Score { get; }
    }
}
