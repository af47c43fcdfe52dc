using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>The minGRU (Feng et al. 2024): gate and candidate read only the input, so that the new state is linear in the old one.</summary>
internal sealed class MinGru : RecurrentLayer
{
    protected override string Title => "minGRU";

    public override string? WhyIdle(Option option, OptionValues others) => option == RecurrentDropout ? "no matrix reads the state" : null;

    protected override void WriteEquations(CellBuilder cell, LayerSpec layer)
    {
        Leaf h = cell.State("h");
        Expression z = cell.Let("z", cell.Sigmoid(cell.Clip(cell.FromInput("z"), layer.Get(Clip))));
        Expression n = cell.Let("n", cell.Clip(cell.FromInput("n"), layer.Get(Clip)));
        Finish(cell, layer, h, ((1 - z) * h) + (z * n));
    }
}
