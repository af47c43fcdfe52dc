using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;
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
    private readonly int _mostColumns = wide ? Thresholds.GroupSums : Thresholds.PortableGroupSums;

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
            SourceWriter.Block? apart = plan.Sweeps.Count > 1 ? writer.Open() : null;
            WriteSweep(sweep);
            apart?.Dispose();
        }
    }

    private void WriteSweep(Sweep sweep)
    {
        if (sweep.Accumulators.Count == 0)
        {
            WriteLanes(sweep, kernel => kernel.WriteSweep(sweep));
            return;
        }

        if (sweep.Reductions.Count > 0)
        {
            WriteLanes(sweep, kernel => kernel.WriteReductions(sweep));
        }

        WriteTiles(sweep);
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
        foreach (int[] alike in Alike(sweep))
        {
            writer.Line();
            int atOnce = Enumerable.Range(1, alike.Length).Last(count => count == 1 || (alike.Length % count == 0 && count * vectors <= _mostColumns));
            if (atOnce < alike.Length)
            {
                WriteLoop(sweep, [.. alike.Take(atOnce)], alike.Length, vectors);
            }
            else
            {
                WriteBlocks(sweep, alike, vectors, names);
            }
        }

        writer.Line();
        using (writer.Open($"for (nuint member = 0; member < {Lanes.Group}; member++)"))
        {
            WriteReferences(Reads(sweep), regionName, GroupName, "member");
            writer.Line($"ref float totals = ref Unsafe.Add(ref scratch, member * {Literals.Integer(sweep.Accumulators.Count * sweep.Shape.Tile)});");
            foreach ((int a, int v) in Sums([.. Enumerable.Range(0, sweep.Accumulators.Count)], vectors))
            {
                writer.Line($"var {names.Sum(a, v, 0)} = {_vectors.Load("totals", "", a * sweep.Shape.Tile, v)};");
            }

            names.WriteElements();
        }
    }

    private static (int Accumulator, int Vector)[] Sums(int[] accumulators, int vectors) =>
        [.. from a in accumulators from v in Enumerable.Range(0, vectors) select (a, v)];

    /// <summary>
    /// The accumulators in runs that differ in nothing but their places: as many biases, and a column in the same segments, one behind the other.
    /// </summary>
    private static List<int[]> Alike(Sweep sweep)
    {
        var runs = new List<int[]>();
        for (int a = 0; a < sweep.Accumulators.Count; a++)
        {
            int last = runs.Count - 1;
            if (last >= 0 && Follows(runs[last][0], a, runs[last].Length))
            {
                runs[last] = [.. runs[last], a];
            }
            else
            {
                runs.Add([a]);
            }
        }

        return runs;

        bool Follows(int first, int a, int distance) => sweep.Segments.All(segment =>
            Follow(Places(segment.Columns, c => c.Accumulator, first), Places(segment.Columns, c => c.Accumulator, a), distance, most: 1)
            && Follow(Places(segment.Biases, b => b.Accumulator, first), Places(segment.Biases, b => b.Accumulator, a), distance, most: int.MaxValue));

        static bool Follow(int[] first, int[] other, int distance, int most) =>
            first.Length <= most && other.SequenceEqual(first.Select(place => place + (distance * first.Length)));

        static int[] Places<T>(IReadOnlyList<T> items, Func<T, int> accumulator, int a) =>
            [.. Enumerable.Range(0, items.Count).Where(k => accumulator(items[k]) == a)];
    }

    /// <summary>Sums that are alike take turns in one text.</summary>
    private void WriteLoop(Sweep sweep, int[] accumulators, int count, int vectors)
    {
        using (writer.Open($"for (nuint column = 0; column < {Literals.Integer(count * sweep.Shape.Tile)}; column += {Literals.Integer(accumulators.Length * sweep.Shape.Tile)})"))
        {
            WriteBlock(sweep, Sums(accumulators, vectors), "column", (a, v, member) =>
                "sum" + (accumulators.Length > 1 ? Letter('A', a - accumulators[0]) : "") + (vectors > 1 ? Literals.Integer(v) : "") + "_" + member);
        }
    }

    /// <summary>Sums of their own kind, as many at a time as there are registers.</summary>
    private void WriteBlocks(Sweep sweep, int[] accumulators, int vectors, PassWriter names)
    {
        (int Accumulator, int Vector)[] sums = Sums(accumulators, vectors);
        int blocks = (sums.Length + _mostColumns - 1) / _mostColumns;
        for (int block = 0, first = 0; block < blocks; block++)
        {
            int count = (sums.Length - first) / (blocks - block);
            using (writer.Open())
            {
                WriteBlock(sweep, [.. sums.Skip(first).Take(count)], "", (a, v, member) => $"{names.Sum(a, v, 0)}_{member}");
            }

            first += count;
        }
    }

    /// <summary>Some of the sums of all lanes of a group, from their biases to scratch memory.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="sums">The sums; of those that take turns, the first ones.</param>
    /// <param name="column">How far behind these the sums at hand are, if they take turns.</param>
    /// <param name="name">The variable of a sum of a member of the group.</param>
    private void WriteBlock(Sweep sweep, (int Accumulator, int Vector)[] sums, string column, Func<int, int, int, string> name)
    {
        int[] accumulators = [.. sums.Select(s => s.Accumulator).Distinct()];
        string lane = wide ? "" : "lane";
        Segment first = sweep.Segments[0];
        foreach ((int a, int v) in sums)
        {
            int[] biases = [.. Enumerable.Range(0, first.Biases.Count).Where(b => first.Biases[b].Accumulator == a)];
            string start = VectorAccess.Sum(lane, column.Length == 0 || biases.Length < 2 ? column : $"({biases.Length} * {column})");
            IEnumerable<string> loads = biases.Select(b => _vectors.Load(KernelWriter.WeightName(first), start, b * first.Tile, v));
            writer.Line($"var {name(a, v, 0)} = {(biases.Length == 0 ? "Lanes.Zero" : string.Join(" + ", loads))};");
            for (int member = 1; member < Lanes.Group; member++)
            {
                writer.Line($"var {name(a, v, member)} = {name(a, v, 0)};");
            }
        }

        foreach (Segment segment in sweep.Segments.Where(s => s.Columns.Any(c => accumulators.Contains(c.Accumulator))))
        {
            writer.Line();
            string start = VectorAccess.Sum(VectorAccess.Sum(lane, column), segment.Biases.Count * segment.Tile);
            writer.Line($"ref float {KernelWriter.WalkName(segment)} = {VectorAccess.Reference(KernelWriter.WeightName(segment), start)};");
            if (segment.Columns[0].IsToken)
            {
                WriteTokens(segment, sums, name);
            }
            else
            {
                WriteRows(segment, sums, name);
            }
        }

        writer.Line();
        for (int member = 0; member < Lanes.Group; member++)
        {
            foreach ((int a, int v) in sums)
            {
                writer.Line(_vectors.Store(name(a, v, member), "scratch", column, ((member * sweep.Accumulators.Count) + a) * sweep.Shape.Tile, v));
            }
        }
    }

    private static string Letter(char first, int index) => ((char)(first + index)).ToString();

    private void WriteRows(Segment segment, (int Accumulator, int Vector)[] sums, Func<int, int, int, string> name)
    {
        int products = Lanes.Group * segment.Columns.Sum(c => sums.Count(s => s.Accumulator == c.Accumulator));
        int turn = plan.Unroll == UnrollKind.None ? 1 : Math.Min(Math.Max(1, Thresholds.GroupProductsPerTurn / products), segment.Rows);
        int looped = segment.Rows / turn * turn;
        if (looped > turn)
        {
            using (writer.Open($"for (nuint row = 0; row < {Literals.Integer(looped)}; {VectorAccess.Advance("row", turn)})"))
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
                        string weight = $"weight{r}{(segment.Columns.Count > 1 ? Letter('A', index) : "")}{(sums.Any(s => s.Vector > 0) ? Letter('a', v) : "")}";
                        writer.Line($"var {weight} = {_vectors.Load(walk, "", (r * segment.RowStride) + (index * segment.Tile), v)};");
                        products.Add((weight, a, v));
                    }
                }

                for (int member = 0; member < Lanes.Group && products.Count > 0; member++)
                {
                    string x = VectorAccess.Element(
                        GroupName(source.Key.Region), VectorAccess.Sum(row, source.Key.Offset + firstRow + r + (member * stride(source.Key.Region))));
                    string number = $"Simd.Create({x})";
                    if (products.Count > 1)
                    {
                        string local = $"number{products[0].Weight.Substring("weight".Length)}_{member}";
                        writer.Line($"var {local} = {number};");
                        number = local;
                    }

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
