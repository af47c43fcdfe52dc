using RnnGen.Generator.Cells;
using RnnGen.Generator.Planning;

namespace RnnGen.Generator.Emission;

/// <summary>Prints one pass over a tile: start the sums from the biases, walk through the rows, finish with the element-wise work.</summary>
/// <param name="writer">The text.</param>
/// <param name="plan">The kernel.</param>
/// <param name="sweep">The sweep that the pass belongs to.</param>
/// <param name="regionName">Names of the kernel's parameters.</param>
/// <param name="wide">Whether it is the 512-bit kernel, whose one pass covers a tile.</param>
internal sealed class PassWriter(SourceWriter writer, KernelPlan plan, Sweep sweep, Func<Region, string> regionName, bool wide, bool precise)
{
    private readonly Dictionary<Expression, int> _uses = [];
    private readonly KernelShape _shape = wide ? sweep.Shape.Wide : sweep.Shape.Portable;
    private readonly VectorAccess _vectors = new(wide);
    private List<string> _lines = [];

    public void Write()
    {
        if (sweep.Accumulators.Count > 0)
        {
            WriteStart();
            foreach (Segment segment in sweep.Segments)
            {
                WriteRows(segment);
            }

            WriteMerge();
        }

        WriteElements();
    }

    // A wide pass walks through the whole tile, and its references end where the next tile starts.
    private string Position(Segment segment) => !wide ? KernelWriter.WalkName(segment) : KernelWriter.WeightName(segment);

    private void WriteStart()
    {
        if (!wide)
        {
            foreach (Segment segment in sweep.Segments)
            {
                writer.Line($"ref float {Position(segment)} = {VectorAccess.Reference(KernelWriter.WeightName(segment), "lane")};");
            }
        }

        for (int a = 0; a < sweep.Accumulators.Count; a++)
        {
            for (int v = 0; v < _shape.Vectors; v++)
            {
                for (int chain = 0; chain < Chains(a); chain++)
                {
                    writer.Line($"var {Sum(a, v, chain)} = {(chain == 0 ? Start(a, v) : "Lanes.Zero")};");
                }
            }
        }

        if (sweep.Ahead is null)
        {
            Advance(sweep.Segments[0], sweep.Segments[0].Biases.Count * sweep.Segments[0].Tile);
        }
    }

    /// <summary>What a sum begins with: its biases, or what was summed up ahead.</summary>
    private string Start(int accumulator, int v)
    {
        if (sweep.Ahead is int ahead)
        {
            return _vectors.Load(regionName(Region.Sums), _vectors.FirstUnit(sweep.Tiles), ahead + (accumulator * Lanes.Pad(sweep.Size)), v);
        }

        Segment first = sweep.Segments[0];
        string[] biases = [.. from b in Enumerable.Range(0, first.Biases.Count)
                              where first.Biases[b].Accumulator == accumulator
                              select _vectors.Load(Position(first), "", b * first.Tile, v)];
        return biases.Length == 0 ? "Lanes.Zero" : string.Join(" + ", biases);
    }

    private void WriteRows(Segment segment)
    {
        if (segment.Columns[0].IsToken)
        {
            WriteToken(segment);
            return;
        }

        int rows = segment.Rows;
        int step = plan.RowsPerTurn(segment, _shape);
        writer.Line();
        if (step == rows)
        {
            WriteProducts(segment, 0, rows, "");
            Advance(segment, rows * segment.RowStride);
            return;
        }

        int looped = rows / step * step;
        using (writer.Open($"for (nuint row = 0; row < {Literals.Integer(looped)}; {VectorAccess.Advance("row", step)})"))
        {
            WriteProducts(segment, 0, step, "row");
            Advance(segment, step * segment.RowStride);
        }

        if (looped < rows)
        {
            writer.Line();
            WriteProducts(segment, looped, rows - looped, "");
            Advance(segment, (rows - looped) * segment.RowStride);
        }
    }

    private void WriteProducts(Segment segment, int firstRow, int count, string row)
    {
        for (int r = 0; r < count; r++)
        {
            string suffix = count == 1 && row.Length > 0 ? "" : Literals.Integer(firstRow + r);
            foreach (Operand source in segment.Columns.Select(c => c.Source).Distinct())
            {
                string index = VectorAccess.Sum(row, source.Offset + firstRow + r);
                writer.Line($"var {SourceName(segment, source)}{suffix} = Simd.Create({VectorAccess.Element(regionName(source.Region), index)});");
            }

            for (int c = 0; c < segment.Columns.Count; c++)
            {
                SegmentColumn column = segment.Columns[c];
                for (int v = 0; v < _shape.Vectors; v++)
                {
                    string sum = Sum(column.Accumulator, v, (column.Chain * _shape.Chains) + ((firstRow + r) % _shape.Chains));
                    string weight = _vectors.Load(Position(segment), "", (r * segment.RowStride) + (c * segment.Tile), v);
                    writer.Line($"{sum} = VectorMath.MultiplyAdd({SourceName(segment, column.Source)}{suffix}, {weight}, {sum});");
                }
            }
        }
    }

