using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints one step of a cell. The text is the same for every vector width: in one file <c>Lanes</c> is
/// <c>Vector&lt;float&gt;</c>, in its twin <c>Vector512&lt;float&gt;</c>; only the number of vectors per pass differs.
/// </summary>
internal sealed class KernelWriter(SourceWriter writer, KernelPlan plan, Func<Region, string> regionName, bool wide)
{
    /// <summary>The parameter list of a kernel, as its declaration has it.</summary>
    public static string Parameters(KernelPlan plan, Func<Region, string> regionName) => string.Join(", ",
        plan.Regions.Select(r => IsTokenInput(plan, r) ? "nuint token" : $"ref float {regionName(r)}"));

    public static bool IsTokenInput(KernelPlan plan, Region region) =>
        region == Region.Input && plan.Sweeps.Any(s => s.Segments.Any(g => g.Columns.Any(c => c.IsToken)));

    public void Write()
    {
        bool several = plan.Sweeps.Count > 1;
        writer.Line("nuint width = (nuint)Lanes.Count;");
        foreach (Sweep sweep in plan.Sweeps)
        {
            writer.Line();
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

    private void WriteSweep(Sweep sweep)
    {
        foreach (Segment segment in sweep.Segments)
        {
            writer.Line($"// {Describe(segment)}");
            writer.Line($"ref float {WeightName(segment)} = ref Unsafe.Add(ref weights, {Literals.Integer(segment.Offset)});");
        }

        if (sweep.Tiles == 1)
        {
            writer.Line("const nuint unit = 0;");
            WriteTile(sweep);
            return;
        }

        using (writer.Open($"for (nuint unit = 0; unit < {Lanes.Pad(sweep.Size)}; unit += {sweep.Shape.Tile})"))
        {
            WriteTile(sweep);
        }
    }

    private void WriteTile(Sweep sweep)
    {
        KernelShape shape = wide ? sweep.Shape.Wide : sweep.Shape.Portable;
        if (wide)
        {
            // One pass covers the tile, so that the references walk straight on to the next one.
            new PassWriter(writer, plan, sweep, shape, regionName, "unit", walkTile: sweep.Tiles > 1).Write();
            return;
        }

        using (writer.Open($"for (nuint lane = 0; lane < {sweep.Shape.Tile}; lane += {Times(shape.Vectors, "width")})"))
        {
            new PassWriter(writer, plan, sweep, shape, regionName, "unit + lane", walkTile: false).Write();
        }

        if (sweep.Tiles > 1)
        {
            foreach (Segment segment in sweep.Segments)
            {
                string name = WeightName(segment);
                writer.Line($"{name} = ref Unsafe.Add(ref {name}, {Literals.Integer(segment.TileStride)});");
            }
        }
    }

    /// <summary>The reference to the weights of a tile.</summary>
    public static string WeightName(Segment segment) => Sources(segment) + "Weights";

    /// <summary>The reference that walks through a tile.</summary>
    public static string WalkName(Segment segment) => Sources(segment) + "Walk";

    public static string Times(int factor, string text) => factor == 1 ? text : $"{Literals.Integer(factor)} * {text}";

    private static string Sources(Segment segment)
    {
        string names = string.Join("And", segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct());
        return char.ToLowerInvariant(names[0]) + names.Substring(1);
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
