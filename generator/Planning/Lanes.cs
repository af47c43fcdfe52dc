namespace RnnGen.Generator.Planning;

/// <summary>Vectors are stored in whole groups of 16 floats, 64 bytes: a cache line, and the widest vector there is.</summary>
internal static class Lanes
{
    public const int Count = 16;

    /// <summary>
    /// Units that one vector of 256 bits holds. Where no sweep of a kernel has more, a wider one would only compute padding, which costs time where
    /// a 512-bit operation takes two turns (LSTM 4 -> 2: 40 ns instead of 30).
    /// </summary>
    public const int Narrow = 8;

    /// <summary>Lanes of a batch that go through a kernel side by side: one sum each, so that a weight is loaded once for all of them.</summary>
    public const int Group = 8;

    public static int Pad(int size) => (size + Count - 1) / Count * Count;

    /// <summary>
    /// Distance between the rows of a tape: an odd number of cache lines, because rows at a large power of two would all fall
    /// into the same few sets of the cache.
    /// </summary>
    public static int Stride(int size) => size == 0 ? 0 : Pad(size) / Count % 2 == 0 ? Pad(size) + Count : Pad(size);
}
