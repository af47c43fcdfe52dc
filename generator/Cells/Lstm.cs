using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>
/// The long short-term memory cell (Hochreiter and Schmidhuber 1997, with forget gate), with PyTorch's equations. Peepholes, coupled
/// gates, clipping and functions are ONNX's, the projection PyTorch's, the normalisation that of Ba et al. (2016), zoneout that of Krueger et
/// al. (2017), whose output is made of the computed memory.
/// </summary>
internal static class Lstm
{
    public static Cell Create(int inputSize, int size, bool bias = true) => Create(inputSize, size, bias, new CellOptions());

    /// <param name="inputSize">Numbers that come in.</param>
    /// <param name="size">Numbers that go out; those of the memory, too, unless the output is projected.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="options">What else is asked for.</param>
    public static Cell Create(int inputSize, int size, bool bias, CellOptions options)
    {
        int units = options.ProjectedFrom > 0 ? options.ProjectedFrom : size;
        return Cell.Define("LSTM", inputSize, units, bias, cell =>
        {
            Leaf h = cell.State("h", size);
            Leaf c = cell.State("c");
            Expression source = cell.Dropped(h, options.RecurrentDropout);
            string[] names = options.InputForget ? ["i", "g", "o"] : ["i", "f", "g", "o"];
            Dictionary<string, Expression>? normalized = options.LayerNorm ? cell.NormalizedGates(names, source) : null;
            FunctionSpec gate = options.Gate ?? new FunctionSpec(ActivationKind.Sigmoid);
            FunctionSpec candidate = options.Candidate ?? new FunctionSpec(ActivationKind.Tanh);
            FunctionSpec output = options.Output ?? new FunctionSpec(ActivationKind.Tanh);

            Expression i = cell.Let("i", Functions.Of(gate, Sum("i", c)));
            Expression f = cell.Let("f", options.InputForget ? 1 - i : Functions.Of(gate, Sum("f", c)));
            Expression g = cell.Let("g", Functions.Of(candidate, Sum("g", null)));
            Expression newC = (f * c) + (i * g);
            if (options.Peepholes)
            {
                // The output gate sees it, so that it stands before the gate.
                cell.Zoneout(c, newC, options.ZoneoutCell);
            }

            Expression o = cell.Let("o", Functions.Of(gate, Sum("o", newC)));
            Expression nextC = cell.Zoneout(c, newC, options.ZoneoutCell);
            Expression memory = options.LayerNorm ? cell.NormalizedMemory(newC) : newC;
            Expression squashed = cell.Let(output.Kind == ActivationKind.Tanh ? "tanhC" : "hC", Functions.Of(output, memory));
            Expression newH = options.ProjectedFrom > 0
                ? cell.Project("weight_hr_l0", "W_hr", cell.Let("m", o * squashed), size, Initializer.Uniform(units))
                : o * squashed;
            Expression nextH = cell.Zoneout(h, newH, options.Zoneout);
            cell.LearnInitialState(options.LearnInitialState);
            cell.Next(c, nextC);
            cell.Next(h, nextH);
            cell.Output(nextH, size);

            // With peepholes, a gate sees the memory through one number per unit: the old one, but the output gate the new one.
            Expression Sum(string name, Expression? seen)
            {
                Expression sum = normalized is null ? cell.Gate(name, source) : normalized[name];
                if (options.Peepholes && seen is not null)
                {
                    sum += cell.Vector($"weight_c{name}_l0", $"w_c{name}", units, Initializer.Uniform(units)) * seen;
                }

                return cell.Clip(sum, options.Clip);
            }
        });
    }
}
