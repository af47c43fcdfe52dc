using RnnGen.Generator.Cells;
using RnnGen.Generator.Differentiation;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>
/// Prints the gradients of the weights: after the way back through time, one matrix product over the window per segment, with a tile
/// of rows and vectors in registers.
/// </summary>
internal sealed class GradientWriter(SourceWriter writer, LayerPlan layer, bool wide)
{
    private readonly VectorAccess _vectors = new(wide);

    private int MostRows => wide ? Thresholds.GradientRows : Thresholds.PortableGradientRows;

    private int MostVectors => wide ? Thresholds.GradientVectors : Thresholds.PortableGradientVectors;

    /// <summary>One method per segment, then one for the biases.</summary>
    public static IEnumerable<GradientMethod> Methods(LayerPlan layer)
    {
        bool several = layer.Record.Sweeps.Count(s => s.Segments.Count > 0) > 1;
        foreach (Sweep sweep in layer.Record.Sweeps)
        {
            string phase = several ? "InPhase" + sweep.Phase : "";
            foreach (Segment segment in sweep.Segments)
            {
                string source = string.Join("", segment.Columns.Select(c => Names.Source(c.Projection.Source)).Distinct());
                string name = "AddProductsWith" + char.ToUpperInvariant(source[0]) + source.Substring(1) + phase;
                yield return new GradientMethod(name, sweep, segment, IsBias: false);
            }

            if (sweep.Segments.Count > 0 && sweep.Segments[0].Biases.Count > 0)
            {
                yield return new GradientMethod("AddToBiases" + phase, sweep, sweep.Segments[0], IsBias: true);
            }
        }

        foreach (Sweep vector in layer.Record.Vectors.Where(v => v.Segments[0].Biases[0].Vector.Tensor.Role != TensorRole.Constant))
        {
            yield return new GradientMethod("AddTo_" + Names.Local(vector.Segments[0].Biases[0].Vector.Symbol), vector, vector.Segments[0], IsBias: true);
        }
    }

    /// <summary>The memory that a method reads, besides the gradients.</summary>
    public static IReadOnlyList<Region> Reads(LayerPlan layer, GradientMethod method)
    {
        IEnumerable<Region> sums = method.IsBias
            ? method.Segment.Biases.Select(b => GradientPlace(layer, b.Vector).Region)
            : method.Segment.Columns.Select(c => SumPlace(layer, method.Sweep.Accumulators[c.Accumulator]).Region);
        IEnumerable<Region> sources = method.IsBias ? [] : method.Segment.Columns.Where(c => !c.IsToken).Select(c => TapeRegion(c.Source.Region));
        return [.. sums.Concat(sources).Distinct().OrderBy(r => r)];
    }

    /// <summary>The layer that has a method for this one.</summary>
    public static LayerPlan Home(LayerPlan layer, GradientMethod method) =>
        layer.Home([.. Reads(layer, method).Where(r => r != Region.TapeInput)], (twin, region) => twin.BackwardStride(region));

    /// <summary>A call of a method, with the references that it reads.</summary>
    public static void WriteCall(SourceWriter writer, LayerPlan layer, GradientMethod method, IEnumerable<string> reads) => LayerFile.WriteCall(
        writer, Home(layer, method), method.Name,
        string.Join(", ", reads.Prepend("ref gradients").Concat(IsToldDistance(layer, method) ? [Literals.Integer(layer.Source.OutputStride)] : (string[])[]).Append("count")),
        method.Sweep.IsNarrow);

    /// <summary>Layers that share a method may have inputs whose rows are differently far apart.</summary>
    private static bool IsToldDistance(LayerPlan layer, GradientMethod method) => layer.IsShared && Reads(layer, method).Contains(Region.TapeInput);

    public static bool ReadsTokens(GradientMethod method) => !method.IsBias && method.Segment.Columns.Any(c => c.IsToken);

    public static string Parameters(LayerPlan layer, GradientMethod method) => string.Join(", ",
        Reads(layer, method).Select(r => $"ref float {Names.Backward(r)}")
            .Prepend("ref float gradients")
            .Concat(ReadsTokens(method) ? ["ref int tokens"] : (string[])[])
            .Concat(IsToldDistance(layer, method) ? ["nint xDistance"] : (string[])[])
            .Append("int steps"));

