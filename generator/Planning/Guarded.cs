namespace RnnGen.Generator.Planning;

/// <summary>References may point a little behind a block of memory.</summary>
internal static class Guarded
{
    /// <summary>So far.</summary>
    public const int Floats = 64;

    /// <summary>A size with room for that: a multiple of it, too, so that optimizers go through the weights in several vectors at a time.</summary>
    public static int Size(int floats) => ((floats + Floats - 1) / Floats * Floats) + Floats;
}
