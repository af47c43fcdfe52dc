namespace RnnGen.Tool.Import;

/// <summary>Rows of an affine signal.</summary>
/// <param name="Signal">The signal.</param>
/// <param name="Rows">Which rows.</param>
internal sealed record Affine(AffineSignal Signal, int[] Rows)
{
    /// <summary>Columns as rows of one affine signal; null if they are none.</summary>
    public static Affine? Of(Wire[] wires)
    {
        if (wires is not [{ Signal: AffineSignal signal }, ..])
        {
            return null;
        }

        foreach (Wire wire in wires)
        {
            if (wire.Signal != signal)
            {
                return null;
            }
        }

        return new Affine(signal, Array.ConvertAll(wires, wire => wire.Column));
    }

    /// <summary>The sum of two of as many rows, which is affine in what both read.</summary>
    public static AffineSignal Sum(Call call, int positions, Affine left, Affine right)
    {
        Wire[] operand = [.. left.Signal.Operand.Concat(right.Signal.Operand).Distinct()];
        call.Context.Budget.Take(call.Place, (long)operand.Length * left.Rows.Length);
        double[] weights = left.WeightsOn(operand);
        double[] others = right.WeightsOn(operand);
        for (int k = 0; k < weights.Length; k++)
        {
            weights[k] += others[k];
        }

        double[] bias = [.. left.Bias().Zip(right.Bias(), (a, b) => a + b)];
        return new AffineSignal(left.Signal.Origin, operand, positions, weights, bias);
    }

    /// <summary>The biases of the rows.</summary>
    public double[] Bias() => Array.ConvertAll(Rows, row => Signal.Bias[row]);

    /// <summary>The weights of the rows on columns, [Rows, columns]; zeros for columns that they do not read.</summary>
    public double[] WeightsOn(Wire[] columns)
    {
        var place = new Dictionary<Wire, int>();
        for (int k = 0; k < columns.Length; k++)
        {
            place[columns[k]] = k;
        }

        Wire[] operand = Signal.Operand;
        int[] places = Array.ConvertAll(operand, wire => place.GetValueOrDefault(wire, -1));
        var weights = new double[Rows.Length * columns.Length];
        for (int row = 0; row < Rows.Length; row++)
        {
            for (int k = 0; k < operand.Length; k++)
            {
                if (places[k] >= 0)
                {
                    weights[(row * columns.Length) + places[k]] += Signal.Weights[(Rows[row] * operand.Length) + k];
                }
            }
        }

        return weights;
    }
}
