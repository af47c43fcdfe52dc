using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Verification;

namespace RnnGen.Tool.Verify;

/// <summary>A recurrent layer in double.</summary>
/// <param name="layer">The layer.</param>
internal sealed class InterpretedCell(ImportedLayer layer)
{
    private readonly int _units = (int)layer.Argument!;
    private readonly double _clip = layer.Get("Clip", 0.0);

    /// <summary>Runs all steps. States are read and written by name.</summary>
    public double[][] Run(double[][] x, Dictionary<string, double[]> states)
    {
        Direction direction = layer.Get("Direction", Direction.Forward);
        string[] suffixes = direction switch { Direction.Forward => [""], Direction.Reverse => ["_reverse"], _ => ["", "_reverse"] };
        double[][][] outputs = [.. suffixes.Select(suffix => Run(x, states, suffix))];
        return [.. Enumerable.Range(0, outputs[0].Length).Select(step => outputs.SelectMany(output => output[step]).ToArray())];
    }

    private double[][] Run(double[][] x, Dictionary<string, double[]> states, string suffix)
    {
        double[] h = Start('h', states, suffix);
        double[] c = Start('c', states, suffix);
        var outputs = new double[x.Length][];
        for (int k = 0; k < x.Length; k++)
        {
            int step = suffix.Length > 0 ? x.Length - 1 - k : k;
            (h, c) = layer.Kind switch { "Rnn" => (Rnn(x[step], h, suffix), c), "Gru" => (Gru(x[step], h, suffix), c), _ => Lstm(x[step], h, c, suffix) };
            outputs[step] = h;
        }

        states[$"{layer.Name}.h{suffix}"] = h;
        if (layer.Kind == "Lstm")
        {
            states[$"{layer.Name}.c{suffix}"] = c;
        }

        return layer.Get("ReturnSequences", true) ? outputs : [h];
    }

    private double[] Start(char state, Dictionary<string, double[]> states, string suffix) => states.GetValueOrDefault($"{layer.Name}.{state}{suffix}")
        ?? (Find($"initial_{state}_l0{suffix}") is { } learned ? Array.ConvertAll(learned, value => (double)value) : new double[_units]);

    private double[] Rnn(double[] x, double[] h, string suffix)
    {
        double[] sums = Add(Product("ih", x, suffix), Product("hh", h, suffix));
        return Apply(sums, 0, "");
    }

    private double[] Gru(double[] x, double[] h, string suffix)
    {
        double[] input = Product("ih", x, suffix);
        double[] state = Product("hh", h, suffix);
        double[] gates = Add(input, state);
        double[] r = Apply(gates, 0, "Gate");
        double[] z = Apply(gates, 1, "Gate");
        double[] candidate;
        if (layer.Get("LinearBeforeReset", true))
        {
            candidate = [.. r.Select((reset, k) => input[(2 * _units) + k] + (reset * state[(2 * _units) + k]))];
        }
        else
        {
            double[] projected = Product("hh", [.. h.Select((value, k) => value * r[k])], suffix);
            candidate = Add(input[(2 * _units)..], projected[(2 * _units)..]);
        }

        double[] n = Apply(candidate, 0, "Candidate");
        return [.. h.Select((value, k) => ((1 - z[k]) * n[k]) + (z[k] * value))];
    }

    private (double[] H, double[] C) Lstm(double[] x, double[] h, double[] c, string suffix)
    {
        bool isCoupled = layer.Get("InputForget", false);
        double[] sums = Add(Product("ih", x, suffix), Product("hh", h, suffix));
        (int forget, int candidate, int output) = isCoupled ? (-1, 1, 2) : (1, 2, 3);
        Peephole("ci", sums, 0, c, suffix);
        if (!isCoupled)
        {
            Peephole("cf", sums, forget, c, suffix);
        }

        double[] i = Apply(sums, 0, "Gate");
        double[] f = isCoupled ? [.. i.Select(gate => 1 - gate)] : Apply(sums, forget, "Gate");
        double[] g = Apply(sums, candidate, "Cell");
        double[] next = [.. c.Select((value, k) => (f[k] * value) + (i[k] * g[k]))];
        Peephole("co", sums, output, next, suffix);
        double[] o = Apply(sums, output, "Gate");
        Func<double, double> squash = FunctionOf("Output");
        return ([.. next.Select((value, k) => o[k] * squash(value))], next);
    }

    private void Peephole(string name, double[] sums, int gate, double[] c, string suffix)
    {
        if (Find($"weight_{name}_l0{suffix}") is { } weights)
        {
            for (int k = 0; k < _units; k++)
            {
                sums[(gate * _units) + k] += weights[k] * c[k];
            }
        }
    }

    /// <summary>The function of a gate, of limited sums.</summary>
    private double[] Apply(double[] sums, int gate, string prefix)
    {
        Func<double, double> function = FunctionOf(prefix);
        return [.. new ArraySegment<double>(sums, gate * _units, _units).Select(sum => function(_clip > 0 ? Math.Clamp(sum, -_clip, _clip) : sum))];
    }

    private Func<double, double> FunctionOf(string prefix)
    {
        Activation usual = prefix == "Gate" ? Activation.Sigmoid : Activation.Tanh;
        return new ElementFunction(layer.Get(prefix + "Activation", usual), layer.Get(prefix + "Alpha", double.NaN), layer.Get(prefix + "Beta", double.NaN)).Of;
    }

    private double[] Product(string name, double[] vector, string suffix)
    {
        float[] weights = Find($"weight_{name}_l0{suffix}")!;
        float[]? bias = Find($"bias_{name}_l0{suffix}");
        var sums = new double[weights.Length / vector.Length];
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] = bias?[row] ?? 0;
            for (int k = 0; k < vector.Length; k++)
            {
                sums[row] += weights[(row * vector.Length) + k] * vector[k];
            }
        }

        return sums;
    }

    private float[]? Find(string name) => layer.Tensors.FirstOrDefault(tensor => tensor.Name == name)?.Values;

    private static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
