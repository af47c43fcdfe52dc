namespace RnnGen.Generator.Emission;

/// <summary>What the JIT is told about the verbs that call kernels step by step.</summary>
internal static class JitHints
{
    /// <summary>
    /// For verbs: optimised code from the first call on, so that nothing is compiled later. A verb checks lengths and calls kernels; a
    /// profile could tell the JIT nothing about it.
    /// </summary>
    public static void Optimize(SourceWriter writer) => Write(writer, "AggressiveOptimization");

    /// <summary>For what lies between verbs and kernels, which would start unoptimised on its own.</summary>
    public static void Inline(SourceWriter writer) => Write(writer, "AggressiveInlining");

    private static void Write(SourceWriter writer, string option) =>
        writer.Line($"[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.{option})]");
}
