using System.Runtime.CompilerServices;
using RnnGen.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen;

// Many streams that share one state: each has a row of memory, which a step takes and gives back.
public abstract partial class State
{
    /// <summary>Number of floats of a row: the current states with their padding and, of a model that holds bad steps, the last outputs.</summary>
    internal int RowSize => _half;

    /// <summary>The address of the current states.</summary>
    internal nint Row => _now;

    /// <summary>The states that its model has.</summary>
    internal StateSlot[] AllSlots => _layout.Slots;

    /// <summary>Asks for the memory of the next step, both halves, unless it is near that of a stream before it: the machine sees those coming.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void PrefetchAfter(State before)
    {
        const int page = 4096;
        if ((nuint)(_now - before._now) >= page)
        {
            AlignedBuffer.Prefetch(Origin, 2 * _half);
        }
    }

    /// <summary>Makes the stream a lane of a batch of the same model class.</summary>
    /// <returns>Whether it did: not if it is one already.</returns>
    internal bool Enter(Batch batch, int lane)
    {
        if (!Enter())
        {
            return false;
        }

        batch.ReadRow(lane, Values, _isAtStart);
        return true;
    }

    /// <summary>Continues from its lane after a step.</summary>
    internal void Leave(Batch batch, int lane)
    {
        batch.WriteRow(lane, Values);
        _isAtStart = false;
        Leave();
    }

    /// <summary>Makes the stream one of those that take a step together.</summary>
    /// <returns>Whether it did: not if it is one already.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool Enter()
    {
        if (_isTaken)
        {
            return false;
        }

        _isTaken = true;
        return true;
    }

    /// <summary>The step is over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Leave() => _isTaken = false;

    /// <summary>Continues from a row.</summary>
    /// <param name="row">[<see cref="RowSize"/>], as <see cref="WriteRow"/> wrote it for the same model class.</param>
    internal void ReadRow(ReadOnlySpan<float> row)
    {
        _isAtStart = false;
        row.CopyTo(Values);
    }

    /// <summary>Writes the stream to a row.</summary>
    /// <param name="row">Receives [<see cref="RowSize"/>].</param>
    internal void WriteRow(Span<float> row)
    {
        ReadStart();
        Values.CopyTo(row);
    }
}
