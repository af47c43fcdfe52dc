using RnnGen.Generator.Loops;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>Prints a kernel as a method.</summary>
internal static class KernelPrinter
{
    public static void Print(SourceWriter writer, KernelMethod kernel, Width width)
    {
        writer.Line($"/// <summary>{kernel.Summary}</summary>");

        // Without the first, a process that sees one core runs unoptimised code for the better part of a second. Without the second, a
        // profile of a hot loop puts the kernel into its caller, where there are too few registers (LSTM 4 -> 2: 68 ns instead of 43).
        writer.Line("[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");
        using (writer.Open($"internal static void {kernel.Name}({string.Join(", ", kernel.Parameters.Select(Declaration))})"))
        {
            foreach (string contents in kernel.Contents)
            {
                writer.Line("// " + contents);
            }

            if (kernel.Contents.Count > 0)
            {
                writer.Line();
            }

            new LoopPrinter(writer, width).Print(kernel.Body(width));
        }
    }

    private static string Declaration(Parameter parameter) => $"{(parameter.IsReference ? "ref " : "")}{LoopPrinter.Type(parameter.Type)} {parameter.Name}";
}
