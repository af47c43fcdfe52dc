namespace RnnGen.Tool.Import;

/// <summary>Operators that are a layer by themselves.</summary>
internal static class Layers
{
    public static Value[] MatMul(NodeCall call)
    {
        if (call.Input(0) is ConstantValue left && call.Input(1) is ConstantValue right)
        {
            return [Product(call, left, right)];
        }

        ConstantValue matrix = call.Constant(1);
        if (matrix.Shape.Length < 2 || matrix.Shape[..^2].Any(size => size != 1))
        {
            throw call.Refuse($"expected one matrix, found a tensor of shape {Shapes.Show(matrix.Shape)}.");
        }

        int inputs = matrix.Shape[^2];
        int outputs = matrix.Shape[^1];
        double[] weights = matrix.Pick([outputs, inputs], Shapes.Walk([outputs, inputs], [1, outputs])) is ConstantValue transposed ? transposed.Numbers : [];
        return [Dense(call, call.Input(0), weights, new double[outputs])];
    }

    public static Value[] Gemm(NodeCall call)
    {
        ConstantValue matrix = call.Constant(1);
        if (matrix.Shape.Length != 2 || call.Node.Int("transA", 0) != 0 || call.Input(0).Shape.Length != 2)
        {
            throw call.Refuse($"expected a matrix of inputs, not transposed, and one of weights, found shapes {Shapes.Show(call.Input(0).Shape)} and {Shapes.Show(matrix.Shape)} and transA {call.Node.Int("transA", 0)}.");
        }

        bool isTransposed = call.Node.Int("transB", 0) != 0;
        int outputs = matrix.Shape[isTransposed ? 0 : 1];
        int inputs = matrix.Shape[isTransposed ? 1 : 0];
        double alpha = call.Node.Float("alpha", 1);
        double beta = call.Node.Float("beta", 1);
        call.Take(matrix.Shape);
        int[] places = Shapes.Walk([outputs, inputs], isTransposed ? [inputs, 1] : [1, outputs]);
        var bias = new double[outputs];
        if (call.OptionalConstant(2) is { } given)
        {
            bias = Vector(call, given, outputs, "bias").Select(b => b * beta).ToArray();
        }

        return [Dense(call, call.Input(0), Array.ConvertAll(places, place => matrix.Numbers[place] * alpha), bias)];
    }

    /// <summary>A convolution over one step is a dense layer on the second axis.</summary>
    public static Value[] Convolution(NodeCall call)
    {
        Value x = call.Input(0);
        ConstantValue kernel = call.Constant(1);
        if (x.Shape.Length != 3 || kernel.Shape is not [var outputs, var inputs, 1] || call.Node.Int("group", 1) != 1
            || call.Node.Ints("strides")?.Any(stride => stride != 1) is true || call.Node.Ints("pads")?.Any(pad => pad != 0) is true)
        {
            throw call.Refuse($"expected a convolution that reads one step: a kernel of size 1, no groups, strides and padding, found a kernel of shape {Shapes.Show(kernel.Shape)}. No layer of a class reads several steps.");
        }

        double[] bias = call.OptionalConstant(2) is { } given ? Vector(call, given, outputs, "bias") : new double[outputs];
        return [call.Transpose(Dense(call, call.Transpose(x, [0, 2, 1]), kernel.Numbers, bias), [0, 2, 1])];
    }

    /// <summary>Vectors of a table by tokens.</summary>
    public static Value[] Embedding(NodeCall call, Value data, int axis, SignalValue tokens)
    {
        if (data is not ConstantValue { Shape: [> 0 and var vectors, > 0 and var size] } table || axis != 0)
        {
            throw call.Refuse($"expected tokens that choose rows of a table of numbers, found a tensor of shape {Shapes.Show(data.Shape)} and axis {axis}.");
        }

        var rows = RowsOf.Read(call, tokens, rowLength: 1);
        if (rows.Wires[0].Signal is not InputSignal { IsInteger: true, Width: 1 })
        {
            throw call.Refuse($"expected tokens as an input of whole numbers, found {rows.Wires[0].Signal.Origin}.");
        }

        call.Take([.. tokens.Shape, size]);
        var signal = new EmbeddingSignal(call.Place, rows.Wires[0], rows.PositionCount, vectors, size, table.Numbers);
        return [rows.Result(signal, [.. tokens.Shape, size])];
    }

    public static Value[] LayerNormalization(NodeCall call)
    {
        Value value = call.Input(0);
        int rank = value.Shape.Length;
        if (rank == 0 || call.Axis(call.Node.Int("axis", -1), rank) != rank - 1)
        {
            throw call.Refuse($"expected a normalization over the last axis, found one from axis {call.Node.Int("axis", -1)} of {rank}.");
        }

        var rows = RowsOf.Read(call, value);
        int size = rows.Wires.Length;
        double[] gains = Vector(call, call.Constant(1), size, "gains");
        double[] shifts = call.OptionalConstant(2) is { } given ? Vector(call, given, size, "shifts") : new double[size];
        call.Take(value.Shape);
        return [rows.Result(new NormalizedSignal(call.Place, rows.Wires, rows.PositionCount, call.Node.Float("epsilon", 1e-5f), gains, shifts), value.Shape)];
    }

