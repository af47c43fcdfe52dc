using RnnGen.Generator.Cells;
using RnnGen.Generator.Loops;
using RnnGen.Generator.Loops.Schedules;
using RnnGen.Generator.Model;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>The file of one layer: its kernels over <c>Vector&lt;float&gt;</c> and the loops over a window, or its 512-bit twin.</summary>
internal sealed class LayerFile(ModelPlan model, LayerPlan layer, bool wide)
{
    private Width Width => wide ? Width.Wide : Width.Portable;

    public string Write() => FileFrame.Write(
        KernelCalls.Namespace(model.Spec.Target),
        [
            wide ? "Lanes = global::System.Runtime.Intrinsics.Vector512<float>" : "Lanes = global::System.Numerics.Vector<float>",
            wide ? "Simd = global::System.Runtime.Intrinsics.Vector512" : "Simd = global::System.Numerics.Vector",
            "MethodImpl = global::System.Runtime.CompilerServices.MethodImplAttribute",
            "MethodImplOptions = global::System.Runtime.CompilerServices.MethodImplOptions",
            "Unsafe = global::System.Runtime.CompilerServices.Unsafe",
            "VectorMath = global::RnnGen.CompilerServices.VectorMath",
            .. model.Spec.Precise ? new[] { "PreciseMath = global::RnnGen.CompilerServices.PreciseMath" } : [],
        ],
        WriteHeader,
        writer =>
        {
            writer.Line($"/// <summary>{Summary()}</summary>");
            writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
            using (writer.Open($"internal static class {(wide ? KernelCalls.WideClass(layer) : KernelCalls.Class(layer))}"))
            {
                WriteMembers(writer);
            }
        });

    private string Summary() => wide
        ? $"The kernels of <see cref=\"{KernelCalls.Class(layer)}\"/> for 512-bit vectors."
        : $"{layer.Cell.Name} layer, {layer.Spec.InputSize} → {layer.Spec.Size}.";

    private void WriteHeader(SourceWriter writer)
    {
        string width = wide ? "512-bit vectors" : layer.IsNarrow ? "vectors of any width; 256 bits hold all units" : "vectors of any width";
        writer.Line($"// {model.Spec.Target.Name.TrimStart('@')}.{layer.Name}: {layer.Cell.Name}, {layer.Spec.InputSize} -> {layer.Spec.Size}, for {width}.");
        writer.Line($"// {Literals.Grouped(layer.ParameterCount)} parameters, {Literals.Grouped(layer.MultiplyAdds)} multiply-adds per step.");
        writer.Line("//");
        foreach (string equation in Equations.Of(layer.Cell))
        {
            writer.Line("//     " + equation);
        }

        writer.Line("//");
        if (layer.Twins.Count > 0)
        {
            writer.Line($"// Kernels of {layer.Home().Name}, which has the same equations and sizes; here are those whose rows are differently far apart.");
            return;
        }

        string[] users = [.. model.Layers.Where(l => l.Twins.Count > 0 && ReferenceEquals(l.Home(), layer)).Select(l => l.Name)];
        if (users.Length > 0)
        {
            writer.Line($"// The kernels are also those of {string.Join(", ", users)}.");
        }

        foreach (string line in Shape())
        {
            writer.Line("// " + line);
        }
    }

    private IEnumerable<string> Shape()
    {
        foreach (Sweep sweep in layer.Record.Sweeps.Where(s => s.Segments.Count > 0 && !(wide && s.IsNarrow)))
        {
            KernelShape shape = wide ? sweep.Shape.Wide : sweep.Shape.Portable;
            string rows = shape.Chains == 1 ? "" : $", {shape.Chains} rows at a time with sums of their own";
            yield return $"A pass sums up {Count(shape.Vectors, "vector")} of units{rows}: {Count(sweep.Accumulators.Count * shape.Vectors * shape.Chains, "register")}.";
        }

        if (layer.Record.Sweeps.Any(s => s.Segments.Count > 0))
        {
            yield return WrittenOut();
        }
    }

