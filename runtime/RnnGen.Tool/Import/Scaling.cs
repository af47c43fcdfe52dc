namespace RnnGen.Tool.Import;

/// <summary>Factors and terms of columns, which join what they are applied to where that has weights.</summary>
internal static class Scaling
{
    /// <summary>Every column times a factor, plus a term.</summary>
    public static Signal Scale(Call call, Wire[] wires, int positions, double[] factors, double[] terms)
    {
        if (Affine.Of(wires) is { } affine)
        {
            Wire[] operand = affine.Signal.Operand;
            call.Context.Budget.Take(call.Place, (long)operand.Length * wires.Length);
            double[] weights = affine.WeightsOn(operand);
            for (int k = 0; k < weights.Length; k++)
            {
                weights[k] *= factors[k / operand.Length];
            }

            return new AffineSignal(affine.Signal.Origin, operand, positions, weights, [.. affine.Bias().Select((bias, k) => (bias * factors[k]) + terms[k])]);
        }

        if (Patterns.Whole<NormalizedSignal>(wires) is { } normalized)
        {
            return new NormalizedSignal(
                normalized.Origin, normalized.Operand, positions, normalized.Epsilon, [.. normalized.Gains.Zip(factors, (a, b) => a * b)], [.. normalized.Shifts.Select((shift, k) => (shift * factors[k]) + terms[k])]);
        }

        return Patterns.Whole<ScaleSignal>(wires) is { } scaled
            ? new ScaleSignal(
                scaled.Origin, scaled.Operand, positions, [.. scaled.Factors.Zip(factors, (a, b) => a * b)], [.. scaled.Terms.Select((term, k) => (term * factors[k]) + terms[k])])
            : new ScaleSignal(call.Place, wires, positions, factors, terms);
    }
}
