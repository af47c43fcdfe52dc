using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Layer normalization (Ba et al. 2016) as a layer, PyTorch's <c>nn.LayerNorm</c>.</summary>
internal sealed class LayerNorm : LayerKind
{
    /// <summary>What is added to the variance; by default as in PyTorch.</summary>
    public static readonly Number Epsilon = Number.Positive("Epsilon", 1e-5);

    public override bool KeepsSize => true;

    public override IReadOnlyList<Option> Options => [Bias, Epsilon];

    public override Cell CellOf(LayerSpec layer) => Cell.Define("Layer normalization", layer.InputSize, layer.Units, layer.Get(Bias), cell =>
    {
        Expression scaled = cell.Normalize(cell.Input, layer.Get(Epsilon)) * cell.Vector("weight", "γ", layer.Units, Initializer.Ones);
        cell.Output(cell.Let("y", layer.Get(Bias) ? scaled + cell.Vector("bias", "β", layer.Units, Initializer.Zeros) : scaled));
    });
}
