using System.ComponentModel;

namespace RnnGen.CompilerServices;

/// <summary>
/// The layout of the windows of a batch: step after step, the rows of all lanes side by side. Longer windows come first, so that the windows that
/// have a given step are the first ones of its rows.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BatchRows
{
    private readonly int[] _lengths;
    private readonly int[] _starts;
    private readonly int[] _lanes;
    private readonly bool[] _areLearned;

    // Number of steps of the shortest window.
    private int _shortest;

    /// <summary>No windows yet.</summary>
    /// <param name="capacity">The largest number of lanes.</param>
    public BatchRows(int capacity)
    {
        _lengths = new int[capacity];
        _starts = new int[capacity];
        _lanes = new int[capacity];
        _areLearned = new bool[capacity];
    }

    /// <summary>The largest number of lanes.</summary>
    public int Capacity => _lengths.Length;

    /// <summary>Number of lanes, which is the number of rows per step.</summary>
    public int Lanes { get; private set; }

    /// <summary>Number of steps of the longest window.</summary>
    public int Steps { get; private set; }

    /// <summary>Number of rows of all steps, including those beyond the end of shorter windows.</summary>
    public int Count => Steps * Lanes;

    /// <summary>Number of steps of all windows together.</summary>
    public int Total { get; private set; }

    /// <summary>Whether the order of the lanes is unchanged.</summary>
    internal bool InOrder { get; private set; }

    /// <summary>Whether all windows have the same length.</summary>
    internal bool AreEqual => _shortest == Steps;

    /// <summary>Windows of the same length.</summary>
    /// <param name="lanes">Number of windows.</param>
    /// <param name="steps">Number of steps of each.</param>
    public void Set(int lanes, int steps)
    {
        Lanes = lanes;
        Steps = steps;
        Total = lanes * steps;
        _shortest = steps;
        InOrder = true;
        for (int lane = 0; lane < lanes; lane++)
        {
            _lanes[lane] = lane;
            _lengths[lane] = steps;
            _starts[lane] = lane * steps;
        }
    }

    /// <summary>Windows of different lengths.</summary>
    /// <param name="lengths">Number of steps of each, at least 1.</param>
    public void Set(ReadOnlySpan<int> lengths)
    {
        Lanes = lengths.Length;
        Total = 0;
        InOrder = true;
        for (int lane = 0; lane < lengths.Length; lane++)
        {
            // After all windows that are at least as long.
            int place = lane;
            for (; place > 0 && _lengths[place - 1] < lengths[lane]; place--)
            {
                _lengths[place] = _lengths[place - 1];
                _starts[place] = _starts[place - 1];
                _lanes[place] = _lanes[place - 1];
            }

            InOrder &= place == lane;
            _lengths[place] = lengths[lane];
            _starts[place] = Total;
            _lanes[place] = lane;
            Total += lengths[lane];
        }

        Steps = _lengths[0];
        _shortest = _lengths[Lanes - 1];
    }

    /// <summary>The caller's lane at a place.</summary>
    /// <param name="place">The place in the rows of a step.</param>
    /// <returns>The lane.</returns>
    public int Lane(int place) => _lanes[place];

    /// <summary>The place of a caller's lane.</summary>
    /// <param name="lane">The lane.</param>
    /// <returns>The place, or -1 for a lane without a window.</returns>
    internal int PlaceOf(int lane) => Array.IndexOf(_lanes, lane, 0, Lanes);

    /// <summary>Whether the window at a place started from the learned initial states.</summary>
    /// <param name="place">The place.</param>
    /// <returns>Whether it did.</returns>
    public bool StartsAsLearned(int place) => _areLearned[place];

    /// <summary>Copies tokens from their order, lane by lane, to that of the rows.</summary>
    /// <param name="inputs">The tokens of all windows.</param>
    /// <param name="tokens">Takes them.</param>
    internal void Arrange(ReadOnlySpan<int> inputs, Span<int> tokens)
    {
        for (int place = 0; place < Lanes; place++)
        {
            for (int step = 0; step < _lengths[place]; step++)
            {
                tokens[(step * Lanes) + place] = inputs[_starts[place] + step];
            }
        }
    }

    internal void Begin(int place, bool asLearned) => _areLearned[place] = asLearned;

    /// <summary>Number of steps of the window at a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The number of steps.</returns>
    public int Length(int place) => _lengths[place];

    /// <summary>Where the data of the window at a place start, in steps.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The number of steps of all lanes before it.</returns>
    public int Start(int place) => _starts[place];

    /// <summary>The row of the last step of the window at a place.</summary>
    /// <param name="place">The place.</param>
    /// <returns>The row.</returns>
    public int LastRow(int place) => ((_lengths[place] - 1) * Lanes) + place;

    /// <summary>Number of windows that have a given step.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The number of windows.</returns>
    public int Active(int step)
    {
        int count = Lanes;
        while (_lengths[count - 1] <= step)
        {
            count--;
        }

        return count;
    }

    /// <summary>Copies the inputs that a step reads of all windows, side by side.</summary>
    /// <typeparam name="T">A number, or a token.</typeparam>
    /// <param name="inputs">The windows, lane by lane.</param>
    /// <param name="step">The step.</param>
    /// <param name="inputsOfStep">Receives the inputs of the step.</param>
    /// <param name="width">Inputs per step of a window.</param>
    /// <returns>The number of windows that have the step, which come first.</returns>
    public int Gather<T>(ReadOnlySpan<T> inputs, int step, Span<T> inputsOfStep, int width)
    {
        int lanes = Active(step);
        for (int place = 0; place < lanes; place++)
        {
            inputs.Slice((_starts[place] + step) * width, width).CopyTo(inputsOfStep.Slice(place * width, width));
        }

        return lanes;
    }

    /// <summary>Number of successive rows that belong to windows, from a step on.</summary>
    /// <param name="step">0, or a result of <see cref="NextRun"/>.</param>
    /// <returns>The number of rows.</returns>
    public int RunLength(int step) => step < _shortest ? (_shortest - step) * Lanes : Active(step);

    /// <summary>The step at which the next such rows start.</summary>
    /// <param name="step">0, or an earlier result.</param>
    /// <returns>The step.</returns>
    public int NextRun(int step) => step < _shortest ? _shortest : step + 1;
}
