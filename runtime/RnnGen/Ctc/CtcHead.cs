using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>What a loss needs to know of a <see cref="CtcAttribute"/>, and the check of its targets.</summary>
/// <param name="outputs">Number of outputs: the labels and the blank.</param>
/// <param name="blank">Which of them is the blank.</param>
/// <param name="reduction">What the loss of a window is.</param>
/// <param name="zeroInfinity">Whether targets that do not fit their window are ignored.</param>
/// <param name="isOneOfSeveral">Whether the model has other heads, so that an empty target leaves this one out.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly struct CtcHead(int outputs, CtcBlank blank, CtcReduction reduction, bool zeroInfinity, bool isOneOfSeveral = false)
{
    // A target that begins with a smaller number is ignored.
    private const int End = -1;

    internal int Outputs => outputs;

    internal CtcBlank BlankPlace => blank;

    internal int Blank => CtcPaths.Place(blank, outputs);

    /// <summary>What the loss of a window with some labels is multiplied by.</summary>
    internal double Weight(int labels) => reduction == CtcReduction.Sum ? 1 : 1.0 / Math.Max(1, labels);

    /// <summary>The labels of a target.</summary>
    /// <param name="targets">The target.</param>
    /// <param name="steps">Number of steps of the window.</param>
    /// <param name="labels">Receives the labels.</param>
    /// <returns>Whether the target has a loss: it is neither left out nor ignored.</returns>
    internal bool TryGetLabels(ReadOnlySpan<int> targets, int steps, out ReadOnlySpan<int> labels)
    {
        labels = targets[..Count(targets)];
        return targets.IsEmpty ? !isOneOfSeveral : targets[0] >= End && (!zeroInfinity || StepsOf(labels) <= steps);
    }

    /// <summary>Checks the target of a window.</summary>
    /// <param name="targets">The target.</param>
    /// <param name="steps">Number of steps of the window.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">It does not fit the window, or a label is the blank, out of range, or behind a negative number.</exception>
    public void Check(ReadOnlySpan<int> targets, int steps, string name) => Check(targets, steps, name, "");

    /// <summary>Checks the targets of the windows of a batch.</summary>
    /// <param name="targets">The targets, window by window, one number per step.</param>
    /// <param name="rows">The windows.</param>
    /// <param name="name">Name of the argument.</param>
    /// <exception cref="ArgumentException">
    /// There is not one number per step; or a target does not fit its window, or has a label that is the blank, out of range, or behind a negative number.
    /// </exception>
    public void Check(ReadOnlySpan<int> targets, BatchRows rows, string name)
    {
        CompilerServices.Check.Length(targets.Length, rows.Total, name);
        for (int place = 0; place < rows.Lanes; place++)
        {
            int steps = rows.Length(place);
            ReadOnlySpan<int> own = targets.Slice(rows.Start(place), steps);
            if (Find(own, steps) is not null)
            {
                Check(own, steps, name, $"Lane {rows.Lane(place)}: ");
            }
        }
    }

    /// <summary>Copies the target of a window to its place among those of a batch. Negative numbers fill what is left.</summary>
    /// <param name="targets">The target, which is checked.</param>
    /// <param name="places">Its place, one number per step.</param>
    public void Copy(ReadOnlySpan<int> targets, Span<int> places)
    {
        ReadOnlySpan<int> labels = targets[..Count(targets)];
        places.Fill(End);
        if (!TryGetLabels(targets, places.Length, out _))
        {
            places[0] = End - 1;
            return;
        }

        labels.CopyTo(places);
    }

    private void Check(ReadOnlySpan<int> targets, int steps, string name, string where)
    {
        if (Find(targets, steps) is (string flaw, int place))
        {
            throw place < 0
                ? new ArgumentException(where + flaw, name)
                : new ArgumentOutOfRangeException(name, targets[place], where + flaw);
        }
    }

    /// <summary>What is wrong with a target, and the place of a wrong label; null if nothing is.</summary>
    private (string Flaw, int Place)? Find(ReadOnlySpan<int> targets, int steps)
    {
        int count = Count(targets);
        for (int k = 0; k < targets.Length; k++)
        {
            if (targets[k] >= outputs || targets[k] == Blank)
            {
                string labels = blank == CtcBlank.First ? $"1 .. {outputs - 1}" : $"0 .. {outputs - 2}";
                return ($"A label must be in {labels}; that at place {k} {(targets[k] == Blank ? "is the blank" : "is not")}.", k);
            }

            if (k > count && targets[k] >= 0)
            {
                return ($"The labels end with the first negative number, at place {count}; there is another label at place {k}.", k);
            }
        }

        int least = StepsOf(targets[..count]);
        return least > steps && !zeroInfinity
            ? ($"The {count} labels need a window of at least {least} steps (one each, and one between equal neighbors), found {steps}; set ZeroInfinity to ignore such targets.", -1)
            : null;
    }

    private static int Count(ReadOnlySpan<int> targets)
    {
        int count = 0;
        while (count < targets.Length && targets[count] >= 0)
        {
            count++;
        }

        return count;
    }

    /// <summary>The length of the shortest window that labels fit.</summary>
    private static int StepsOf(ReadOnlySpan<int> labels)
    {
        int steps = labels.Length;
        for (int k = 1; k < labels.Length; k++)
        {
            steps += labels[k] == labels[k - 1] ? 1 : 0;
        }

        return steps;
    }
}
