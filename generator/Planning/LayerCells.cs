using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Which equations a layer stands for.</summary>
internal static class LayerCells
{
    public static Cell Of(LayerSpec layer) => layer.Kind switch
    {
        LayerKind.Rnn => Rnn.Create(layer.InputSize, layer.Size, Function(layer), layer.Bias, layer.Options),
        LayerKind.Lstm => Lstm.Create(layer.InputSize, layer.Size, layer.Bias, layer.Options),
        LayerKind.Gru => Gru.Create(layer.InputSize, layer.Size, layer.LinearBeforeReset, layer.Bias, layer.Options),
        LayerKind.Activation => FeedForward.Activation(layer.Size, Function(layer)),
        LayerKind.LayerNorm => FeedForward.LayerNorm(layer.Size, layer.Bias),
        LayerKind.Normalization => FeedForward.Normalization(layer.Size),
        LayerKind.Embedding => FeedForward.Embedding(layer.InputSize, layer.Size),
        _ => FeedForward.Dense(layer.InputSize, layer.Size, layer.Bias, isTied: layer.TiedTo is not null),
    };

    /// <summary>What of a layer its equations depend on: layers for which this is equal have the same.</summary>
    public static LayerSpec Essence(LayerSpec layer) => new(
        Name: "", layer.IsHead ? LayerKind.Dense : layer.Kind, layer.InputSize, layer.Size, layer.Activation, layer.LinearBeforeReset, ReturnSequences: true, layer.Bias, Property: null)
    {
        Options = layer.Options,
        TiedTo = layer.TiedTo,
    };

    private static FunctionSpec Function(LayerSpec layer) => new(layer.Activation, layer.Options.Alpha, layer.Options.Beta);
}
