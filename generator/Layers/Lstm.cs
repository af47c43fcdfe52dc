using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>
/// The long short-term memory cell (Hochreiter and Schmidhuber 1997, with forget gate), with PyTorch's equations and projection. Peepholes, coupled
/// gates, clipping and functions are those of ONNX, normalization that of Ba et al. (2016), zoneout that of Krueger et
/// al. (2017), with the output computed from the new memory.
/// </summary>
internal sealed class Lstm : RecurrentLayer
{
    /// <summary>The function of the gates, ONNX's f.</summary>
    public static readonly Function Gate = new("Gate", ActivationKind.Sigmoid);

    /// <summary>The function of the cell gate, ONNX's g.</summary>
    public static readonly Function Candidate = new("Cell", ActivationKind.Tanh);

    /// <summary>The function of the memory in the output, ONNX's h.</summary>
    public static readonly Function Squash = new("Output", ActivationKind.Tanh);

    /// <summary>Whether the gates also read the memory.</summary>
    public static readonly Flag Peepholes = new("Peepholes");

    /// <summary>Whether input and forget gate are coupled: f = 1 - i.</summary>
    public static readonly Flag InputForget = new("InputForget");

    /// <summary>Whether the sums and the memory are normalized.</summary>
    public static readonly Flag LayerNorm = new("LayerNorm");

    /// <summary>The size of the projected h and output; 0 for no projection.</summary>
    public static readonly Number ProjectionSize = new(
        "ProjectionSize", 0, (size, units) => size >= 0 && size < units && size % 1 == 0, units => $"at least 1 and less than the size of the layer, {units} (0 means no projection)");

    /// <summary>The probability that an element of the memory keeps its value.</summary>
    public static readonly Number ZoneoutCell = Number.Probability("ZoneoutCell");

    public override IReadOnlyList<Option> Options =>
        [.. base.Options, ProjectionSize, Gate, Candidate, Squash, Peepholes, InputForget, LayerNorm, ZoneoutCell];

    protected override string Title => "LSTM";

    public override int OutputSize(int units, OptionValues options) => options.Get(ProjectionSize) is > 0 and double size ? (int)size : units;

    protected override void WriteEquations(CellBuilder cell, LayerSpec layer)
    {
        Leaf h = cell.State("h", layer.Size);
        Leaf c = cell.State("c");
        Expression source = Seen(cell, layer, h);
        string[] gates = layer.Get(InputForget) ? ["i", "g", "o"] : ["i", "f", "g", "o"];
        Dictionary<string, Expression>? normalized = layer.Get(LayerNorm) ? cell.NormalizedGates(gates, source) : null;

        Expression i = cell.Let("i", Activate(cell, layer, Gate, Sum("i", c)));
        Expression f = cell.Let("f", layer.Get(InputForget) ? 1 - i : Activate(cell, layer, Gate, Sum("f", c)));
        Expression g = cell.Let("g", Activate(cell, layer, Candidate, Sum("g", null)));
        Expression newC = (f * c) + (i * g);
        if (layer.Get(Peepholes))
        {
            // Before the output gate, which reads it.
            cell.Zoneout(c, newC, layer.Get(ZoneoutCell));
        }

        Expression o = cell.Let("o", Activate(cell, layer, Gate, Sum("o", newC)));
        Expression nextC = cell.Zoneout(c, newC, layer.Get(ZoneoutCell));
        Expression memory = layer.Get(LayerNorm) ? cell.NormalizedMemory(newC) : newC;
        FunctionSpec squash = layer.Get(Squash);
        Expression squashed = cell.Let(squash.Kind == ActivationKind.Tanh ? "tanhC" : "hC", Functions.Of(squash, memory));
        Expression newH = layer.Size < layer.Units
            ? cell.Project("weight_hr_l0", "W_hr", cell.Let("m", o * squashed), layer.Size, Initializer.Uniform(layer.Units))
            : o * squashed;
        Expression nextH = cell.Zoneout(h, newH, layer.Get(Zoneout));
        cell.Next(c, nextC);
        cell.Next(h, nextH);
        cell.Output(nextH, layer.Size);

        // With peepholes, gates read the memory through one weight per unit: the output gate the new memory, the others the old one.
        Expression Sum(string gate, Expression? seen)
        {
            Expression sum = normalized is null ? cell.Gate(gate, source) : normalized[gate];
            return layer.Get(Peepholes) && seen is not null
                ? sum + (cell.Vector($"weight_c{gate}_l0", $"w_c{gate}", layer.Units, Initializer.Uniform(layer.Units)) * seen)
                : sum;
        }
    }
}
