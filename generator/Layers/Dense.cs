using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A linear layer, PyTorch's <c>nn.Linear</c>.</summary>
internal sealed class Dense : LayerKind
{
    public override IReadOnlyList<Option> Options => [Bias];

    public override Cell CellOf(LayerSpec layer) => Cell.Define("Dense", layer.InputSize, layer.Units, layer.Get(Bias), cell =>
    {
        // A tied matrix is another layer's parameter.
        Initializer initializer = Initializer.Uniform(layer.InputSize);
        Expression sum = cell.Project("weight", "W", cell.Input, layer.Units, initializer, layer.TiedTo is null ? TensorRole.Trained : TensorRole.Tied);
        cell.Output(cell.Let("y", layer.Get(Bias) ? sum + cell.Vector("bias", "b", layer.Units, initializer) : sum));
    });
}
