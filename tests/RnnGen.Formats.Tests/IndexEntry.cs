using System.Globalization;
using System.Text.Json;

namespace RnnGen.Formats.Tests;

/// <summary>What the index of the published networks says about a safetensors file.</summary>
/// <param name="File">Its path in the folder.</param>
/// <param name="Tensors">Element type and shape of every tensor, such as <c>float32 [27, 6]</c>.</param>
internal sealed record IndexEntry(string File, IReadOnlyDictionary<string, string> Tensors)
{
    public static IReadOnlyList<IndexEntry> ReadAll()
    {
        using var index = JsonDocument.Parse(System.IO.File.ReadAllText(SharedFiles.Find("index.json")));
        return [.. index.RootElement.EnumerateArray().Where(entry => entry.TryGetProperty("tensors", out _)).Select(Of)];
    }

    /// <summary>How the index writes type and shape.</summary>
    public static string Describe(FileTensor tensor)
    {
        string type = tensor.ElementType switch { "F32" => "float32", "F64" => "float64", "I64" => "int64", "I32" => "int32", _ => tensor.ElementType };
        return $"{type} [{string.Join(", ", tensor.Shape.Select(size => size.ToString(CultureInfo.InvariantCulture)))}]";
    }

    private static IndexEntry Of(JsonElement entry)
    {
        string file = (entry.TryGetProperty("file", out JsonElement name) ? name : entry.GetProperty("expected")).GetString()!;
        return new IndexEntry(file, entry.GetProperty("tensors").EnumerateObject().ToDictionary(tensor => tensor.Name, tensor => tensor.Value.GetString()!));
    }
}