    /// <summary>How many rows are written out in the kernels of single steps, and why.</summary>
    private string WrittenOut()
    {
        (string Name, KernelPlan? Plan)[] steps =
        [
            ("Step", layer.Step), ("RecordStep", layer.Record), ("SummedStep", layer.StepSplit?.Step), ("RecordSummedStep", layer.RecordSplit?.Step),
            ("BackwardStep", layer.Backward), ("BackwardStatesStep", layer.BackwardSplit?.Step),
        ];
        string[] large = [.. steps.Where(s => s.Plan is { IsTooLargeToUnroll: true }).Select(s => s.Name)];
        (Segment Segment, int Rows)[] written = [.. from sweep in layer.Record.Sweeps
                                                    from segment in sweep.Segments
                                                    select (segment, layer.Record.RowsPerTurn(segment, wide ? sweep.Shape.Wide : sweep.Shape.Portable))];
        bool hasLoop = written.Any(w => w.Rows < w.Segment.Rows && !w.Segment.Columns[0].IsToken);
        string why = layer.Record.Unroll switch
        {
            UnrollKind.Auto when !hasLoop => "",
            UnrollKind.Auto => "; all of them gained less than 2 % when measured",
            UnrollKind.None => ", as Unroll.None asks",
            _ when large.Length == 0 => ", as Unroll.Rows asks",
            _ => $". Unroll.Rows asks for all, but {string.Join(", ", large)} would have more than {Literals.Grouped(Thresholds.LargestMethod)} bytes of IL",
        };
        return $"Rows written out: {string.Join(", ", written.Select(w => Rows(w.Segment, w.Rows)).Distinct())}{why}.";
    }

    private static string Rows(Segment segment, int written)
    {
        string source = PanelText.SourceNames(segment);
        return segment.Columns[0].IsToken ? "the one of the token" : written == segment.Rows ? $"all {written} of {source}" : $"{written} of {segment.Rows} of {source} per turn";
    }

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    /// <summary>Whether there is anything in it: a layer may share all its kernels with one before it.</summary>
    public bool HasMembers => !wide || OwnKernels().Any();

    private void WriteMembers(SourceWriter writer)
    {
        if (!wide)
        {
            new WindowWriter(writer, model, layer).Write();
        }

        foreach ((LayerPlan _, bool _, Action<SourceWriter> write) in OwnKernels())
        {
            write(writer);
        }
    }

    private IEnumerable<(LayerPlan Home, bool IsNarrow, Action<SourceWriter> Write)> OwnKernels() =>
        Kernels().Where(k => ReferenceEquals(k.Home, layer) && !(wide && k.IsNarrow));

    /// <summary>All kernels that the layer calls, with the layer that has them, and whether they have no 512-bit twin.</summary>
    private IEnumerable<(LayerPlan Home, bool IsNarrow, Action<SourceWriter> Write)> Kernels()
    {
        yield return Step("Step", "One step of a stream.", layer.Step);
        yield return Step("RecordStep", "One step that keeps what the backward pass needs.", layer.Record);
        if (layer.RecordSplit is SplitPlan split)
        {
            yield return Groups("SumInputs", "What the inputs of several steps add to their sums", split.Rows);
            yield return Step("SummedStep", "One step of a window whose inputs are in the sums already.", layer.StepSplit!.Step);
            yield return Step("RecordSummedStep", "The same, keeping what the backward pass needs.", split.Step);
        }

        if (layer.Backward.Sweeps.Count > 0)
        {
            yield return Step(
                "BackwardStep", layer.Cell.States.Count > 0
                    ? "One step back: from the gradients of the output and the next states to those of the sums, the input and the states."
                    : "One step back: from the gradient of the output to that of the input.",
                layer.Backward);
        }

        if (layer.BackwardSplit is SplitPlan after)
        {
            yield return Step("BackwardStatesStep", "One step back without the gradient of the input.", after.Step);
            yield return Groups("InputGradients", "Gradients of the inputs of several steps", after.Rows);
        }

        if (model.Batch is not null)
        {
            foreach (LaneKernel kernel in LanesWriter.Kernels(model, layer))
            {
                yield return (kernel.Home, kernel.Plan.IsNarrow, writer => new LanesWriter(writer, model, layer).WriteKernel(kernel, wide));
            }

            if (!wide)
            {
                yield return (layer, true, writer => new LanesWriter(writer, model, layer).WriteLoops());
            }
        }

        foreach (GradientPlan gradient in GradientPlan.Of(layer))
        {
            yield return (gradient.Home(layer), gradient.Sweep.IsNarrow, writer => WriteGradient(writer, gradient));
        }

        (LayerPlan, bool, Action<SourceWriter>) Step(string name, string summary, KernelPlan plan) =>
            (layer.Home(), plan.IsNarrow, writer => WriteKernel(writer, name, summary, plan));

        (LayerPlan, bool, Action<SourceWriter>) Groups(string name, string summary, KernelPlan plan) =>
            (layer.Home(plan.Regions), plan.IsNarrow, writer => WriteGroups(writer, name, summary, plan));
    }

