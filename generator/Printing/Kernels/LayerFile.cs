using RnnGen.Generator.Emission;
using RnnGen.Generator.Loops;
using RnnGen.Generator.Planning;
using RnnGen.Generator.Programs;

namespace RnnGen.Generator.Printing.Kernels;

/// <summary>The file of one layer: its kernels over <c>Vector&lt;float&gt;</c> and the loops over a window, or its 512-bit twin.</summary>
internal sealed class LayerFile(ModelPlan model, LayerPlan layer, bool wide)
{
    private readonly LayerKernels _kernels = new(layer, model);

    private Width Width => wide ? Width.Wide : Width.Portable;

    public string Write() => FileFrame.Write(
        KernelNames.Namespace(model.Spec.Target),
        [
            wide ? "Lanes = global::System.Runtime.Intrinsics.Vector512<float>" : "Lanes = global::System.Numerics.Vector<float>",
            wide ? "Simd = global::RnnGen.CompilerServices.Simd512" : "Simd = global::RnnGen.CompilerServices.Simd",
            "MethodImpl = global::System.Runtime.CompilerServices.MethodImplAttribute",
            "MethodImplOptions = global::System.Runtime.CompilerServices.MethodImplOptions",
            "Unsafe = global::System.Runtime.CompilerServices.Unsafe",
            $"VectorMath = global::RnnGen.CompilerServices.{(model.Spec.Reproducible ? "ReproducibleMath" : "VectorMath")}{(wide ? "512" : "")}",
            .. layer.Step.ReadsNarrowWeights
                ? new[]
                {
                    $"NarrowMath = global::RnnGen.CompilerServices.NarrowMath{(wide ? "512" : "")}",
                    "NarrowNumbers = global::RnnGen.CompilerServices.NarrowNumbers",
                }
                : [],
            .. model.Spec.Precise ? new[] { "PreciseMath = global::RnnGen.CompilerServices.PreciseMath" } : [],
        ],
        new LayerHeader(model, layer, Width).Write,
        writer =>
        {
            writer.Line($"/// <summary>{Summary()}</summary>");
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            using (writer.Open($"internal static class {(wide ? KernelNames.WideClass(layer) : KernelNames.Class(layer))}"))
            {
                WriteMembers(writer);
            }
        });

    private string Summary() => wide
        ? $"The kernels of <see cref=\"{KernelNames.Class(layer)}\"/> for 512-bit vectors."
        : $"{layer.Cell.Name} layer, {layer.Spec.InputSize} → {layer.Spec.Size}.";

    /// <summary>Whether there is anything in it: a layer may share all its kernels with one before it.</summary>
    public bool HasMembers => !wide || Own(_kernels.Steps().Concat(Lanes()).Concat(_kernels.Gradients())).Any();

    private void WriteMembers(SourceWriter writer)
    {
        if (!wide)
        {
            Print(new WindowLoops(model, layer).Methods());
        }

        PrintKernels(_kernels.Steps());
        PrintKernels(Lanes());
        if (!wide && model.Batch is not null)
        {
            Print(new BatchLoops(model, layer).Methods());
        }

        PrintKernels(_kernels.Gradients());

        void Print(IEnumerable<Method> methods)
        {
            foreach (Method method in methods)
            {
                new ProgramPrinter(writer).Print(method);
            }
        }

        void PrintKernels(IEnumerable<KernelMethod> kernels)
        {
            foreach (KernelMethod kernel in Own(kernels))
            {
                if (wide || kernel.IsNarrow)
                {
                    KernelPrinter.Print(writer, kernel, Width);
                }
                else
                {
                    KernelPrinter.PrintChoice(writer, kernel, KernelNames.WideClass(layer));
                    KernelPrinter.PrintPortable(writer, kernel);
                }
            }
        }
    }

    private IEnumerable<KernelMethod> Own(IEnumerable<KernelMethod> kernels) => kernels.Where(k => ReferenceEquals(k.Home, layer) && !(wide && k.IsNarrow));

    /// <summary>The kernels for the lanes of a batch.</summary>
    private IEnumerable<KernelMethod> Lanes() => model.Batch is null ? [] :
        from kernel in new BatchLoops(model, layer).Kernels()
        where kernel.Plan.HasLaneBlocks
        select _kernels.Lanes(
            kernel.Name + "Blocks", $"{kernel.Name} for a multiple of {LaneBlock.Size} lanes.", kernel.Home, kernel.Plan, region => kernel.Stride(layer, region));
}
