namespace RnnGen;

// Many streams that share one batch: each has a row of memory, as in a state, which a step takes and gives back.
public abstract partial class Batch
{
    /// <summary>The number of lanes that there is memory for.</summary>
    internal int Capacity => _isAtStart.Length;

    /// <summary>Changes how many lanes take steps. Memory stays that of all.</summary>
    /// <param name="lanes">Number of lanes, at most <see cref="Capacity"/>.</param>
    internal void Use(int lanes) => Lanes = lanes;

    /// <summary>Continues a lane from a row.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="row">[<see cref="State.RowSize"/>], as <see cref="State.WriteRow"/> or <see cref="WriteRow"/> wrote it for the same model class.</param>
    /// <param name="isAtStart">Whether the row is not valid, as its stream starts from the learned initial states.</param>
    internal void ReadRow(int lane, ReadOnlySpan<float> row, bool isAtStart = false)
    {
        row.CopyTo(Lane(lane));
        _isAtStart[lane] = isAtStart;
    }

    /// <summary>Writes a lane that has taken a step to a row.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="row">Receives [<see cref="State.RowSize"/>].</param>
    internal void WriteRow(int lane, Span<float> row) => Lane(lane)[..row.Length].CopyTo(row);
}
