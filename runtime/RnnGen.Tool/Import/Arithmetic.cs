namespace RnnGen.Tool.Import;

/// <summary>Arithmetic on elements: of numbers, of signals with numbers, and of signals with each other.</summary>
internal static class Arithmetic
{
    public static Value[] Binary(NodeCall call, Func<double, double, double> function)
    {
        string operation = call.Node.OperatorType;
        if (call.Input(0) is ConstantValue left && call.Input(1) is ConstantValue right)
        {
            bool isInteger = left.IsInteger && right.IsInteger;
            Func<double, double, double> compute = isInteger && operation == "Div" ? (a, b) => b == 0 ? 0 : Math.Truncate(a / b) : function;
            return [Constants.Map(call, left, right, compute, isInteger)];
        }

        var columns = Columns.Of(call, call.Input(0), call.Input(1));
        call.Context.Budget.Take(call.Place, columns.Width);
        Signal signal = columns.Wires[0] is not { } a ? WithNumbers(call, columns, columns.Wires[1]!, columns.Numbers[0]!, isLeft: true)
            : columns.Wires[1] is not { } b ? WithNumbers(call, columns, a, columns.Numbers[1]!, isLeft: false)
            : Combine(call, operation, columns.Positions, a, b);
        return [columns.Result(signal)];
    }

    public static Value[] Unary(NodeCall call, Func<double, double> function)
    {
        if (call.Input(0) is ConstantValue value)
        {
            return [Constants.Map(call, value, x => function(x))];
        }

        var columns = Columns.Of(call, call.Input(0));
        Wire[] wires = columns.Wires[0]!;
        Signal signal = call.Node.OperatorType == "Neg"
            ? Scaling.Scale(call, wires, columns.Positions, Filled(wires, -1), Filled(wires, 0))
            : new OperationSignal(call.Place, call.Node.OperatorType, wires.Length, columns.Positions, wires, []);
        return [columns.Result(signal)];
    }

    /// <summary>The mean over the features, a part of layer normalization.</summary>
    public static Value[] Mean(NodeCall call)
    {
        Value value = call.Input(0);
        int rank = value.Shape.Length;
        long[]? axes = call.Longs("axes", 1);
        if (axes is not [var axis] || rank == 0 || call.Axis(axis, rank) != rank - 1)
        {
            throw call.Refuse($"expected a mean over the last axis, found one over [{string.Join(", ", axes?.Take(64) ?? [])}] of {rank} axes.");
        }

        var rows = RowsOf.Read(call, value);
        var mean = new OperationSignal(call.Place, "ReduceMean", 1, rows.PositionCount, rows.Wires, []);
        int[] shape = value.Shape[..^1];
        return [rows.Result(mean, call.Node.Int("keepdims", 1) != 0 ? [.. shape, 1] : shape)];
    }

    private static Signal WithNumbers(NodeCall call, Columns columns, Wire[] wires, double[] numbers, bool isLeft)
    {
        double[] zero = Filled(wires, 0);
        double[] one = Filled(wires, 1);
        return (call.Node.OperatorType, isLeft) switch
        {
            ("Add", _) => Scaling.Scale(call, wires, columns.Positions, one, numbers),
            ("Sub", false) => Scaling.Scale(call, wires, columns.Positions, one, Array.ConvertAll(numbers, n => -n)),
            ("Sub", true) => Scaling.Scale(call, wires, columns.Positions, Filled(wires, -1), numbers),
            ("Mul", _) => Scaling.Scale(call, wires, columns.Positions, numbers, zero),
            ("Div", false) => Scaling.Scale(call, wires, columns.Positions, Array.ConvertAll(numbers, n => 1 / n), zero),
            ("Pow", false) when numbers.All(n => n == 1) => Scaling.Scale(call, wires, columns.Positions, one, zero),
            ("Pow", false) when numbers.All(n => n == 2) => new OperationSignal(call.Place, "Mul", wires.Length, columns.Positions, wires, wires),
            ("Pow", false) when numbers.All(n => n == 0.5) => new OperationSignal(call.Place, "Sqrt", wires.Length, columns.Positions, wires, []),
            ("Div", true) when numbers.All(n => n == 1) => new OperationSignal(call.Place, "Reciprocal", wires.Length, columns.Positions, wires, []),
            _ => throw call.Refuse($"expected a sum, a product or a square, found {call.Node.OperatorType} of numbers and a value."),
        };
    }

    private static Signal Combine(NodeCall call, string operation, int positions, Wire[] a, Wire[] b)
    {
        if (operation is "Pow")
        {
            throw call.Refuse($"expected a number as exponent, found a value.");
        }

        return WrittenOutCells.Find(call, operation, positions, a, b)
            ?? WrittenOutNormalization.Find(call, operation, positions, a, b)
            ?? (operation == "Add" && Affine.Of(a) is { } left && Affine.Of(b) is { } right
                ? Affine.Sum(call, positions, left, right)
                : new OperationSignal(call.Place, operation, a.Length, positions, a, b));
    }

    private static double[] Filled(Wire[] wires, double value)
    {
        var numbers = new double[wires.Length];
        Array.Fill(numbers, value);
        return numbers;
    }
}