    public void Write(GradientMethod method)
    {
        if (!wide)
        {
            writer.Line("nuint width = (nuint)Lanes.Count;");
        }

        if (method.Segment.Offset > 0)
        {
            writer.Line($"gradients = ref Unsafe.Add(ref gradients, {Literals.Integer(method.Segment.Offset)});");
        }

        if (ReadsTokens(method))
        {
            WriteTokens(method);
            return;
        }

        InTiles(method, start =>
        {
            if (method.IsBias)
            {
                WriteBiases(method, start);
            }
            else
            {
                WriteProducts(method, start);
            }
        });
    }

    private int Vectors(GradientMethod method) => wide ? method.Segment.Tile / Lanes.Count : method.Sweep.IsNarrow ? 1 : 2;

    /// <summary>Loops over the tiles, and over the passes of a tile; hands on the first unit of a pass.</summary>
    private void InTiles(GradientMethod method, Action<string> body)
    {
        Segment segment = method.Segment;
        SourceWriter.Block? tiles = method.Sweep.Tiles == 1
            ? null
            : writer.Open($"for (nuint unit = 0; unit < {Lanes.Pad(method.Sweep.Size)}; unit += {segment.Tile})");
        SourceWriter.Block? passes = wide
            ? null
            : writer.Open($"for (nuint lane = 0; lane < {method.Sweep.UsedLanes}; lane += {_vectors.Step(Vectors(method))})");
        body(_vectors.FirstUnit(method.Sweep.Tiles));
        passes?.Dispose();
        if (tiles is not null)
        {
            writer.Line($"gradients = ref Unsafe.Add(ref gradients, {Literals.Integer(segment.TileStride)});");
            tiles.Value.Dispose();
        }
    }

    private void WriteProducts(GradientMethod method, string start)
    {
        Segment segment = method.Segment;
        int vectors = Math.Min(Vectors(method), MostVectors);
        int columns = Math.Max(1, MostVectors / vectors);

        // A group shares its source, so that one broadcast serves all its vectors.
        foreach (IGrouping<Operand, (SegmentColumn Column, int Index)> source in segment.Columns.Select((c, index) => (Column: c, Index: index)).GroupBy(c => c.Column.Source))
        {
            (SegmentColumn Column, int Index)[] all = [.. source];
            for (int first = 0; first < all.Length; first += columns)
            {
                WriteGroup(method, start, [.. all.Skip(first).Take(columns)], vectors);
            }
        }
    }

    private void WriteGroup(GradientMethod method, string start, (SegmentColumn Column, int Index)[] group, int vectors)
    {
        int rows = method.Segment.Rows;
        int block = Block(rows);
        writer.Line();
        writer.Line("// " + string.Join(", ", group.Select(g => g.Column.Projection.Matrix.Symbol)));
        int looped = rows / block * block;
        if (looped == block)
        {
            using (writer.Open())
            {
                WriteBlock(method, start, group, vectors, "", 0, block);
            }
        }
        else
        {
            using (writer.Open($"for (nuint row = 0; row < {Literals.Integer(looped)}; row += {block})"))
            {
                WriteBlock(method, start, group, vectors, "row", 0, block);
            }
        }

        if (looped < rows)
        {
            writer.Line();
            using (writer.Open())
            {
                WriteBlock(method, start, group, vectors, "", looped, rows - looped);
            }
        }
    }

    /// <summary>Rows per block: as many as there are registers for, or a few less if that leaves no rest.</summary>
    private int Block(int rows)
    {
        int even = Enumerable.Range(Thresholds.EvenGradientRows, MostRows - Thresholds.EvenGradientRows + 1).LastOrDefault(count => rows % count == 0);
        return even > 0 ? even : Math.Min(MostRows, rows);
    }

