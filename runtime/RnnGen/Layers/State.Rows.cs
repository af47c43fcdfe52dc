namespace RnnGen;

// Many streams that share one state: each has a row of memory, which a step takes and gives back.
public abstract partial class State
{
    /// <summary>Number of floats of a row: the current states with their padding and, of a model that holds bad steps, the last outputs.</summary>
    internal int RowSize => _half;

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
