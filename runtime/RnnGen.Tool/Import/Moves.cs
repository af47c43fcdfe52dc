namespace RnnGen.Tool.Import;

/// <summary>Operators that only move elements. Numbers and signals move in the same way.</summary>
internal static class Moves
{
    public static Value[] Identity(NodeCall call) => [call.Input(0)];

    public static Value[] Cast(NodeCall call)
    {
        long type = call.Node.Int("to", 0);
        return type switch
        {
            // F32, F64
            1 or 11 => [To(isInteger: false, x => x)],

            // F16
            10 when call.Input(0) is ConstantValue => [To(isInteger: false, x => (double)(Half)x)],

            // U8, I8, U16, I16, I32, I64, BOOL, U32, U64
            (>= 2 and <= 7) or 9 or 12 or 13 => [To(isInteger: true, type == 9 ? x => x == 0 ? 0 : 1 : Math.Truncate)],
            _ => throw call.Refuse($"expected a conversion to float, double or whole numbers, found one to type {type}."),
        };

        Value To(bool isInteger, Converter<double, double> convert)
        {
            switch (call.Input(0))
            {
                case ConstantValue value:
                    ConstantValue converted = Constants.Map(call, value, convert);
                    return new ConstantValue(converted.Shape, converted.Numbers, isInteger);
                case SignalValue value when isInteger && value.Elements.Any(element => element.Signal is not InputSignal { IsInteger: true }):
                    throw call.Refuse($"expected numbers to stay what they are, found that they become whole ones.");
                default:
                    return call.Input(0);
            }
        }
    }

    public static Value[] Transpose(NodeCall call)
    {
        Value value = call.Input(0);
        int rank = value.Shape.Length;
        int[] order = call.Node.Ints("perm") is { } axes ? [.. axes.Select(axis => call.Axis(axis, rank))] : [.. Enumerable.Range(0, rank).Reverse()];
        return order.Length == rank && order.Distinct().Count() == rank
            ? [call.Transpose(value, order)]
            : throw call.Refuse($"expected every one of {rank} axes once, found {Shapes.Show(order)}.");
    }

    public static Value[] Reshape(NodeCall call)
    {
        Value value = call.Input(0);
        long[] sizes = call.Node.Ints("shape") is { } attribute ? [.. attribute] : NodeCall.Longs(call.Constant(1));
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            if (sizes[axis] == 0 && call.Node.Int("allowzero", 0) == 0 && axis < value.Shape.Length)
            {
                sizes[axis] = value.Shape[axis];
            }
        }

        if (sizes.Length <= 64 && sizes.Count(size => size == -1) == 1)
        {
            double known = sizes.Where(size => size != -1).Aggregate(1.0, (product, size) => product * size);
            sizes[Array.IndexOf(sizes, -1)] = known > 0 && known <= value.Count ? value.Count / (long)known : 0;
        }

        bool fits = sizes.Length <= 64 && sizes.All(size => size is >= 0 and <= int.MaxValue);
        int[] shape = fits ? Array.ConvertAll(sizes, size => (int)size) : [];
        if (value.Count == 0)
        {
            call.Take(shape);
        }