    /// <summary>Sums a block of rows over all steps in registers, then adds it to the gradients.</summary>
    private void WriteBlock(GradientMethod method, string start, (SegmentColumn Column, int Index)[] group, int vectors, string row, int firstRow, int count)
    {
        Segment segment = method.Segment;
        Operand source = group[0].Column.Source;
        Region sourceRegion = TapeRegion(source.Region);
        Region[] sumRegions = [.. group.Select(g => Place(g).Region).Distinct()];

        writer.Line($"ref float source = {VectorAccess.Reference(Names.Backward(sourceRegion), VectorAccess.Sum(row, source.Offset + firstRow))};");
        foreach (Region region in sumRegions)
        {
            writer.Line($"ref float {Walk(region)} = {VectorAccess.Reference(Names.Backward(region), start)};");
        }

        for (int r = 0; r < count; r++)
        {
            writer.Line(string.Join(" ", Vectors().Select(c => $"var {c.Name}{r} = Lanes.Zero;")));
        }

        using (writer.Open("for (int step = 0; step < steps; step++)"))
        {
            foreach ((string name, Region region, int offset, int _, int v) in Vectors())
            {
                writer.Line($"var {name} = {_vectors.Load(Walk(region), "", offset, v)};");
            }

            for (int r = 0; r < count; r++)
            {
                writer.Line($"var row{r} = Simd.Create({VectorAccess.Element("source", Literals.Integer(r))});");
                foreach ((string name, Region _, int _, int _, int _) in Vectors())
                {
                    writer.Line($"{name}{r} = VectorMath.MultiplyAdd(row{r}, {name}, {name}{r});");
                }
            }

            writer.Line($"source = ref Unsafe.Add(ref source, {(sourceRegion == Region.TapeInput && layer.IsShared ? "xDistance" : Literals.Integer(layer.BackwardStride(sourceRegion)))});");
            foreach (Region region in sumRegions)
            {
                writer.Line($"{Walk(region)} = ref Unsafe.Add(ref {Walk(region)}, {Literals.Integer(layer.BackwardStride(region))});");
            }
        }

        // The start of the pass within the tile; the tile itself is where the reference points.
        string lane = wide ? "" : "lane";
        string target = row.Length == 0 ? lane : VectorAccess.Sum($"{row} * {Literals.Integer(segment.RowStride)}", lane);
        writer.Line($"ref float target = {VectorAccess.Reference("gradients", target)};");
        for (int r = 0; r < count; r++)
        {
            foreach ((string name, Region _, int _, int index, int v) in Vectors())
            {
                int offset = (segment.Biases.Count * segment.Tile) + ((firstRow + r) * segment.RowStride) + (index * segment.Tile);
                writer.Line(_vectors.Store($"{_vectors.Load("target", "", offset, v)} + {name}{r}", "target", "", offset, v));
            }
        }

        IEnumerable<(string Name, Region Region, int Offset, int Index, int Vector)> Vectors() =>
            from g in @group
            from v in Enumerable.Range(0, vectors)
            let place = Place(g)
            select (Gradient(g) + (vectors > 1 ? "V" + v : ""), place.Region, place.Offset, g.Index, v);

        Operand Place((SegmentColumn Column, int Index) g) => SumPlace(layer, method.Sweep.Accumulators[g.Column.Accumulator]);

        string Gradient((SegmentColumn Column, int Index) g) => GradientName(method.Sweep.Accumulators[g.Column.Accumulator]);
    }