    /// <summary>With means and variances of the training, batch normalization is a factor and a term per channel.</summary>
    public static Value[] BatchNormalization(NodeCall call)
    {
        Value value = call.Input(0);
        if (value.Shape.Length < 2)
        {
            throw call.Refuse($"expected channels as the second axis, found {value.Shape.Length} axes.");
        }

        int channels = value.Shape[1];
        double[] scale = Vector(call, call.Constant(1), channels, "scale");
        double[] shift = Vector(call, call.Constant(2), channels, "bias");
        double[] mean = Vector(call, call.Constant(3), channels, "mean");
        double[] variance = Vector(call, call.Constant(4), channels, "variance");
        double epsilon = call.Node.Float("epsilon", 1e-5f);
        double[] factors = [.. scale.Select((s, k) => s / Math.Sqrt(variance[k] + epsilon))];
        double[] terms = [.. shift.Select((b, k) => b - (mean[k] * factors[k]))];
        int[] shape = [channels, .. Enumerable.Repeat(1, value.Shape.Length - 2)];
        var factorColumns = Columns.Of(call, value, new ConstantValue(shape, factors, isInteger: false));
        SignalValue scaled = factorColumns.Result(
            Scaling.Scale(call, factorColumns.Wires[0]!, factorColumns.Positions, factorColumns.Numbers[1]!, new double[factorColumns.Width]));
        var termColumns = Columns.Of(call, scaled, new ConstantValue(shape, terms, isInteger: false));
        return [termColumns.Result(
            Scaling.Scale(call, termColumns.Wires[0]!, termColumns.Positions, [.. Enumerable.Repeat(1.0, termColumns.Width)], termColumns.Numbers[1]!))];
    }

    public static Value[] Softmax(NodeCall call)
    {
        Value value = call.Input(0);
        int rank = value.Shape.Length;
        long axis = call.Node.Int("axis", call.Version >= 13 ? -1 : 1);
        if (rank == 0 || call.Axis(axis, rank) != rank - 1)
        {
            throw call.Refuse($"expected a softmax over the last axis, found one over axis {axis} of {rank}.");
        }

        var rows = RowsOf.Read(call, value);
        call.Take(value.Shape);
        return [rows.Result(new SoftmaxSignal(call.Place, rows.Wires, rows.PositionCount), value.Shape)];
    }

    public static Value[] Function(NodeCall call)
    {
        Activation kind = Import.Function.Find(call.Node.OperatorType)!.Value;
        if (call.Input(0) is ConstantValue)
        {
            throw call.Refuse($"expected a value that depends on an input, found numbers of the file.");
        }

        var columns = Columns.Of(call, call.Input(0));
        var function = new Function(
            kind,
            Import.Function.TakesAlpha(kind) && call.Node.Find("alpha") is not null ? call.Node.Float("alpha", 0) : null,
            Import.Function.TakesBeta(kind) && call.Node.Find("beta") is not null ? call.Node.Float("beta", 0) : null);
        return [columns.Result(new FunctionSignal(call.Place, function, columns.Wires[0]!, columns.Positions))];
    }

    /// <summary>A vector that may be one number for all, and may have axes of size 1.</summary>
    private static double[] Vector(NodeCall call, ConstantValue value, int size, string what)
    {
        if (value.Count == 1)
        {
            double[] all = new double[size];
            Array.Fill(all, value.Numbers[0]);
            return all;
        }

        return value.Count == size && value.Shape is [.., var last] && last == size
            ? value.Numbers
            : throw call.Refuse($"expected {what} of size {size}, found shape {Shapes.Show(value.Shape)}.");
    }

    private static SignalValue Dense(NodeCall call, Value value, double[] weights, double[] bias)
    {
        var rows = RowsOf.Read(call, value);
        if (weights.Length != rows.Wires.Length * bias.Length || bias.Length == 0)
        {
            throw call.Refuse($"expected a matrix for {rows.Wires.Length} features, found one of {weights.Length} weights for {bias.Length} outputs.");
        }

        int[] shape = [.. value.Shape[..^1], bias.Length];
        call.Take(shape);
        return rows.Result(new AffineSignal(call.Place, rows.Wires, rows.PositionCount, weights, bias), shape);
    }

    private static ConstantValue Product(NodeCall call, ConstantValue left, ConstantValue right)
    {
        if (left.Shape is not [var rows, var inner] || right.Shape is not [var same, var columns] || inner != same)
        {
            throw call.Refuse($"expected two matrices that fit, found shapes {Shapes.Show(left.Shape)} and {Shapes.Show(right.Shape)}.");
        }

        call.Take([rows, columns, Math.Max(1, inner)]);
        var numbers = new double[rows * columns];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double sum = 0;
                for (int k = 0; k < inner; k++)
                {
                    sum += left.Numbers[(row * inner) + k] * right.Numbers[(k * columns) + column];
                }

                numbers[(row * columns) + column] = sum;
            }
        }

        return new ConstantValue([rows, columns], numbers, left.IsInteger && right.IsInteger);
    }
}
