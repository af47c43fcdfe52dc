using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Layers;

/// <summary>Scales the model's inputs to mean 0 and variance 1: Keras' Normalization, whose √variance is at least 1e-7.</summary>
internal sealed class Normalization : LayerKind
{
    public override bool KeepsSize => true;

    public override Cell CellOf(LayerSpec layer) => Cell.Define("Normalization", layer.InputSize, layer.Units, bias: false, cell =>
    {
        Expression mean = cell.Vector("mean", "mean", layer.Units, Initializer.Zeros, role: TensorRole.Constant);
        Expression variance = cell.Vector("variance", "variance", layer.Units, Initializer.Ones, role: TensorRole.Constant);
        Expression bounded = cell.Apply(ElementFunction.Clip(1e-14, float.MaxValue), variance);
        cell.Output(cell.Let("y", (cell.Input - mean) * cell.Let("scale", cell.Apply(ElementFunction.ReciprocalSqrt, bounded))));
    });
}
