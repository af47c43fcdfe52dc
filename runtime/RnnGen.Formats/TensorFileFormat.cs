using RnnGen.Formats.Json;
using RnnGen.Formats.Nam;
using RnnGen.Formats.Onnx;
using RnnGen.Formats.RnNoise;
using RnnGen.Formats.TensorFlow;
using RnnGen.Formats.Tflite;

namespace RnnGen.Formats;

/// <summary>A format of files with named tensors.</summary>
/// <remarks>A reader believes a declared size only as far as bytes are there, and executes nothing.</remarks>
internal abstract class TensorFileFormat
{
    /// <summary>The formats, in the order in which a file is offered to them.</summary>
    public static IReadOnlyList<TensorFileFormat> All { get; } =
    [
        new SafetensorsFormat(),
        new NumpyArrayFormat(),
        new NumpyArchiveFormat(),
        new TorchArchiveFormat(),
        new TorchLegacyFormat(),
        new KerasArchiveFormat(),
        new KerasHdf5Format(),
        new TfliteFormat(),
        new RnNoiseFormat(),
        new NamFormat(),
        new JsonFormat(),
        new TensorFlowGraphFormat(),
        new OnnxFormat(),
    ];

    /// <summary>What a file of it is called in messages, such as <c>NumPy archive</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Whether a file is one of this format, or a broken one: by its first bytes, or the names in its archive.</summary>
    public abstract bool Recognizes(ReadOnlyMemory<byte> file);

    /// <summary>Reads all tensors.</summary>
    /// <param name="path">Where the file is, for messages.</param>
    /// <param name="file">Its content.</param>
    /// <exception cref="CheckpointException">The file is broken, or has something that must not be read.</exception>
    public abstract TensorFile Read(string path, ReadOnlyMemory<byte> file);
}