    private void WriteToken(Segment segment)
    {
        writer.Line();
        writer.Line("// The token stands for a one-hot vector, so that the product is one row.");
        string name = Position(segment) + "OfToken";
        writer.Line($"ref float {name} = ref Unsafe.Add(ref {Position(segment)}, token * {Literals.Integer(segment.RowStride)});");
        for (int c = 0; c < segment.Columns.Count; c++)
        {
            for (int v = 0; v < _shape.Vectors; v++)
            {
                writer.Line($"{Sum(segment.Columns[c].Accumulator, v, 0)} += {_vectors.Load(name, "", c * segment.Tile, v)};");
            }
        }

        Advance(segment, segment.Rows * segment.RowStride);
    }

    private void WriteMerge()
    {
        writer.Line();
        for (int a = 0; a < sweep.Accumulators.Count; a++)
        {
            for (int v = 0; v < _shape.Vectors && Chains(a) > 1; v++)
            {
                // Pairwise, so that the additions do not wait for each other.
                string[] parts = [.. Enumerable.Range(0, Chains(a)).Select(chain => Sum(a, v, chain))];
                writer.Line(parts.Length == 2 ? $"{parts[0]} += {parts[1]};" : $"{parts[0]} = {Pairwise(parts, 0, parts.Length)};");
            }
        }
    }

    /// <summary>The element-wise work, with the sums in the variables that <see cref="Sum"/> names.</summary>
    public void WriteElements()
    {
        foreach (Store store in sweep.Stores)
        {
            Count(store.Value);
        }

        if (sweep.Accumulators.Count > 0)
        {
            writer.Line();
        }

        // All vectors take each line in turn: they do not wait for each other.
        List<string>[] lines = [.. Enumerable.Range(0, _shape.Vectors).Select(ElementLines)];
        for (int k = 0; k < lines[0].Count; k++)
        {
            for (int v = 0; v < _shape.Vectors; v++)
            {
                writer.Line(lines[v][k]);
            }
        }
    }

    private List<string> ElementLines(int v)
    {
        // In the order of the equations.
        var locals = new Dictionary<Expression, string>();
        _lines = [];
        foreach (Store store in sweep.Stores.OrderBy(s => s.Value.NameOrder))
        {
            string value = Value(store.Value, v, locals);
            _lines.Add(_vectors.Store(value, regionName(store.Place.Region), _vectors.FirstUnit(sweep.Tiles), store.Place.Offset, v));
        }

        return _lines;
    }

    private void Count(Expression expression)
    {
        _uses.TryGetValue(expression, out int uses);
        _uses[expression] = uses + 1;
        if (uses == 0 && !IsRead(expression))
        {
            foreach (Expression operand in expression is Accumulator ? [] : expression.Operands)
            {
                Count(operand);
            }
        }
    }

    /// <summary>Whether the value comes from memory: a leaf, or the result of an earlier sweep.</summary>
    private bool IsRead(Expression expression) => expression is Leaf
        || (plan.Places.ContainsKey(expression) && !sweep.Stores.Any(s => s.Value == expression));

    private string Value(Expression expression, int v, Dictionary<Expression, string> locals)
    {
        if (locals.TryGetValue(expression, out string? known))
        {
            return known;
        }

        if (expression is Constant constant)
        {
            return constant.Value switch
            {
                0 => "Lanes.Zero",
                1 => "Lanes.One",
                _ => $"Simd.Create({Literals.Float(constant.Value)})",
            };
        }

        if (!IsRead(expression) && expression is Accumulator)
        {
            return Sum(Array.IndexOf([.. sweep.Accumulators], expression), v, 0);
        }

        if (!IsRead(expression) && expression is Binary { Left: var left, Right: var right } && Latency(right) > Latency(left))
        {
            // What takes longest is begun first.
            Value(right, v, locals);
        }

        string text = IsRead(expression)
            ? Read(expression, v)
            : expression switch
            {
                Apply apply => $"{(precise && apply.Function.HasPreciseForm ? "PreciseMath" : "VectorMath")}.{apply.Function.VectorMethod}({string.Join(", ", apply.Function.Arguments.Select(Literals.Float).Prepend(Value(apply.Operand, v, locals)))})",
                Binary { Operator: BinaryOperator.Subtract, Left: Cells.Constant { Value: 0 } } negation => $"-{Factor(negation.Right)}",
                Binary { Operator: BinaryOperator.Add } sum => $"{Value(sum.Left, v, locals)} + {Value(sum.Right, v, locals)}",
                Binary { Operator: BinaryOperator.Subtract } difference => $"{Value(difference.Left, v, locals)} - {Factor(difference.Right)}",
                Binary product => $"{Factor(product.Left)} * {Factor(product.Right)}",
                Broadcast broadcast => Value(broadcast.Operand, v, locals),
                _ => throw new NotSupportedException($"{expression.GetType().Name} has no kernel."),
            };

        if (expression.Name is null && _uses[expression] == 1 && expression is not Leaf)
        {
            return text;
        }

        string name = LocalName(expression, v, locals);
        _lines.Add($"var {name} = {text};");
        locals.Add(expression, name);
        return name;

        string Factor(Expression operand)
        {
            string value = Value(operand, v, locals);
            return IsSimple(value) ? value : $"({value})";
        }
    }

