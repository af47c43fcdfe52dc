using System.Text;
using RnnGen.Checkpoints;
using RnnGen.Tool.Description;

namespace RnnGen.Tool.Writing;

/// <summary>The two files of an import: the class, and its weights. There are both or, after an error, none that was not there before.</summary>
internal static class ImportedFiles
{
    /// <summary>Writes the files.</summary>
    /// <param name="model">The network.</param>
    /// <param name="names">The names of the class and its namespace.</param>
    /// <param name="source">The name of the file that was imported.</param>
    /// <param name="steps">The longest window; null for that of the file, or a usual one.</param>
    /// <param name="folder">The folder, which is made if it is missing.</param>
    /// <returns>The paths of the class and the weights.</returns>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public static (string Class, string Weights) Write(ImportedModel model, ClassNames names, string source, int? steps, string folder)
    {
        byte[] text = Encoding.UTF8.GetBytes(ClassWriter.Write(model, names, source, steps));
        string classPath = Path.Combine(folder, names.Class + ".cs");
        string weightsPath = Path.Combine(folder, names.Class + ".safetensors");
        SafetensorsContent weights = Weights(model, weightsPath);
        byte[]? old;
        try
        {
            Directory.CreateDirectory(folder);
            old = File.Exists(classPath) ? File.ReadAllBytes(classPath) : null;
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw new CheckpointException(CheckpointReason.File, folder, $"cannot be written: {e}", e);
        }

        AtomicFile.Write(classPath, text.Length, stream => stream.Write(text));
        try
        {
            weights.WriteTo(weightsPath);
        }
        catch (CheckpointException)
        {
            Restore(classPath, old);
            throw;
        }

        return (classPath, weightsPath);
    }

    /// <summary>The weights as the class loads them.</summary>
    /// <param name="model">The network.</param>
    /// <param name="path">The file, for messages.</param>
    public static SafetensorsContent Weights(ImportedModel model, string path)
    {
        TensorToWrite[] tensors = [.. Tensors(model).Select(tensor => new TensorToWrite(tensor.Name, tensor.Shape, tensor.Values.ToArray()))];
        return SafetensorsContent.Of(path, tensors, new Dictionary<string, string>());
    }

    /// <summary>The weights by their names in the class.</summary>
    /// <param name="model">The network.</param>
    public static IReadOnlyList<FileTensor> Tensors(ImportedModel model) =>
        [.. model.Layers.SelectMany(layer => layer.Tensors.Select(tensor => new FileTensor($"{layer.Name}.{tensor.Name}", ElementType.Float, tensor.Shape, tensor.Values)))];

    private static void Restore(string path, byte[]? old)
    {
        if (old is null)
        {
            File.Delete(path);
        }
        else
        {
            AtomicFile.Write(path, old.Length, stream => stream.Write(old));
        }
    }
}
