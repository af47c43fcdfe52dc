using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints one step of a cell for a whole number of groups of lanes. A weight is loaded once per group and multiplies one number of every
/// lane, whose sums stay in registers; then the lanes do their element-wise work one by one. A tile of the weights serves all groups before
/// the next one is read.
/// </summary>
/// <param name="writer">The text.</param>
/// <param name="plan">The kernel.</param>
/// <param name="regionName">Names of its parameters.</param>
/// <param name="stride">The distance between two lanes in a region.</param>
/// <param name="wide">Whether it is the 512-bit kernel.</param>
/// <param name="precise">Whether element functions are computed to a few units in the last place.</param>
internal sealed class GroupWriter(SourceWriter writer, KernelPlan plan, Func<Region, string> regionName, Func<Region, int> stride, bool wide, bool precise)
{
    // Rows that are written out in the loop over a source: half as many jumps.
    private const int RowsPerTurn = 2;

    // Sums of a lane that are in registers at the same time. Each costs one register per lane, out of 32 or 16.
    private readonly int _mostColumns = wide ? 3 : 1;

    private readonly VectorAccess _vectors = new(wide);

    /// <summary>The parameter list of the kernel, as its declaration has it.</summary>
    public static string Parameters(KernelPlan plan, Func<Region, string> regionName) => string.Join(", ",
        plan.Regions.Select(r => KernelWriter.IsTokenInput(plan, r) ? "ref int tokens" : $"ref float {Parameter(r, regionName)}")
            .Append("ref float scratch").Append("nuint lanes"));

    // The lane at hand has the plain names, so that its element-wise work reads like that of a single stream.
    private static string Parameter(Region region, Func<Region, string> regionName) => regionName(region) + (region == Region.Weights ? "" : "OfLanes");

    private string GroupName(Region region) => regionName(region) + "OfGroup";

    public void Write()
    {
        if (!wide && plan.Sweeps.Any(s => s.Stores.Count > 0))
        {
            writer.Line("nuint width = (nuint)Lanes.Count;");
            writer.Line();
        }

        foreach (Sweep sweep in plan.Sweeps)
        {
            using (writer.Open())
            {
                if (sweep.Accumulators.Count == 0)
                {
                    WriteLanes(sweep, kernel => kernel.WriteSweep(sweep));
                    continue;
                }

                if (sweep.Reductions.Count > 0)
                {
                    WriteLanes(sweep, kernel => kernel.WriteReductions(sweep));
                }

                WriteTiles(sweep);
            }
        }
    }

    /// <summary>A loop over all lanes, one at a time.</summary>
    private void WriteLanes(Sweep sweep, Action<KernelWriter> body)
    {
        using (writer.Open("for (nuint stream = 0; stream < lanes; stream++)"))
        {
            WriteReferences(Reads(sweep), regionName, region => Parameter(region, regionName), "stream");
            body(new KernelWriter(writer, plan, regionName, wide, precise));
        }
    }

    private void WriteTiles(Sweep sweep)
    {
        // One vector at a time where there are few registers; the whole tile otherwise.
        int vectors = wide ? sweep.Shape.Tile / Lanes.Count : 1;
        var shape = new KernelShape(vectors, 1);
        Sweep pass = sweep with { Shape = sweep.Shape with { Wide = shape, Portable = shape } };
        KernelWriter.WriteWeights(writer, sweep);
        SourceWriter.Block? tiles = sweep.Tiles == 1
            ? null
            : writer.Open($"for (nuint unit = 0; unit < {Lanes.Pad(sweep.Size)}; unit += {sweep.Shape.Tile})");
        SourceWriter.Block? passes = wide ? null : writer.Open($"for (nuint lane = 0; lane < {sweep.UsedLanes}; lane += width)");
        using (writer.Open($"for (nuint group = 0; group < lanes; group += {Lanes.Group})"))
        {
            WriteGroup(pass, vectors);
        }

        passes?.Dispose();
        foreach (Segment segment in sweep.Segments.Where(_ => sweep.Tiles > 1))
        {
            string name = KernelWriter.WeightName(segment);
            writer.Line($"{name} = ref Unsafe.Add(ref {name}, {Literals.Integer(segment.TileStride)});");
        }

        tiles?.Dispose();
    }

