using System.Text;

namespace RnnGen.Fuzz;

/// <summary>Makes pickles, instruction by instruction.</summary>
internal sealed class PickleBuilder
{
    private readonly List<byte> _bytes = [0x80, 2];

    public byte[] Build() => [.. _bytes, (byte)'.'];

    /// <summary>Instructions by their letters, such as <c>}(</c>.</summary>
    public PickleBuilder Do(string letters)
    {
        _bytes.AddRange(Encoding.Latin1.GetBytes(letters));
        return this;
    }

    public PickleBuilder Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _bytes.AddRange([(byte)'X', .. BitConverter.GetBytes(bytes.Length), .. bytes]);
        return this;
    }

    public PickleBuilder Number(long number)
    {
        _bytes.AddRange([0x8A, 8, .. BitConverter.GetBytes(number)]);
        return this;
    }

    public PickleBuilder Global(string module, string name) => Do($"c{module}\n{name}\n");

    public PickleBuilder Numbers(params long[] numbers)
    {
        Do("(");
        foreach (long number in numbers)
        {
            Number(number);
        }

        return Do("t");
    }

    public PickleBuilder Storage(string key, long count, string type = "FloatStorage", string? more = null)
    {
        Do("(").Text("storage").Global(type == "UntypedStorage" ? "torch.storage" : "torch", type).Text(key).Text("cpu").Number(count);
        return Do(more ?? "").Do("tQ");
    }

    /// <summary>A view of a storage.</summary>
    public PickleBuilder Tensor(string key, long count, long[] shape, long[] strides, long offset = 0, string type = "FloatStorage") =>
        Global("torch._utils", "_rebuild_tensor_v2").Do("(").Storage(key, count, type).Number(offset).Numbers(shape).Numbers(strides)
            .Do("\u0089").Global("collections", "OrderedDict").Do(")RtR");

    /// <summary>An archive of PyTorch with this pickle.</summary>
    public byte[] Archive(params (string Name, byte[] Content)[] members) =>
        ZipBuilder.Build([("m/data.pkl", Build()), .. members.Select(member => ($"m/{member.Name}", member.Content)), ("m/version", "3\n"u8.ToArray())]);
}
