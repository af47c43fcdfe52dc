namespace RnnGen.Tool.Import;

/// <summary>A vector at every step of every row of a batch: an input, or what a layer or a part of one computes.</summary>
/// <param name="origin">What computes it, for messages.</param>
/// <param name="width">The size of the vector.</param>
/// <param name="positions">The number of vectors: steps times rows.</param>
internal abstract class Signal(string origin, int width, int positions)
{
    /// <summary>What computes it, for messages.</summary>
    public string Origin { get; } = origin;

    /// <summary>The size of the vector.</summary>
    public int Width { get; protected set; } = width;

    /// <summary>The number of vectors: steps times rows.</summary>
    public int Positions { get; protected set; } = positions;

    /// <summary>What it reads, at the same position.</summary>
    public abstract IEnumerable<Wire> Reads { get; }

    /// <summary>A signal with the same values that was found to be part of a layer after this one was made.</summary>
    public Signal? SameAs { get; set; }

    /// <summary>Position and column of an element.</summary>
    public virtual (int Position, int Column) Locate(int index) => Math.DivRem(index, Width);

    /// <summary>The element at a position and column.</summary>
    public virtual int IndexOf(int position, int column) => (position * Width) + column;

    /// <summary>All its columns.</summary>
    public Wire[] Wires() => [.. Enumerable.Range(0, Width).Select(column => new Wire(this, column))];
}

/// <summary>A column of a signal, at any position.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Column">The column.</param>
internal readonly record struct Wire(Signal Signal, int Column);

/// <summary>One number of a signal: a column at one position.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Index">Which one; <see cref="Signal.Locate"/> tells position and column.</param>
internal readonly record struct Element(Signal Signal, int Index);