    private void WriteGroup(Sweep sweep, int vectors)
    {
        Region[] sources = [.. sweep.Segments.SelectMany(s => s.Columns).Where(c => !c.IsToken).Select(c => c.Source.Region)];
        WriteReferences(sources.Concat(Reads(sweep)), GroupName, region => Parameter(region, regionName), "group");
        if (sweep.Segments.Any(s => s.Columns[0].IsToken))
        {
            writer.Line("ref int tokensOfGroup = ref Unsafe.Add(ref tokens, group);");
        }

        var names = new PassWriter(writer, plan, sweep, regionName, wide, precise);
        (int Accumulator, int Vector)[] sums = [.. from a in Enumerable.Range(0, sweep.Accumulators.Count) from v in Enumerable.Range(0, vectors) select (a, v)];
        int blocks = (sums.Length + _mostColumns - 1) / _mostColumns;
        for (int block = 0, first = 0; block < blocks; block++)
        {
            int count = (sums.Length - first) / (blocks - block);
            writer.Line();
            using (writer.Open())
            {
                WriteBlock(sweep, [.. sums.Skip(first).Take(count)], names);
            }

            first += count;
        }

        writer.Line();
        using (writer.Open($"for (nuint member = 0; member < {Lanes.Group}; member++)"))
        {
            WriteReferences(Reads(sweep), regionName, GroupName, "member");
            writer.Line($"ref float totals = ref Unsafe.Add(ref scratch, member * {Literals.Integer(sweep.Accumulators.Count * sweep.Shape.Tile)});");
            foreach ((int a, int v) in sums)
            {
                writer.Line($"var {names.Sum(a, v, 0)} = {_vectors.Load("totals", "", a * sweep.Shape.Tile, v)};");
            }

            names.WriteElements();
        }
    }

    /// <summary>Some of the sums of all lanes of a group, from their biases to scratch memory.</summary>
    private void WriteBlock(Sweep sweep, (int Accumulator, int Vector)[] sums, PassWriter names)
    {
        int[] accumulators = [.. sums.Select(s => s.Accumulator).Distinct()];
        Segment[] segments = [.. sweep.Segments.Where((s, k) => k == 0 || s.Columns.Any(c => accumulators.Contains(c.Accumulator)))];
        foreach (Segment segment in segments)
        {
            writer.Line($"ref float {KernelWriter.WalkName(segment)} = {VectorAccess.Reference(KernelWriter.WeightName(segment), wide ? "" : "lane")};");
        }

        Segment first = segments[0];
        foreach ((int a, int v) in sums)
        {
            string[] biases = [.. from b in Enumerable.Range(0, first.Biases.Count)
                                  where first.Biases[b].Accumulator == a
                                  select _vectors.Load(KernelWriter.WalkName(first), "", b * first.Tile, v)];
            writer.Line($"var {Name(a, v, 0)} = {(biases.Length == 0 ? "Lanes.Zero" : string.Join(" + ", biases))};");
            for (int member = 1; member < Lanes.Group; member++)
            {
                writer.Line($"var {Name(a, v, member)} = {Name(a, v, 0)};");
            }
        }

        Advance(first, first.Biases.Count * first.Tile);
        foreach (Segment segment in segments.Where(s => s.Columns.Any(c => accumulators.Contains(c.Accumulator))))
        {
            writer.Line();
            using (writer.Open())
            {
                if (segment.Columns[0].IsToken)
                {
                    WriteTokens(segment, sums, Name);
                }
                else
                {
                    WriteRows(segment, sums, Name);
                }
            }
        }

        writer.Line();
        for (int member = 0; member < Lanes.Group; member++)
        {
            foreach ((int a, int v) in sums)
            {
                writer.Line(_vectors.Store(Name(a, v, member), "scratch", "", ((member * sweep.Accumulators.Count) + a) * sweep.Shape.Tile, v));
            }
        }

        string Name(int a, int v, int member) => $"{names.Sum(a, v, 0)}_{member}";
    }

    private void WriteRows(Segment segment, (int Accumulator, int Vector)[] sums, Func<int, int, int, string> name)
    {
        int turn = Math.Min(RowsPerTurn, segment.Rows);
        int looped = segment.Rows / turn * turn;
        if (looped > turn)
        {
            using (writer.Open($"for (nuint row = 0; row < {Literals.Integer(looped)}; row += {turn})"))
            {
                WriteProducts(segment, sums, name, "row", 0, turn);
                Advance(segment, turn * segment.RowStride);
            }
        }
        else
        {
            looped = 0;
        }

        if (looped < segment.Rows)
        {
            using (writer.Open())
            {
                WriteProducts(segment, sums, name, "", looped, segment.Rows - looped);
            }
        }
    }

