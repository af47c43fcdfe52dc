using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Changes the header of a safetensors file, as another program might.</summary>
internal static class HeaderText
{
    private const string Metadata = "__metadata__";

    public static byte[] Edit(byte[] file, Action<JsonObject> edit)
    {
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        edit(header);
        byte[] text = Encoding.UTF8.GetBytes(header.ToJsonString());
        byte[] newLength = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(newLength, text.Length);
        return [.. newLength, .. text, .. file.AsSpan(8 + length)];
    }

    /// <summary>The same file as one from before there were checksums.</summary>
    public static byte[] WithoutChecksums(byte[] file) => Edit(file, header =>
    {
        JsonObject texts = Texts(header);
        foreach (string key in texts.Select(text => text.Key).Where(key => key.StartsWith("rnngen.crc32c", StringComparison.Ordinal)).ToArray())
        {
            texts.Remove(key);
        }
    });

    /// <summary>The same file, in which a tensor has another name.</summary>
    public static byte[] Renamed(byte[] file, string name, string newName) => Edit(file, header =>
    {
        JsonNode tensor = header[name]!.DeepClone();
        header.Remove(name);
        header.Add(newName, tensor);
    });

    public static JsonObject Texts(JsonObject header) => header[Metadata]!.AsObject();

    /// <summary>Writes one number of a tensor.</summary>
    public static byte[] WithNumber(byte[] file, string tensor, int index, long value)
    {
        byte[] changed = [.. file];
        int length = (int)BinaryPrimitives.ReadInt64LittleEndian(file);
        JsonObject header = JsonNode.Parse(file.AsSpan(8, length))!.AsObject();
        int start = 8 + length + (int)header[tensor]!["data_offsets"]![0]!;
        BinaryPrimitives.WriteInt64LittleEndian(changed.AsSpan(start + (index * sizeof(long))), value);
        return changed;
    }
}
