using RnnGen.Formats.Onnx;

namespace RnnGen.Formats;

/// <summary>
/// Writes models as ONNX graphs (operator set 17) for other runtimes. ONNX Runtime's results agree within 1e-5.
/// <para>
/// The input is <c>input</c>, [steps, batch, InputSize], or int64 tokens [steps, batch]. Each head is an output with its name, [steps, batch, size], and a model without a head has
/// its last layer as the output; where only the last step of a window has outputs, they are [1, batch, size]. Every call is a whole window of any length, or
/// continues from given states: <see cref="OnnxExportOptions.Streaming"/>. Recurrent layers are the operators RNN, GRU and LSTM, a node per level; dropout is left out. What no
/// operator computes is refused: zoneout, <c>ProjectionSize</c> and <c>LayerNorm</c> of an LSTM, <c>[MinGru]</c>, <c>[Mgu]</c>.
/// </para>
/// </summary>
public static class OnnxExport
{
    /// <summary>Writes a model as an ONNX file.</summary>
    /// <param name="model">The model. Its metadata become those of the file.</param>
    /// <param name="path">The file. It is replaced completely or, on an error, not at all.</param>
    /// <param name="options">How it is written; null for whole windows.</param>
    /// <exception cref="NotSupportedException">ONNX cannot express the model; the message has the layer and the option. Nothing was written.</exception>
    /// <exception cref="CheckpointException">The file cannot be written.</exception>
    public static void ExportOnnx(this IRnnModel model, string path, OnnxExportOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ExportedFile.Write(path, FileOf(model, options));
    }

    /// <summary>Writes a model as an ONNX file to a stream. If the stream throws an exception, part of the file may have been written.</summary>
    /// <param name="model">The model. Its metadata become those of the file.</param>
    /// <param name="stream">Receives the file, from its position on. It is neither flushed nor closed.</param>
    /// <param name="options">How it is written; null for whole windows.</param>
    /// <exception cref="NotSupportedException">ONNX cannot express the model; the message has the layer and the option. Nothing was written.</exception>
    /// <exception cref="CheckpointException">The stream threw an exception, which is the inner exception.</exception>
    public static void ExportOnnx(this IRnnModel model, Stream stream, OnnxExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ExportedFile.Write(stream, FileOf(model, options));
    }

    private static ReadOnlyMemory<byte> FileOf(IRnnModel model, OnnxExportOptions? options)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OnnxModelWriter(model, options?.Streaming ?? false).Write();
    }
}
