using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>The vanilla (Elman) cell, with PyTorch's equations.</summary>
internal sealed class Rnn : RecurrentLayer
{
    public static readonly Function Function = new("", ActivationKind.Tanh);

    public override IReadOnlyList<Option> Options => [.. base.Options, Function];

    protected override string Title => "RNN";

    protected override void WriteEquations(CellBuilder cell, LayerSpec layer)
    {
        Leaf h = cell.State("h");
        Expression sum = cell.Let("sum", cell.Gate("h", Seen(cell, layer, h)));
        Finish(cell, layer, h, Activate(cell, layer, Function, sum));
    }
}
