namespace RnnGen.Formats;

/// <summary>How a model is written as an ONNX graph: <see cref="OnnxExport"/>.</summary>
public sealed class OnnxExportOptions
{
    /// <summary>
    /// Whether the states are inputs and outputs of the graph, so that a call continues where the one before it stopped. The input <c>Memory.h</c>, [1, batch, size of h],
    /// has the name of the state (<see cref="State.Names"/>), and the output <c>Memory.h_next</c> is its value after the last step. <see langword="false"/>, the default:
    /// every call is a whole window, from the model's initial state. A layer that is not <see cref="Direction.Forward"/> needs whole windows.
    /// </summary>
    public bool Streaming { get; init; }
}
