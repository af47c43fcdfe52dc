namespace RnnGen;

/// <summary>How much of the loops of a kernel is written out.</summary>
public enum Unroll
{
    /// <summary>What was fastest when it was measured; the head of a generated file says what that is.</summary>
    Auto,

    /// <summary>
    /// All rows of the matrices in the kernels of single steps: no loops over rows where these are few enough. A kernel that would have more than
    /// 20,000 bytes of IL keeps its loops, because the just-in-time compiler optimises large methods badly; the head of the generated file says so.
    /// </summary>
    Rows,

    /// <summary>Nothing: one row per turn of a loop, and one sum per number. The smallest code, and the easiest to read; it takes longer.</summary>
    None,
}
