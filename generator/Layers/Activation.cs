using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>An element-wise function as a layer.</summary>
internal sealed class Activation : LayerKind
{
    public static readonly Function Function = new("", ActivationKind.Tanh);

    public override bool KeepsSize => true;

    public override IReadOnlyList<Option> Options => [Function];

    public override Option Argument => Function;

    public override Cell CellOf(LayerSpec layer) => Cell.Define("Activation", layer.InputSize, layer.Units, bias: false, cell =>
        cell.Output(cell.Let("y", cell.Own(Functions.Of(layer.Get(Function), cell.Input)))));
}
