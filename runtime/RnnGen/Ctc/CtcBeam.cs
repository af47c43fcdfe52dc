namespace RnnGen.Ctc;

/// <summary>Log probabilities of the paths of a sequence of labels.</summary>
/// <param name="Blank">Of those that end with a blank.</param>
/// <param name="Label">Of those that end with the last label.</param>
/// <param name="Language">What the language model has added.</param>
/// <param name="Last">The last label, also if it is certain; the blank if there is none.</param>
internal readonly record struct CtcEntry(double Blank, double Label, double Language, int Last)
{
    /// <summary>Of all paths.</summary>
    public double Total { get; } = CtcRecursion.Add(Blank, Label);

    /// <summary>Of those that another label can follow: the last label again needs a blank before it.</summary>
    public double Before(int label) => label == Last ? Blank : Total;
}

/// <summary>A sequence after a step, that of a parent or one label longer.</summary>
/// <param name="Entry">Its probabilities.</param>
/// <param name="Parent">The place of the parent.</param>
/// <param name="Label">The label that is added; the blank for none.</param>
internal readonly record struct CtcCandidate(CtcEntry Entry, int Parent, int Label)
{
    /// <summary>What candidates are ranked by.</summary>
    public double Rank { get; } = Entry.Total + Entry.Language;
}

/// <summary>The sequences that are kept, in order.</summary>
internal sealed class CtcBeam(int width, int longest)
{
    private readonly CtcEntry[] _entries = new CtcEntry[width];
    private readonly int[] _lengths = new int[width];
    private readonly int[] _labels = new int[checked(width * longest)];

    public int Count { get; private set; }

    public bool IsAnyFull => _lengths.AsSpan(0, Count).Contains(longest);

    public ref readonly CtcEntry this[int place] => ref _entries[place];

    public ReadOnlySpan<int> Labels(int place) => _labels.AsSpan(place * longest, _lengths[place]);

    public bool IsFull(int place) => _lengths[place] == longest;

    public void Clear() => Count = 0;

    /// <summary>Adds a sequence behind the others.</summary>
    /// <param name="entry">Its probabilities.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="label">One label more; null for none.</param>
    public void Add(CtcEntry entry, ReadOnlySpan<int> labels, int? label)
    {
        _entries[Count] = entry;
        labels.CopyTo(_labels.AsSpan(Count * longest));
        _lengths[Count] = labels.Length;
        if (label is int last)
        {
            _labels[(Count * longest) + _lengths[Count]++] = last;
        }

        Count++;
    }

    /// <summary>The sequence to which another one adds one label, or -1.</summary>
    public int FindParent(int place)
    {
        ReadOnlySpan<int> labels = Labels(place);
        for (int k = 0; k < Count && labels.Length > 0; k++)
        {
            if (_lengths[k] == labels.Length - 1 && Labels(k).SequenceEqual(labels[..^1]))
            {
                return k;
            }
        }

        return -1;
    }

    /// <summary>Number of labels at the start that all sequences share.</summary>
    public int CountShared()
    {
        int shared = Count == 0 ? 0 : _lengths[0];
        for (int k = 1; k < Count; k++)
        {
            shared = Labels(0)[..shared].CommonPrefixLength(Labels(k));
        }

        return shared;
    }

    /// <summary>Removes all sequences that do not begin with the first label of the best one that has any.</summary>
    public void KeepFirstLabelOfBest()
    {
        int first = -1;
        int count = 0;
        for (int k = 0; k < Count; k++)
        {
            if (_lengths[k] == 0 || (first >= 0 && Labels(k)[0] != first))
            {
                continue;
            }

            first = Labels(k)[0];
            _entries[count] = _entries[k];
            Labels(k).CopyTo(_labels.AsSpan(count * longest));
            _lengths[count++] = _lengths[k];
        }

        Count = count;
    }

    public void RemoveFirst(int count)
    {
        for (int k = 0; k < Count; k++)
        {
            Labels(k)[count..].CopyTo(_labels.AsSpan(k * longest));
            _lengths[k] -= count;
        }
    }
}
