using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Dropout between layers: a node of the model's graph, whose masks are drawn in training; otherwise it does nothing.</summary>
internal sealed class Dropout : LayerKind
{
    /// <summary>The probability that a number is set to 0.</summary>
    public static readonly Number Rate = Number.Probability("Rate");

    /// <summary>Whether the same numbers are dropped at every step of a window.</summary>
    public static readonly Flag Variational = new("Variational");

    public override bool KeepsSize => true;

    public override IReadOnlyList<Option> Options => [Rate, Variational];

    public override Option Argument => Rate;

    public override Cell CellOf(LayerSpec layer) =>
        Cell.Define("Dropout", layer.InputSize, layer.Units, bias: false, cell => cell.Output(cell.Let("y", cell.Own(cell.Input))));
}
