using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Writes files that no model would write.</summary>
internal static class TensorFile
{
    public static void Write(string path, IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string> metadata) =>
        SafetensorsContent.Of(path, tensors, metadata).WriteTo(path);
}