    private void WriteProducts(Segment segment, (int Accumulator, int Vector)[] sums, Func<int, int, int, string> name, string row, int firstRow, int count)
    {
        string walk = KernelWriter.WalkName(segment);
        for (int r = 0; r < count; r++)
        {
            foreach (IGrouping<Operand, (SegmentColumn Column, int Index)> source in segment.Columns.Select((c, index) => (Column: c, Index: index)).GroupBy(c => c.Column.Source))
            {
                var products = new List<(string Weight, int Accumulator, int Vector)>();
                foreach ((SegmentColumn column, int index) in source)
                {
                    foreach ((int a, int v) in sums.Where(s => s.Accumulator == column.Accumulator))
                    {
                        string weight = $"weight{r}{(char)('A' + index)}{(char)('a' + v)}";
                        writer.Line($"var {weight} = {_vectors.Load(walk, "", (r * segment.RowStride) + (index * segment.Tile), v)};");
                        products.Add((weight, a, v));
                    }
                }

                for (int member = 0; member < Lanes.Group && products.Count > 0; member++)
                {
                    string x = VectorAccess.Element(
                        GroupName(source.Key.Region), VectorAccess.Sum(row, source.Key.Offset + firstRow + r + (member * stride(source.Key.Region))));
                    string number = "number" + products[0].Weight.Substring("weight".Length) + member;
                    writer.Line($"var {number} = Simd.Create({x});");
                    foreach ((string weight, int a, int v) in products)
                    {
                        string sum = name(a, v, member);
                        writer.Line($"{sum} = VectorMath.MultiplyAdd({number}, {weight}, {sum});");
                    }
                }
            }
        }
    }

    private void WriteTokens(Segment segment, (int Accumulator, int Vector)[] sums, Func<int, int, int, string> name)
    {
        writer.Line("// A token stands for a one-hot vector, so that the product is one row.");
        for (int member = 0; member < Lanes.Group; member++)
        {
            string token = VectorAccess.Element("tokensOfGroup", member == 0 ? "" : Literals.Integer(member));
            writer.Line($"ref float row{member} = ref Unsafe.Add(ref {KernelWriter.WalkName(segment)}, (nuint){token} * {Literals.Integer(segment.RowStride)});");
            for (int c = 0; c < segment.Columns.Count; c++)
            {
                foreach ((int a, int v) in sums.Where(s => s.Accumulator == segment.Columns[c].Accumulator))
                {
                    writer.Line($"{name(a, v, member)} += {_vectors.Load("row" + member, "", c * segment.Tile, v)};");
                }
            }
        }
    }

    private void Advance(Segment segment, int floats)
    {
        if (floats > 0)
        {
            string walk = KernelWriter.WalkName(segment);
            writer.Line($"{walk} = ref Unsafe.Add(ref {walk}, {Literals.Integer(floats)});");
        }
    }

    private void WriteReferences(IEnumerable<Region> regions, Func<Region, string> name, Func<Region, string> from, string index)
    {
        foreach (Region region in regions.Distinct().Where(r => r != Region.Weights).OrderBy(r => r))
        {
            writer.Line($"ref float {name(region)} = ref Unsafe.Add(ref {from(region)}, {index} * {Literals.Integer(stride(region))});");
        }
    }

    /// <summary>What the element-wise work of a sweep, or its means, read and write.</summary>
    private IEnumerable<Region> Reads(Sweep sweep)
    {
        IEnumerable<Region> reductions = sweep.Reductions.SelectMany(r => new[] { r.Source.Region, r.Place.Region });
        return reductions.Concat(sweep.Stores.SelectMany(s => Of(s.Value).Append(s.Place.Region)));

        IEnumerable<Region> Of(Expression value)
        {
            bool isRead = value is Leaf || (plan.Places.ContainsKey(value) && !sweep.Stores.Any(s => s.Value == value));
            return isRead ? [plan.Places[value].Region] : value is Accumulator ? [] : value.Operands.SelectMany(Of);
        }
    }
}
