namespace RnnGen.Tool.Import;

/// <summary>Recognizes layer normalization that is written out as means, differences and a root.</summary>
internal static class WrittenOutNormalization
{
    /// <summary>Finds <c>(x - mean) / √(mean((x - mean)²) + epsilon)</c>, or the product with the reciprocal of the root.</summary>
    public static Signal? Find(Call call, string operation, int positions, Wire[] a, Wire[] b) => operation switch
    {
        "Div" => Of(call, positions, a, Patterns.Operation(One(b), "Sqrt")?.Left),
        "Mul" => Patterns.Orders(a, b).Select(pair => Of(call, positions, pair.First, Root(One(pair.Second)))).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static NormalizedSignal? Of(Call call, int positions, Wire[] difference, Wire[]? variance)
    {
        if (variance is null || Patterns.Whole<ScaleSignal>(variance) is not { Factors: [1], Terms: [var epsilon] } sum
            || Patterns.Operation(difference, "Sub") is not (var x, var mean) || Patterns.Operation(One(mean), "ReduceMean") is not (var averaged, _)
            || Patterns.Operation(sum.Operand, "ReduceMean") is not (var square, _) || Patterns.Operation(square, "Mul") is not (var left, var right)
            || !Patterns.Same(averaged, x) || !Patterns.Same(left, difference) || !Patterns.Same(right, difference) || !(epsilon > 0))
        {
            return null;
        }

        double[] gains = new double[x.Length];
        Array.Fill(gains, 1);
        return new NormalizedSignal(call.Place, x, positions, epsilon, gains, new double[x.Length]);
    }

    private static Wire[]? Root(Wire[] wires) =>
        Patterns.Operation(wires, "Reciprocal") is (var root, _) && Patterns.Operation(root, "Sqrt") is (var variance, _) ? variance : null;

    /// <summary>One column that is repeated for every feature.</summary>
    private static Wire[] One(Wire[] wires) => wires.Distinct().Count() == 1 ? [wires[0]] : wires;
}