    private void WriteGradient(SourceWriter writer, GradientPlan plan)
    {
        string what = plan.IsBias ? "Adds the gradients of the biases" : "Adds the gradients of the matrices";
        writer.Line($"/// <summary>{what}: sums over the steps of a window.</summary>");
        Optimize(writer);
        using (writer.Open($"internal static void {plan.Name}({KernelSignature.Gradient(layer, plan)})"))
        {
            new LoopPrinter(writer, Width).Print(new GradientSchedule(plan, Width, region => KernelSignature.Distance(layer, region)).Nodes());
        }
    }

    private void WriteGroups(SourceWriter writer, string name, string summary, KernelPlan plan)
    {
        writer.Line($"/// <summary>{summary}: a multiple of {Lanes.Group}.</summary>");
        Optimize(writer);
        using (writer.Open($"internal static void {name}({KernelSignature.Lanes(plan)})"))
        {
            new LoopPrinter(writer, Width).Print(new LaneBlockSchedule(new Kernel(plan, Width, model.Spec.Precise), region => layer.RowStride(region)).Nodes());
        }
    }

    private void WriteKernel(SourceWriter writer, string name, string summary, KernelPlan plan)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        Optimize(writer);
        using (writer.Open($"internal static void {name}({KernelSignature.Step(plan)})"))
        {
            bool isDescribed = false;
            foreach (Region region in plan.Regions)
            {
                if (Contents(plan, region) is { Length: > 0 } contents)
                {
                    writer.Line($"// {Names.Of(region)}: {contents}");
                    isDescribed = true;
                }
            }

            if (isDescribed)
            {
                writer.Line();
            }

            new LoopPrinter(writer, Width).Print(new StepSchedule(new Kernel(plan, Width, model.Spec.Precise)).Nodes());
        }
    }

    /// <summary>What stands where in a region, for readers.</summary>
    private string Contents(KernelPlan plan, Region region)
    {
        string prefix = plan == layer.Backward && region is (Region.NextGradients or Region.StateGradients) ? "d" : "";
        IEnumerable<(string Name, int Size, int Offset)> values = region switch
        {
            Region.State or Region.Next or Region.NextGradients or Region.StateGradients =>
                layer.Cell.States.Select((s, k) => (prefix + s.Name, s.Size, layer.States.Offsets[k])),
            Region.Work or Region.SumGradients => Stored(plan),
            Region.Saved => Stored(layer.Record),
            Region.Masks => layer.Cell.Masks.Select((m, k) => (m.Value.Symbol, m.Value.Size, layer.Masks.Offsets[k])),
            _ => [],
        };
        return string.Join(", ", values.Select(v => v.Offset == 0 ? $"{v.Name} [{v.Size}]" : $"{v.Name} [{v.Size}] at {Literals.Integer(v.Offset)}"));
    }

    private static IEnumerable<(string Name, int Size, int Offset)> Stored(KernelPlan plan) =>
        from place in plan.Places
        where place.Value.Region is Region.Work or Region.SumGradients && place.Key is not Leaf
        orderby place.Value.Offset
        select (Names.Local(place.Key.Name ?? "unnamed"), place.Key.Size, place.Value.Offset);

    // Without the first, a process that sees one core runs unoptimised code for the better part of a second. Without the second, a
    // profile of a hot loop puts the kernel into its caller, where there are too few registers (LSTM 4 -> 2: 68 ns instead of 43).
    public static void Optimize(SourceWriter writer) => writer.Line(
        "[MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]");

    /// <summary>A layer that has its kernels from another one gives them references from which that one's places lead to its own.</summary>
    public static void WriteShift(SourceWriter writer, LayerPlan layer, string reference, int shift)
    {
        if (layer.Twins.Count > 0 && shift != 0)
        {
            writer.Line($"// The kernels have the places of {layer.Home().Name}.");
            writer.Line($"{reference} = ref Unsafe.Add(ref {reference}, {Literals.Integer(shift)});");
        }
    }
}
