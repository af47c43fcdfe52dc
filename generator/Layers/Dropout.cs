using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Dropout between layers. In the model's graph it is a node of its own, whose masks are drawn for training; outside of it, it does nothing.</summary>
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
