using RnnGen.Formats;
using RnnGen.Formats.Json;
using RnnGen.Formats.Onnx;
using RnnGen.Tool.Description;
using RnnGen.Tool.Import;
using RnnGen.Tool.Keras;
using RnnGen.Tool.Onnx;

namespace RnnGen.Tool.Commands;

/// <summary>A file that holds a network, not only tensors.</summary>
internal static class NetworkFile
{
    private const string Networks = "ONNX, Keras or RTNeural";

    /// <summary>Reads a file.</summary>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (Checkpoints.FileErrors.Includes(e))
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }
    }

    /// <summary>The network in a file.</summary>
    /// <param name="path">Where it is, for messages.</param>
    /// <param name="file">Its content.</param>
    /// <param name="settings">What the import is told besides.</param>
    /// <exception cref="ImportException">No class can express it, or it holds only tensors.</exception>
    /// <exception cref="CheckpointException">It is broken.</exception>
    public static ImportedModel Import(string path, ReadOnlyMemory<byte> file, ImportSettings settings)
    {
        TensorFileFormat? format = FormatOf(file);
        if (format is OnnxFormat)
        {
            return OnnxImporter.Import(OnnxModel.Read(path, file), file.Length, settings);
        }

        if (format is not null && TensorFiles.Read(path, file) is var tensors && HasLayers(format, tensors))
        {
            return KerasImporter.Import(tensors, file.Length, settings);
        }

        throw new ImportException(
            $"File '{path}'", format is null
                ? (FormattableString)$"expected a network ({Networks}), found a file of no known format."
                : $"expected a network ({Networks}), found tensors without one ({format.Name}). Declare the class, and place its tensors with Load(path, options).");
    }

    /// <summary>Whether a file describes layers as Keras has them.</summary>
    public static bool HasLayers(TensorFileFormat? format, TensorFile file) => format is KerasArchiveFormat or KerasHdf5Format || (format is JsonFormat && RtNeuralModel.IsIn(file));

    /// <summary>The format of a file; null if it is none that is known.</summary>
    public static TensorFileFormat? FormatOf(ReadOnlyMemory<byte> file) => TensorFileFormat.All.FirstOrDefault(format => format.Recognizes(file));
}
