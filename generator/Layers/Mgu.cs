using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>The minimal gated unit (Zhou et al. 2016): a GRU whose one gate, the f of the paper, both resets and updates.</summary>
internal sealed class Mgu : RecurrentLayer
{
    /// <summary>The function of the gate.</summary>
    public static readonly Function Gate = new("Gate", ActivationKind.Sigmoid);

    /// <summary>The function of the candidate.</summary>
    public static readonly Function Candidate = new("Candidate", ActivationKind.Tanh);

    public override IReadOnlyList<Option> Options => [.. base.Options, Gate, Candidate];

    protected override string Title => "MGU";

    protected override void WriteEquations(CellBuilder cell, LayerSpec layer)
    {
        Leaf h = cell.State("h");
        Expression seen = Seen(cell, layer, h);
        Expression z = cell.Let("z", Activate(cell, layer, Gate, cell.Gate("z", seen)));
        Expression n = cell.Let("n", Activate(cell, layer, Candidate, cell.Gate("n", cell.Let("zh", z * seen))));
        Finish(cell, layer, h, ((1 - z) * h) + (z * n));
    }
}