    private void WriteBiases(GradientMethod method, string start)
    {
        Segment segment = method.Segment;
        int vectors = Vectors(method);
        foreach (IGrouping<int, (SegmentBias Bias, int Index)> biases in segment.Biases.Select((b, index) => (Bias: b, Index: index)).GroupBy(b => b.Bias.Accumulator))
        {
            Operand place = GradientPlace(layer, biases.First().Bias.Vector);
            writer.Line();
            writer.Line("// " + string.Join(", ", biases.Select(b => b.Bias.Vector.Symbol)));
            using (writer.Open())
            {
                writer.Line($"ref float {Walk(place.Region)} = {VectorAccess.Reference(Names.Backward(place.Region), start)};");
                string[] totals = [.. Enumerable.Range(0, vectors).Select(v => "total" + (vectors > 1 ? Literals.Integer(v) : ""))];
                foreach (string total in totals)
                {
                    writer.Line($"var {total} = Lanes.Zero;");
                }

                using (writer.Open("for (int step = 0; step < steps; step++)"))
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        writer.Line($"{totals[v]} += {_vectors.Load(Walk(place.Region), "", place.Offset, v)};");
                    }

                    writer.Line($"{Walk(place.Region)} = ref Unsafe.Add(ref {Walk(place.Region)}, {Literals.Integer(layer.BackwardStride(place.Region))});");
                }

                writer.Line($"ref float target = {VectorAccess.Reference("gradients", wide ? "" : "lane")};");
                foreach ((SegmentBias _, int index) in biases)
                {
                    for (int v = 0; v < vectors; v++)
                    {
                        writer.Line(_vectors.Store($"{_vectors.Load("target", "", index * segment.Tile, v)} + {totals[v]}", "target", "", index * segment.Tile, v));
                    }
                }
            }
        }
    }

    private void WriteTokens(GradientMethod method)
    {
        Segment segment = method.Segment;
        using (writer.Open("for (int step = 0; step < steps; step++)"))
        {
            writer.Line($"nuint start = (nuint)Unsafe.Add(ref tokens, step) * {Literals.Integer(segment.RowStride)};");
            using (writer.Open($"for (nuint unit = 0; unit < {Lanes.Pad(method.Sweep.Size)}; unit += {segment.Tile})"))
            {
                writer.Line("ref float target = ref Unsafe.Add(ref gradients, start);");
                using (writer.Open($"for (nuint lane = 0; lane < {method.Sweep.UsedLanes}; lane += {_vectors.Step(1)})"))
                {
                    for (int c = 0; c < segment.Columns.Count; c++)
                    {
                        Operand place = SumPlace(layer, method.Sweep.Accumulators[segment.Columns[c].Accumulator]);
                        int offset = (segment.Biases.Count + c) * segment.Tile;
                        string sum = _vectors.Load("target", "lane", offset, 0) + " + " + _vectors.Load(Names.Backward(place.Region), "unit + lane", place.Offset, 0);
                        writer.Line(_vectors.Store(sum, "target", "lane", offset, 0));
                    }
                }

                writer.Line($"start += {Literals.Integer(segment.TileStride)};");
            }

            foreach (Region region in Reads(layer, method))
            {
                writer.Line($"{Names.Backward(region)} = ref Unsafe.Add(ref {Names.Backward(region)}, {Literals.Integer(layer.BackwardStride(region))});");
            }
        }
    }

    /// <summary>Where the backward step finds what a forward kernel reads or writes.</summary>
    private static Region TapeRegion(Region forward) => forward switch
    {
        Region.Input => Region.TapeInput,
        Region.State => Region.StateBefore,
        Region.Next => Region.StateAfter,
        _ => Region.Saved,
    };

    private static Operand SumPlace(LayerPlan layer, Accumulator accumulator)
    {
        Expression gradient = layer.Adjoint.Sums.Single(s => s.Accumulator == accumulator).Gradient;
        return GradientPlace(layer, gradient);
    }

    private static Operand GradientPlace(LayerPlan layer, ParameterVector vector) =>
        GradientPlace(layer, layer.Adjoint.Vectors.Single(v => v.Vector == vector).Gradient);

    private static Operand GradientPlace(LayerPlan layer, Expression gradient) =>
        gradient is Leaf ? new Operand(Region.Input, 0) : layer.Backward.Places[gradient];

    private string GradientName(Accumulator accumulator)
    {
        Expression gradient = layer.Adjoint.Sums.Single(s => s.Accumulator == accumulator).Gradient;
        return gradient is Leaf leaf ? leaf.Symbol + "Of" : Names.Local(gradient.Name ?? "d" + layer.Adjoint.Sums.ToList().FindIndex(s => s.Accumulator == accumulator));
    }

    private static string Walk(Region region) => Names.Backward(region) + "OfStep";
}

/// <param name="Name">Name of the method.</param>
/// <param name="Sweep">The forward sweep whose weights it is about.</param>
/// <param name="Segment">The segment of weights.</param>
/// <param name="IsBias">Whether it is about the segment's biases instead of its matrices.</param>
internal sealed record GradientMethod(string Name, Sweep Sweep, Segment Segment, bool IsBias);
