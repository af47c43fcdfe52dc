namespace RnnGen.Generator.Planning;

/// <summary>Vectors are stored in whole cache lines of 16 floats, 64 bytes: as much as the widest vector there is.</summary>
internal static class CacheLine
{
    public const int Floats = 16;

    public static int Pad(int size) => (size + Floats - 1) / Floats * Floats;

    /// <summary>
    /// Distance between the rows of a tape: an odd number of cache lines, because rows at a large power of two would all fall
    /// into the same few sets of the cache.
    /// </summary>
    public static int Stride(int size) => size == 0 ? 0 : Pad(size) / Floats % 2 == 0 ? Pad(size) + Floats : Pad(size);
}
