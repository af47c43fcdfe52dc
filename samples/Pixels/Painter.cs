using RnnGen;

/// <summary>Says how likely the next pixel is ink, from all pixels before it: their last ones it sees, the others it remembers.</summary>
[RnnModel(inputSize: Painter.Seen, sequenceLength: Glyphs.Count)]
public sealed partial class Painter
{
    /// <summary>The pixel before, the five above it, one input for each column and one for each row.</summary>
    public const int Seen = 6 + (2 * Glyphs.Side);

    /// <summary>The memory.</summary>
    [Lstm(64)]
    public partial Layer Memory { get; }

    /// <summary>The probability of ink.</summary>
    [Sigmoid(1)]
    public partial Layer Ink { get; }
}
