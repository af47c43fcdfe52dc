using RnnGen.Generator.Cells;
using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>Which equations a layer stands for.</summary>
internal static class LayerCells
{
    public static Cell Of(LayerSpec layer) => layer.Kind switch
    {
        LayerKind.Rnn => Rnn.Create(layer.InputSize, layer.Size, Function(layer.Activation), layer.Bias),
        LayerKind.Lstm => Lstm.Create(layer.InputSize, layer.Size, layer.Bias),
        LayerKind.Gru => Gru.Create(layer.InputSize, layer.Size, layer.LinearBeforeReset, layer.Bias),
        LayerKind.Activation => FeedForward.Activation(layer.Size, Function(layer.Activation)),
        LayerKind.Embedding => FeedForward.Embedding(layer.InputSize, layer.Size),
        _ => FeedForward.Dense(layer.InputSize, layer.Size, layer.Bias),
    };

    private static ElementFunction Function(ActivationKind kind) => kind switch
    {
        ActivationKind.Tanh => ElementFunction.Tanh,
        ActivationKind.Sigmoid => ElementFunction.Sigmoid,
        _ => ElementFunction.Relu,
    };
}
