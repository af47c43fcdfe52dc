namespace RnnGen;

/// <summary>How far the loops of a kernel are unrolled.</summary>
public enum Unroll
{
    /// <summary>The fastest choice in our measurements. The header of each generated file says what it is.</summary>
    Auto,

    /// <summary>
    /// All rows of the matrices in the kernels of single steps, without loops over rows. A kernel that would exceed
    /// 20,000 bytes of IL keeps its loops, because the just-in-time compiler optimizes large methods badly; the header of its file says so.
    /// </summary>
    Rows,

    /// <summary>Nothing: one row per iteration and one accumulator per sum. This is the smallest code and the easiest to read, but slower.</summary>
    None,
}
