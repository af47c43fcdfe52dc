using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>A vector per token: a product with a one-hot vector, whose matrix the checkpoint stores with one row per token.</summary>
internal sealed class Embedding : LayerKind
{
    public override Cell CellOf(LayerSpec layer) => Cell.Define("Embedding", layer.InputSize, layer.Units, bias: false, cell =>
        cell.Output(cell.Let("y", cell.Project("weight", "E", cell.Input, layer.Units, Initializer.Normal, transposed: true))));
}
