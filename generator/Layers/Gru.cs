using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>The gated recurrent unit (Cho et al. 2014), with PyTorch's names, and ONNX's clipping and functions.</summary>
internal sealed class Gru : RecurrentLayer
{
    /// <summary>Whether the reset gate acts on the projected state, as in PyTorch, or on the state itself, ONNX's default.</summary>
    public static readonly Flag LinearBeforeReset = new("LinearBeforeReset", otherwise: true);

    /// <summary>The function of the gates, ONNX's f.</summary>
    public static readonly Function Gate = new("Gate", ActivationKind.Sigmoid);

    /// <summary>The function of the candidate, ONNX's g.</summary>
    public static readonly Function Candidate = new("Candidate", ActivationKind.Tanh);

    public override IReadOnlyList<Option> Options => [.. base.Options, LinearBeforeReset, Gate, Candidate];

    protected override string Title => "GRU";

    protected override void WriteEquations(CellBuilder cell, LayerSpec layer)
    {
        Leaf h = cell.State("h");
        Expression seen = Seen(cell, layer, h);
        Expression r = cell.Let("r", Activate(cell, layer, Gate, cell.Gate("r", seen)));
        Expression z = cell.Let("z", Activate(cell, layer, Gate, cell.Gate("z", seen)));
        Expression fromState = layer.Get(LinearBeforeReset)
            ? r * cell.Let("hn", cell.FromState("n", seen))
            : cell.FromState("n", cell.Let("rh", r * seen));
        Expression n = cell.Let("n", Activate(cell, layer, Candidate, cell.FromInput("n") + fromState));
        Finish(cell, layer, h, ((1 - z) * n) + (z * h));
    }
}
