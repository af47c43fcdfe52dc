using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints one step of a cell. The text is the same for every vector width: in one file <c>Lanes</c> is
/// <c>Vector&lt;float&gt;</c>, in its twin <c>Vector512&lt;float&gt;</c>; only the number of vectors per pass differs.
/// </summary>
internal sealed class KernelWriter(SourceWriter writer, KernelPlan plan, Func<Region, string> regionName, bool wide, bool precise)
{
    /// <summary>The parameter list of a kernel, as its declaration has it.</summary>
    public static string Parameters(KernelPlan plan, Func<Region, string> regionName) => string.Join(", ",
        plan.Regions.Select(r => IsTokenInput(plan, r) ? "nuint token" : $"ref float {regionName(r)}"));

    public static bool IsTokenInput(KernelPlan plan, Region region) =>
        region == Region.Input && plan.ReadsTokens;

    public void Write()
    {
        bool several = plan.Sweeps.Count > 1;
        if (!wide && plan.Sweeps.Any(s => s.Stores.Count > 0))
        {
            writer.Line("nuint width = (nuint)Lanes.Count;");
            writer.Line();
        }

        bool isFirst = true;
        foreach (Sweep sweep in plan.Sweeps)
        {
            if (!isFirst)
            {
                writer.Line();
            }

            isFirst = false;
            if (several)
            {
                using (writer.Open())
                {
                    WriteSweep(sweep);
                }
            }
            else
            {
                WriteSweep(sweep);
            }
        }
    }

    /// <summary>One pass over the units.</summary>
    public void WriteSweep(Sweep sweep)
    {
        WriteReductions(sweep);
        if (sweep.Stores.Count == 0)
        {
            return;
        }

        WriteWeights(writer, sweep);
        if (sweep.Tiles == 1)
        {
            WriteTile(sweep);
            return;
        }

        using (writer.Open($"for (nuint unit = 0; unit < {Lanes.Pad(sweep.Size)}; unit += {sweep.Shape.Tile})"))
        {
            WriteTile(sweep);
        }
    }

    /// <summary>The means that come before a sweep.</summary>
    public void WriteReductions(Sweep sweep)
    {
        foreach (Reduction reduction in sweep.Reductions)
        {
            string target = VectorAccess.Element(regionName(reduction.Place.Region), Literals.Integer(reduction.Place.Offset));
            string source = VectorAccess.Reference(regionName(reduction.Source.Region), reduction.Source.Offset);
            writer.Line($"{target} = VectorMath.Mean({source}, {Literals.Integer(reduction.Value.Operand.Size)});");
        }
    }

    /// <summary>The references to the weights of the first tile.</summary>
    public static void WriteWeights(SourceWriter writer, Sweep sweep)
    {
        foreach (Segment segment in sweep.Segments)
        {
            writer.Line($"// {Describe(segment)}");
            writer.Line($"ref float {WeightName(segment)} = {VectorAccess.Reference("weights", segment.Offset)};");
        }
    }

    private void WriteTile(Sweep sweep)
    {
        var pass = new PassWriter(writer, plan, sweep, regionName, wide, precise);
        if (wide)
        {
            pass.Write();
            return;
        }

        string step = new VectorAccess(wide).Step(sweep.Shape.Portable.Vectors);
        using (writer.Open($"for (nuint lane = 0; lane < {sweep.UsedLanes}; lane += {step})"))
        {
            pass.Write();
        }

        foreach (Segment segment in sweep.Segments.Where(_ => sweep.Tiles > 1))
        {
            string name = WeightName(segment);
            writer.Line($"{name} = ref Unsafe.Add(ref {name}, {Literals.Integer(segment.TileStride)});");
        }
    }

    /// <summary>The reference to the weights of a tile.</summary>
    public static string WeightName(Segment segment) => Sources(segment) + "Weights";

    /// <summary>The reference that walks through a tile.</summary>
    public static string WalkName(Segment segment) => Sources(segment) + "Walk";

    /// <summary>What a segment's rows are those of.</summary>
    public static string SourceNames(Segment segment) =>
        string.Join(" and ", segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct());

    private static string Sources(Segment segment)
    {
        string[] names = [.. segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct()];
        return names.Length == 1 ? names[0] : segment.Joint == 0 ? "joint" : "joint" + Literals.Integer(segment.Joint + 1);
    }

    private static string Describe(Segment segment)
    {
        string columns = string.Join(", ", segment.Columns.Select(c => c.Projection.Matrix).Select(m => m.Symbol + (m.IsTransposed ? "ᵀ" : "")));
        string rows = segment.Columns.Any(c => c.IsToken) ? "one row per token" : segment.Rows == 1 ? "1 row" : $"{segment.Rows} rows";
        return segment.Biases.Count == 0
            ? $"{columns}: {rows}"
            : $"{string.Join(", ", segment.Biases.Select(b => b.Vector.Symbol))}, then {columns}: {rows}";
    }
}
