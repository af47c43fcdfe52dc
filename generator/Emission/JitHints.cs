namespace RnnGen.Generator.Emission;

/// <summary>What the JIT is told about a method.</summary>
internal enum JitHint
{
    None,

    /// <summary>
    /// For verbs: optimised code from the first call on, so that nothing is compiled later. A verb checks lengths and calls kernels; a
    /// profile could tell the JIT nothing about it.
    /// </summary>
    AggressiveOptimization,

    /// <summary>For what lies between verbs and kernels, which would start unoptimised on its own.</summary>
    AggressiveInlining,
}
