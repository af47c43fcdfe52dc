using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Prints a kernel as a method.</summary>
internal static class KernelPrinter
{
    /// <summary>A kernel under its own name.</summary>
    public static void Print(SourceWriter writer, KernelMethod kernel, Width width) => Print(writer, kernel, width, kernel.Name, kernel.Summary);

    /// <summary>The version for vectors of any width of a kernel that has another one for 512-bit vectors.</summary>
    public static void PrintPortable(SourceWriter writer, KernelMethod kernel) =>
        Print(writer, kernel, Width.Portable, Portable(kernel), $"<see cref=\"{kernel.Name}\"/> for vectors of any width.");

    /// <summary>The method that chooses between the two.</summary>
    public static void PrintChoice(SourceWriter writer, KernelMethod kernel, string wideClass)
    {
        string arguments = string.Join(", ", kernel.Parameters.Select(p => (p.IsReference ? "ref " : "") + p.Name));
        writer.Line($"/// <summary>{kernel.Summary}</summary>");
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveInlining)]");
        using (writer.Open(Signature(kernel, kernel.Name)))
        {
            writer.Block("if (VectorMath.IsWide)", [$"{wideClass}.{kernel.Name}({arguments});"]);
            writer.Block("else", [$"{Portable(kernel)}({arguments});"]);
        }
    }

    private static void Print(SourceWriter writer, KernelMethod kernel, Width width, string name, string summary)
    {
        writer.Line($"/// <summary>{summary}</summary>");

        // Without the first, a process that sees one core runs unoptimized code for the better part of a second. Without the second, a
        // profile of a hot loop puts the kernel into its caller, where there are too few registers (LSTM 4 -> 2: 68 ns instead of 43).
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        using (writer.Open(Signature(kernel, name)))
        {
            writer.Lines(kernel.Contents.Count == 0 ? [] : [.. kernel.Contents.Select(contents => "// " + contents), ""]);
            new LoopPrinter(writer, width).Print(kernel.Body(width));
        }
    }

    private static string Portable(KernelMethod kernel) => kernel.Name + "Portable";

    private static string Signature(KernelMethod kernel, string name) => $"internal static void {name}({string.Join(", ", kernel.Parameters.Select(Declaration))})";

    private static string Declaration(Parameter parameter) => $"{(parameter.IsReference ? "ref " : "")}{LoopPrinter.Type(parameter.Type)} {parameter.Name}";
}
