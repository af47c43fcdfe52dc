using RnnGen.Formats.Onnx;

namespace RnnGen.Tool.Import;

/// <summary>Operators whose results are numbers: of the file, or of shapes.</summary>
internal static class Constants
{
    private const int MostRank = 64;

    /// <summary>The value of a tensor of the file.</summary>
    public static Value Of(ImportContext context, OnnxTensor tensor)
    {
        string place = $"Tensor '{tensor.Name}'";
        if (!tensor.IsNumeric)
        {
            return new UnknownValue(new ImportException(place, $"expected numbers, found {tensor.ElementType}."));
        }

        context.Budget.Take(place, Shapes.Extent(tensor.Shape));
        bool isInteger = !tensor.ElementType.Contains('F');
        double[] numbers = isInteger ? Array.ConvertAll(tensor.ToLongs(tensor.Name), n => (double)n) : Array.ConvertAll(tensor.ToFloats(tensor.Name), f => (double)f);
        return new ConstantValue([.. tensor.Shape], numbers, isInteger);
    }

    public static Value[] Constant(NodeCall call) =>
        [Of(call.Context, call.Node.ConstantValue ?? throw call.Refuse($"expected a tensor or numbers, found a text or a sparse tensor."))];

    public static Value[] Shape(NodeCall call)
    {
        int[] shape = call.Input(0).Shape;
        int start = Clamp(call.Node.Int("start", 0));
        int end = Clamp(call.Node.Int("end", shape.Length));
        return [OfLongs(shape[start..Math.Max(start, end)].Select(size => (long)size))];

        int Clamp(long place) => (int)Math.Clamp(place < 0 ? place + shape.Length : place, 0, shape.Length);
    }

    public static Value[] Size(NodeCall call) => [new ConstantValue([], [call.Input(0).Count], isInteger: true)];

    public static Value[] ConstantOfShape(NodeCall call)
    {
        int[] shape = ShapeOf(call, 0);
        ConstantValue? value = call.Node.Tensor("value") is { } tensor ? Of(call.Context, tensor) as ConstantValue : null;
        if (value is { Count: not 1 })
        {
            throw call.Refuse($"expected one number as value, found {value.Count}.");
        }

        var numbers = new double[Shapes.Count(shape)];
        Array.Fill(numbers, value?.Numbers[0] ?? 0);
        return [new ConstantValue(shape, numbers, value?.IsInteger ?? false)];
    }

    public static Value[] Range(NodeCall call)
    {
        double start = call.Number(0);
        double step = call.Number(2);
        double count = Math.Max(0, Math.Ceiling((call.Number(1) - start) / step));
        if (!(count <= int.MaxValue))
        {
            throw call.Refuse($"expected a range that ends, found {call.Number(1)} from {start} by {step}.");
        }

        call.Take([(int)count]);
        return [new ConstantValue([(int)count], [.. Enumerable.Range(0, (int)count).Select(k => start + (k * step))], call.Constant(0).IsInteger)];
    }

    public static Value[] Where(NodeCall call)
    {
        ConstantValue condition = call.Constant(0);
        ConstantValue then = call.Constant(1);
        ConstantValue otherwise = call.Constant(2);
        int[] shape = (Shapes.Broadcast(then.Shape, otherwise.Shape) is { } both ? Shapes.Broadcast(both, condition.Shape) : null)
            ?? throw call.Refuse($"expected tensors that fit, found {Shapes.Show(condition.Shape)}, {Shapes.Show(then.Shape)} and {Shapes.Show(otherwise.Shape)}.");
        call.Take(shape);
        int[] conditions = Shapes.Repeat(condition.Shape, shape);
        int[] thens = Shapes.Repeat(then.Shape, shape);
        int[] others = Shapes.Repeat(otherwise.Shape, shape);
        var numbers = new double[conditions.Length];
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = condition.Numbers[conditions[k]] != 0 ? then.Numbers[thens[k]] : otherwise.Numbers[others[k]];
        }

        return [new ConstantValue(shape, numbers, then.IsInteger)];
    }

    public static Value[] Compare(NodeCall call, Func<double, double, bool> isTrue) =>
        [Map(call, call.Constant(0), call.Constant(1), (a, b) => isTrue(a, b) ? 1 : 0, isInteger: true)];

    public static Value[] Not(NodeCall call) => [Map(call, call.Constant(0), x => x == 0 ? 1 : 0)];

    /// <summary>A function of every number.</summary>
    public static ConstantValue Map(NodeCall call, ConstantValue value, Converter<double, double> function)
    {
        call.Take(value.Shape);
        return new ConstantValue(value.Shape, Array.ConvertAll(value.Numbers, function), value.IsInteger);
    }

    /// <summary>A function of every pair of numbers.</summary>
    public static ConstantValue Map(NodeCall call, ConstantValue a, ConstantValue b, Func<double, double, double> function, bool isInteger)
    {
        int[] shape = Shapes.Broadcast(a.Shape, b.Shape) ?? throw call.Refuse($"expected tensors that fit, found {Shapes.Show(a.Shape)} and {Shapes.Show(b.Shape)}.");
        call.Take(shape);
        int[] left = Shapes.Repeat(a.Shape, shape);
        int[] right = Shapes.Repeat(b.Shape, shape);
        var numbers = new double[left.Length];
        for (int k = 0; k < numbers.Length; k++)
        {
            numbers[k] = function(a.Numbers[left[k]], b.Numbers[right[k]]);
        }

        return new ConstantValue(shape, numbers, isInteger);
    }

    /// <summary>A shape that an input tells. The numbers of a tensor of that shape are accounted for.</summary>
    public static int[] ShapeOf(NodeCall call, int input)
    {
        long[] sizes = NodeCall.Longs(call.Constant(input));
        if (sizes.Length > MostRank || sizes.Any(size => size is < 0 or > int.MaxValue))
        {
            throw call.Refuse($"expected a shape as input {input}, found {string.Join(", ", sizes.Take(MostRank))}.");
        }

        int[] shape = Array.ConvertAll(sizes, size => (int)size);
        call.Take(shape);
        return shape;
    }

    private static ConstantValue OfLongs(IEnumerable<long> values)
    {
        double[] numbers = [.. values.Select(value => (double)value)];
        return new ConstantValue([numbers.Length], numbers, isInteger: true);
    }
}