    /// <summary>How many functions wait for each other until the value is there.</summary>
    private int Latency(Expression expression) => IsRead(expression) || expression is Accumulator
        ? 0
        : expression.Operands.Select(Latency).DefaultIfEmpty(0).Max() + (expression is Apply ? 1 : 0);

    /// <summary>A vector of units, or one number for all of them.</summary>
    private string Read(Expression expression, int v)
    {
        (Region region, int offset) = (plan.Places[expression].Region, plan.Places[expression].Offset);
        string start = _vectors.FirstUnit(sweep.Tiles);
        return expression.Size == 1 && sweep.Size > 1
            ? _vectors.Broadcast(regionName(region), offset, start, v, sweep.Size)
            : _vectors.Load(regionName(region), start, offset, v);
    }

    /// <summary>The value's name, unless a sum, a parameter or another local has it.</summary>
    private string LocalName(Expression expression, int v, Dictionary<Expression, string> locals)
    {
        string name = Names.Local(expression switch
        {
            Leaf leaf => leaf.Symbol,
            ParameterVector vector => vector.Symbol,
            _ => expression.Name ?? "part" + locals.Count,
        });
        string suffix = _shape.Vectors > 1 ? Literals.Integer(v) : "";
        bool isTaken = plan.Regions.Any(r => regionName(r) == name + suffix)
            || locals.ContainsValue(name + suffix)
            || sweep.Accumulators.Any(a => Names.Local(a.Name ?? "") == name);
        return name + (isTaken ? "Value" : "") + suffix;
    }

    // Names, calls and member accesses need no parentheses; anything with an operator does.
    private static bool IsSimple(string value)
    {
        int depth = 0;
        foreach (char c in value)
        {
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (c == ' ' && depth == 0)
            {
                return false;
            }
        }

        return value[0] != '-';
    }

    private void Advance(Segment segment, int floats)
    {
        if (floats > 0)
        {
            writer.Line($"{Position(segment)} = ref Unsafe.Add(ref {Position(segment)}, {Literals.Integer(floats)});");
        }
    }

    private int Chains(int accumulator)
    {
        int fromColumns = sweep.Segments.SelectMany(s => s.Columns).Where(c => c.Accumulator == accumulator).Select(c => c.Chain + 1).DefaultIfEmpty(1).Max();
        int rows = sweep.Segments.Where(s => !s.Columns[0].IsToken).Select(s => s.Rows).DefaultIfEmpty(1).Max();
        return rows < _shape.Chains ? Math.Max(fromColumns, ((fromColumns - 1) * _shape.Chains) + rows) : fromColumns * _shape.Chains;
    }

    /// <summary>The variable of a sum, or of a part of it.</summary>
    public string Sum(int accumulator, int v, int chain)
    {
        string name = Names.Local(sweep.Accumulators[accumulator].Name ?? "sum" + accumulator);
        string vector = _shape.Vectors > 1 ? Literals.Integer(v) : "";
        return name + vector + (chain == 0 ? "" : ((char)('A' + chain)).ToString());
    }

    private static string Pairwise(string[] parts, int start, int count)
    {
        if (count == 1)
        {
            return parts[start];
        }

        int half = (count + 1) / 2;
        string left = Pairwise(parts, start, half);
        string right = Pairwise(parts, start + half, count - half);
        return $"{(half > 1 ? $"({left})" : left)} + {(count - half > 1 ? $"({right})" : right)}";
    }

    private string SourceName(Segment segment, Operand source)
    {
        Expression value = segment.Columns.First(c => c.Source == source).Projection.Source;
        return Names.Source(value) + "Row";
    }
}
