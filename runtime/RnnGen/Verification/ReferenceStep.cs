namespace RnnGen.Verification;

/// <summary>The equations of the cells, for one step. They are those of the attributes' documentation.</summary>
internal static class ReferenceStep
{
    /// <summary>Runs a step.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="x">The input.</param>
    /// <param name="h">h, before and after the step.</param>
    /// <param name="c">The memory of an LSTM, before and after the step.</param>
    public static void Run(ReferenceCell cell, ReadOnlySpan<double> x, double[] h, double[] c)
    {
        double[] next = cell.Declaration switch
        {
            LstmAttribute lstm => Lstm(cell, lstm, cell.FromInput(x), h, c),
            GruAttribute => Gru(cell, cell.FromInput(x), h),
            MguAttribute => Mgu(cell, cell.FromInput(x), h),
            MinGruAttribute => MinGru(cell, cell.FromInput(x), h),
            RnnAttribute => Rnn(cell, cell.FromInput(x), h),
            _ => throw new NotSupportedException($"No equations for {cell.Declaration.GetType().Name}."),
        };
        for (int k = 0; k < next.Length; k++)
        {
            h[k] = Kept(cell.Declaration.Zoneout, h[k], next[k]);
        }
    }

    private static double[] Lstm(ReferenceCell cell, LstmAttribute lstm, double[] input, double[] h, double[] c)
    {
        double[] state = cell.FromState(h);
        if (lstm.LayerNorm)
        {
            input = Normalized(input, cell.Norms["weight_ln_ih"], []);
            state = Normalized(state, cell.Norms["weight_ln_hh"], []);
        }

        var memory = new double[cell.Units];
        var outputs = new double[cell.Units];
        for (int k = 0; k < cell.Units; k++)
        {
            double i = Gate("i", k, c[k]);
            double f = lstm.InputForget ? 1 - i : Gate("f", k, c[k]);
            double g = cell.Candidate.Of(Clip(cell, Sum("g", k)));
            memory[k] = (f * c[k]) + (i * g);
            outputs[k] = Gate("o", k, memory[k]);
            c[k] = Kept(lstm.ZoneoutCell, c[k], memory[k]);
        }

        if (lstm.LayerNorm)
        {
            memory = Normalized(memory, cell.Norms["weight_ln_c"], cell.Norms.GetValueOrDefault("bias_ln_c", []));
        }

        for (int k = 0; k < cell.Units; k++)
        {
            outputs[k] *= cell.Squash.Of(memory[k]);
        }

        if (cell.Projection.Length == 0)
        {
            return outputs;
        }

        var projected = new double[cell.StateSize];
        Vectors.AddProduct(Vectors.Transpose(cell.Projection, cell.StateSize), outputs, projected);
        return projected;

        double Sum(string gate, int k)
        {
            int row = cell.RowOf(gate) + k;
            return input[row] + cell.InputBias[row] + state[row] + cell.StateBias[row];
        }

        double Gate(string gate, int k, double seen) =>
            cell.Gate.Of(Clip(cell, Sum(gate, k) + (cell.Peepholes.TryGetValue(gate, out double[]? weights) ? weights[k] * seen : 0)));
    }

    private static double[] Gru(ReferenceCell cell, double[] input, double[] h)
    {
        double[] state = cell.FromState(h);
        var reset = new double[cell.Units];
        for (int k = 0; k < cell.Units; k++)
        {
            reset[k] = Gate("r", k);
        }

        double[] candidates = cell.ResetAfter ? state : cell.FromState([.. h.Select((value, k) => value * reset[k])]);
        var next = new double[cell.Units];
        for (int k = 0; k < cell.Units; k++)
        {
            int row = cell.RowOf("n") + k;
            double fromState = candidates[row] + cell.StateBias[row];
            double n = cell.Candidate.Of(Clip(cell, input[row] + cell.InputBias[row] + (cell.ResetAfter ? reset[k] * fromState : fromState)));
            double z = Gate("z", k);
            next[k] = ((1 - z) * n) + (z * h[k]);
        }

        return next;

        double Gate(string gate, int k)
        {
            int row = cell.RowOf(gate) + k;
            return cell.Gate.Of(Clip(cell, input[row] + cell.InputBias[row] + state[row] + cell.StateBias[row]));
        }
    }

    private static double[] Mgu(ReferenceCell cell, double[] input, double[] h)
    {
        double[] state = cell.FromState(h);
        double[] gates = [.. Enumerable.Range(0, cell.Units).Select(k => cell.Gate.Of(Sum("z", k, state)))];
        double[] candidates = cell.FromState([.. h.Select((value, k) => value * gates[k])]);
        return [.. gates.Select((z, k) => ((1 - z) * h[k]) + (z * cell.Candidate.Of(Sum("n", k, candidates))))];

        double Sum(string gate, int k, double[] fromState)
        {
            int row = cell.RowOf(gate) + k;
            return Clip(cell, input[row] + cell.InputBias[row] + fromState[row] + cell.StateBias[row]);
        }
    }

    private static double[] MinGru(ReferenceCell cell, double[] input, double[] h)
    {
        return [.. h.Select((old, k) => Mixed(cell.Gate.Of(Sum("z", k)), Sum("n", k), old))];

        double Sum(string gate, int k) => Clip(cell, input[cell.RowOf(gate) + k] + cell.InputBias[cell.RowOf(gate) + k]);

        static double Mixed(double z, double n, double old) => ((1 - z) * old) + (z * n);
    }

    private static double[] Rnn(ReferenceCell cell, double[] input, double[] h)
    {
        double[] state = cell.FromState(h);
        return [.. input.Select((sum, k) => cell.Gate.Of(Clip(cell, sum + cell.InputBias[k] + state[k] + cell.StateBias[k])))];
    }

    private static double Clip(ReferenceCell cell, double sum) => cell.Declaration.Clip > 0 ? Math.Clamp(sum, -cell.Declaration.Clip, cell.Declaration.Clip) : sum;

    /// <summary>Zoneout, outside of training: the mean.</summary>
    private static double Kept(double rate, double old, double next) => ((1 - rate) * next) + (rate * old);

    /// <summary>Layer normalization. An LSTM has the default of PyTorch.</summary>
    public static double[] Normalized(double[] values, double[] gains, double[] offsets, double epsilon = 1e-5)
    {
        double mean = values.Average();
        double scale = 1 / Math.Sqrt(values.Select(value => (value - mean) * (value - mean)).Average() + epsilon);
        return [.. values.Select((value, k) => ((value - mean) * scale * gains[k]) + (offsets.Length == 0 ? 0 : offsets[k]))];
    }
}
