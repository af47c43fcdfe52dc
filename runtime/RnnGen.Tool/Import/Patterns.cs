namespace RnnGen.Tool.Import;

/// <summary>Looks at what columns are computed from.</summary>
internal static class Patterns
{
    /// <summary>The signal whose columns these are, all and in order; null if they are of several ones, or of one of another kind.</summary>
    public static T? Whole<T>(Wire[] wires)
        where T : Signal
    {
        if (wires is not [{ Signal: T signal }, ..] || signal.Width != wires.Length)
        {
            return null;
        }

        for (int k = 0; k < wires.Length; k++)
        {
            if (wires[k].Signal != signal || wires[k].Column != k)
            {
                return null;
            }
        }

        return signal;
    }

    /// <summary>The operands of an operation; null if the columns are none.</summary>
    public static (Wire[] Left, Wire[] Right)? Operation(Wire[] wires, string operation) =>
        Whole<OperationSignal>(wires) is { } signal && signal.Operation == operation ? (signal.Left, signal.Right) : null;

    /// <summary>Both orders of two operands.</summary>
    public static IEnumerable<(Wire[] First, Wire[] Second)> Orders(Wire[] a, Wire[] b) => [(a, b), (b, a)];

    /// <summary>Both orders of the operands of a product; none if the columns are no product.</summary>
    public static IEnumerable<(Wire[] First, Wire[] Second)> Factors(Wire[] wires) => Operation(wires, "Mul") is (var left, var right) ? Orders(left, right) : [];

    /// <summary>Both orders of the operands of a sum; none if the columns are no sum.</summary>
    public static IEnumerable<(Wire[] First, Wire[] Second)> Terms(Wire[] wires) => Operation(wires, "Add") is (var left, var right) ? Orders(left, right) : [];

    /// <summary>Whether two operands are the same columns, or the same operation on the same columns: some exporters write a difference twice.</summary>
    public static bool Same(Wire[] a, Wire[] b) => AreEqual(a, b)
        || (Whole<OperationSignal>(a) is { } left && Whole<OperationSignal>(b) is { } right && left.Operation == right.Operation && AreEqual(left.Left, right.Left) && AreEqual(left.Right, right.Right));

    private static bool AreEqual(Wire[] a, Wire[] b) => a.AsSpan().SequenceEqual(b);
}
