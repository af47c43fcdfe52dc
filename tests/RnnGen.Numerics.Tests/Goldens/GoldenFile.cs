using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace RnnGen.Numerics.Tests.Goldens;

/// <summary>A file of reference numbers from PyTorch: options and tensors.</summary>
internal sealed class GoldenFile
{
    private static readonly ConcurrentDictionary<string, GoldenFile> Opened = [];

    private readonly byte[] _bytes;
    private readonly long _data;
    private readonly JsonElement _header;

    // Numbers that nobody has compared anything with yet; of those in two precisions, one stands for both.
    private readonly HashSet<string> _unread;

    public GoldenFile(string name, string folder = "goldens")
    {
        _bytes = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, folder, name));
        long length = BinaryPrimitives.ReadInt64LittleEndian(_bytes);
        _data = 8 + length;
        _header = JsonDocument.Parse(_bytes.AsMemory(8, (int)length)).RootElement;
        _unread = [.. _header.EnumerateObject().Select(tensor => Plain(tensor.Name)).Where(tensor => tensor != "__metadata__")];
        Opened[name] = this;
    }

    /// <summary>The tensors that the last reader of a file has not read, so that a check cannot skip any.</summary>
    public static IReadOnlyCollection<string> Unread(string name) => Opened[name]._unread;

    public bool Has(string tensor) => _header.TryGetProperty(tensor, out _);

    public int Option(string name) => int.Parse(Text(name));

    public JsonElement Json(string name) => JsonDocument.Parse(_header.GetProperty("__metadata__").GetProperty(name).GetString()!).RootElement;

    public string Text(string name) => Json(name).ToString();

    public float[] Floats(string tensor) => MemoryMarshal.Cast<byte, float>(Raw(tensor, "F32")).ToArray();

    public int[] Integers(string tensor) => [.. MemoryMarshal.Cast<byte, long>(Raw(tensor, "I64")).ToArray().Select(v => (int)v)];

    /// <summary>The values in double precision, or, where the file has rounded ones only, those.</summary>
    public double[] Doubles(string tensor) => Has("f64." + tensor)
        ? MemoryMarshal.Cast<byte, double>(Raw("f64." + tensor, "F64")).ToArray()
        : [.. Floats(tensor).Select(v => (double)v)];

    private static string Plain(string tensor) => tensor.StartsWith("f64.") ? tensor["f64.".Length..] : tensor;

    private ReadOnlySpan<byte> Raw(string tensor, string type)
    {
        _unread.Remove(Plain(tensor));
        JsonElement entry = _header.GetProperty(tensor);
        Assert.Equal(type, entry.GetProperty("dtype").GetString());
        JsonElement offsets = entry.GetProperty("data_offsets");
        long start = offsets[0].GetInt64();
        return _bytes.AsSpan((int)(_data + start), (int)(offsets[1].GetInt64() - start));
    }
}