        return fits && Shapes.LongCount(shape) == value.Count
            ? [value.Reshape(shape)]
            : throw call.Refuse($"expected a shape of {value.Count} elements, found [{string.Join(", ", sizes.Take(64))}].");
    }

    public static Value[] Flatten(NodeCall call)
    {
        Value value = call.Input(0);
        int axis = call.Node.Int("axis", 1) is var at && at == value.Shape.Length ? value.Shape.Length : call.Axis(at, value.Shape.Length);
        return [value.Reshape([Shapes.Count(value.Shape[..axis]), Shapes.Count(value.Shape[axis..])])];
    }

    public static Value[] Squeeze(NodeCall call)
    {
        Value value = call.Input(0);
        int rank = value.Shape.Length;
        int[] axes = call.Longs("axes", 1) is { } given
            ? Array.ConvertAll(given, axis => call.Axis(axis, rank))
            : [.. Enumerable.Range(0, rank).Where(axis => value.Shape[axis] == 1)];
        return axes.All(axis => value.Shape[axis] == 1)
            ? [value.Reshape([.. value.Shape.Where((_, axis) => !axes.Contains(axis))])]
            : throw call.Refuse($"expected axes of size 1, found {Shapes.Show(axes)} of {Shapes.Show(value.Shape)}.");
    }

    public static Value[] Unsqueeze(NodeCall call)
    {
        Value value = call.Input(0);
        long[] given = call.Longs("axes", 1) ?? throw call.Refuse($"expected axes, found none.");
        int rank = Math.Min(64, value.Shape.Length + given.Length);
        int[] axes = [.. given.Select(axis => call.Axis(axis, rank)).Distinct()];
        if (axes.Length != given.Length || value.Shape.Length + given.Length > 64)
        {
            throw call.Refuse($"expected every axis once, found {Shapes.Show(axes)}.");
        }

        var rest = new Queue<int>(value.Shape);
        return [value.Reshape([.. Enumerable.Range(0, rank).Select(axis => axes.Contains(axis) ? 1 : rest.Dequeue())])];
    }

    public static Value[] Expand(NodeCall call)
    {
        Value value = call.Input(0);
        int[] target = Constants.ShapeOf(call, 1);
        int[] shape = Shapes.Broadcast(value.Shape, target) ?? throw call.Refuse($"expected a shape that {Shapes.Show(value.Shape)} fits, found {Shapes.Show(target)}.");
        call.Take(shape);
        return [value.Pick(shape, Shapes.Repeat(value.Shape, shape))];
    }

    public static Value[] Tile(NodeCall call)
    {
        Value value = call.Input(0);
        int[] repeats = Constants.ShapeOf(call, 1);
        if (repeats.Length != value.Shape.Length)
        {
            throw call.Refuse($"expected {value.Shape.Length} numbers of repeats, found {repeats.Length}.");
        }

        // As [1, size] repeated to [n, size] for every axis.
        int[] single = [.. value.Shape.SelectMany(size => new[] { 1, size })];
        int[] repeated = [.. value.Shape.SelectMany((size, axis) => new[] { repeats[axis], size })];
        call.Take(repeated);
        return [value.Pick([.. value.Shape.Select((size, axis) => (int)Math.Min((long)size * repeats[axis], int.MaxValue))], Shapes.Repeat(single, repeated))];
    }

    /// <summary>Some exporters write a padding of nothing.</summary>
    public static Value[] Pad(NodeCall call)
    {
        long[] pads = call.Longs("pads", 1) ?? throw call.Refuse($"expected pads, found none.");
        return pads.All(pad => pad == 0) ? [call.Input(0)] : throw call.Refuse($"expected no padding, found [{string.Join(", ", pads.Take(16))}].");
    }

    public static Value[] Slice(NodeCall call)
    {
        Value value = call.Input(0);
        long[] starts = call.Longs("starts", 1) ?? throw call.Refuse($"expected starts, found none.");
        long[] ends = call.Longs("ends", 2) ?? throw call.Refuse($"expected ends, found none.");
        long[] axes = call.Longs("axes", 3) ?? [.. Enumerable.Range(0, starts.Length).Select(axis => (long)axis)];
        long[] steps = call.OptionalConstant(4) is { } given ? NodeCall.Longs(given) : [.. starts.Select(_ => 1L)];
        if (ends.Length != starts.Length || axes.Length != starts.Length || steps.Length != starts.Length || steps.Contains(0))
        {
            throw call.Refuse($"expected a start, an end, an axis and a step other than 0 for every axis, found {starts.Length}, {ends.Length}, {axes.Length} and {steps.Length}.");
        }

        int[] shape = [.. value.Shape];
        int[] places = [.. axes.Select(axis => call.Axis(axis, shape.Length))];
        if (places.Distinct().Count() < places.Length)
        {
            throw call.Refuse($"expected every axis once, found {Shapes.Show(places)}.");
        }

        int[] strides = Shapes.Strides(value.Shape);
        int first = 0;
        for (int k = 0; k < starts.Length; k++)
        {
            int axis = places[k];
            long size = value.Shape[axis];
            long step = Math.Clamp(steps[k], -size - 1, size + 1);
            long start = Clamp(starts[k], size, step);
            long end = Clamp(ends[k], size, step);
            shape[axis] = (int)Math.Max(0, step > 0 ? (end - start + step - 1) / step : (start - end - step - 1) / -step);
            first += shape[axis] > 0 ? (int)start * strides[axis] : 0;
            strides[axis] *= (int)step;
        }

        return [call.Pick(value, shape, strides, first)];

        static long Clamp(long place, long size, long step) =>
            Math.Clamp(place < 0 ? Math.Max(place, -size - 1) + size : place, step > 0 ? 0 : -1, step > 0 ? size : size - 1);
    }

    public static Value[] Split(NodeCall call)
    {
        Value value = call.Input(0);
        int axis = call.Axis(call.Node.Int("axis", 0), value.Shape.Length);
        int outputs = call.Node.Outputs.Count;
        long size = value.Shape[axis];
        long chunk = outputs == 0 ? 0 : (size + outputs - 1) / outputs;
        long[] sizes = call.Longs("split", 1) ?? [.. Enumerable.Range(0, outputs).Select(k => Math.Clamp(size - (k * chunk), 0, chunk))];
        if (sizes.Length != outputs || sizes.Any(part => part < 0 || part > size) || sizes.Sum() != size)
        {
            throw call.Refuse($"expected {outputs} parts of {size}, found [{string.Join(", ", sizes.Take(64))}].");
        }

        int[] strides = Shapes.Strides(value.Shape);
        var parts = new Value[outputs];
        int start = 0;
        for (int k = 0; k < outputs; k++)
        {
            int[] shape = [.. value.Shape];
            shape[axis] = (int)sizes[k];
            parts[k] = call.Pick(value, shape, strides, start * strides[axis]);
            start += (int)sizes[k];
        }

        return parts;
    }

    public static Value[] Concat(NodeCall call)
    {
        Value[] parts = [.. Enumerable.Range(0, call.InputCount).Select(call.Input)];
        if (parts.Length == 0)
        {
            throw call.Refuse($"expected tensors, found none.");
        }

        int axis = call.Axis(call.Node.Int("axis", 1), parts[0].Shape.Length);
        int[] shape = [.. parts[0].Shape];
        long size = parts.Sum(part => (long)(axis < part.Shape.Length ? part.Shape[axis] : 0));
        shape[axis] = (int)Math.Min(size, int.MaxValue);
        foreach (Value part in parts)
        {
            if (part.Shape.Length != shape.Length || part.Shape.Where((s, a) => a != axis && s != shape[a]).Any())
            {
                throw call.Refuse($"expected tensors that differ only in the size of axis {axis}, found {string.Join(" and ", parts.Take(8).Select(p => Shapes.Show(p.Shape)))}.");
            }
        }

        call.Take(shape);
        int before = Shapes.Count(shape[..axis]);
        int[] lengths = Array.ConvertAll(parts, part => before == 0 ? 0 : part.Count / before);
        return [parts.All(part => part is ConstantValue)
            ? new ConstantValue(shape, Join(parts.Select(part => ((ConstantValue)part).Numbers), lengths, before), ((ConstantValue)parts[0]).IsInteger)
            : parts.All(part => part is SignalValue)
            ? new SignalValue(shape, Join(parts.Select(part => ((SignalValue)part).Elements), lengths, before))
            : throw call.Refuse($"expected only values that depend on inputs, or only numbers of the file, found both.")];
    }

    public static Value[] Gather(NodeCall call)
    {
        Value data = call.Input(0);
        int axis = call.Axis(call.Node.Int("axis", 0), data.Shape.Length);
        if (call.Input(1) is SignalValue tokens)
        {
            return Layers.Embedding(call, data, axis, tokens);
        }

        ConstantValue indices = call.Constant(1);
        int size = data.Shape[axis];
        int inner = Shapes.Count(data.Shape[(axis + 1)..]);
        int outer = Shapes.Count(data.Shape[..axis]);
        int[] shape = [.. data.Shape[..axis], .. indices.Shape, .. data.Shape[(axis + 1)..]];
        call.Take(shape);
        var places = new int[Shapes.Count(shape)];
        int k = 0;
        for (int o = 0; o < outer; o++)
        {
            foreach (double number in indices.Numbers)
            {
                int index = call.Axis((long)number, size);
                for (int i = 0; i < inner; i++)
                {
                    places[k++] = (((o * size) + index) * inner) + i;
                }
            }
        }

        return [data.Pick(shape, places)];
    }

    private static T[] Join<T>(IEnumerable<T[]> parts, int[] lengths, int blocks)
    {
        T[][] all = [.. parts];
        var joined = new T[all.Sum(part => part.Length)];
        int at = 0;
        for (int block = 0; block < blocks; block++)
        {
            for (int k = 0; k < all.Length; k++)
            {
                all[k].AsSpan(block * lengths[k], lengths[k]).CopyTo(joined.AsSpan(at));
                at += lengths[k];
            }
        }

        return joined;
    }
}
