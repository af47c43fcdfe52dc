using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Fuzz;

/// <summary>Writes TensorFlow Lite files with one graph of tensors and their buffers, all from front to back.</summary>
internal sealed class FlatbufferWriter
{
    private readonly List<byte> _bytes = [];

    /// <summary>A tensor with data.</summary>
    public sealed record Tensor(string Name, byte Type, int[] Shape, byte[] Data, float[]? Scales = null, long[]? ZeroPoints = null, int Dimension = 0);

    /// <summary>A whole file. Buffer k + 1 belongs to tensor k, unless all share the first one.</summary>
    public static byte[] File(IReadOnlyList<Tensor> tensors, bool isShared = false, int version = 3)
    {
        var writer = new FlatbufferWriter();
        writer._bytes.AddRange(new byte[4]);
        writer._bytes.AddRange("TFL3"u8.ToArray());
        int[] root = writer.Table((0, version), (2, null), (4, null));
        writer.Refer(0, root[0]);
        writer.Refer(root[1], writer.Row(1, out int graphs));
        int[] graph = writer.Table((0, null));
        writer.Refer(graphs, graph[0]);
        writer.Refer(graph[1], writer.Row(tensors.Count, out int entries));
        writer.Refer(root[2], writer.Row((isShared ? 1 : tensors.Count) + 1, out int buffers));
        writer.Refer(buffers, writer.Table()[0]);
        for (int k = 0; k < tensors.Count; k++)
        {
            Tensor tensor = tensors[k];
            int[] table = writer.Table((0, null), (1, tensor.Type), (2, isShared ? 1 : k + 1), (3, null), (4, tensor.Scales is null ? 0 : null));
            writer.Refer(entries + (4 * k), table[0]);
            writer.Refer(table[1], writer.Vector(tensor.Shape.Length, [.. tensor.Shape.SelectMany(BitConverter.GetBytes)]));
            writer.Refer(table[2], writer.Vector(Encoding.UTF8.GetByteCount(tensor.Name), Encoding.UTF8.GetBytes(tensor.Name)));
            if (tensor.Scales is not null)
            {
                int[] quantization = writer.Table((2, null), (3, null), (6, tensor.Dimension));
                writer.Refer(table[3], quantization[0]);
                writer.Refer(quantization[1], writer.Vector(tensor.Scales.Length, [.. tensor.Scales.SelectMany(BitConverter.GetBytes)]));
                writer.Refer(quantization[2], writer.Vector(tensor.ZeroPoints!.Length, [.. tensor.ZeroPoints.SelectMany(BitConverter.GetBytes)]));
            }

            if (k == 0 || !isShared)
            {
                int[] buffer = writer.Table((0, null));
                writer.Refer(buffers + (4 * (k + 1)), buffer[0]);
                writer.Refer(buffer[1], writer.Vector(tensor.Data.Length, tensor.Data));
            }
        }

        return [.. writer._bytes];
    }

    /// <summary>A table of fields of four bytes; those that are null refer to something. Returns its place, and those of the references.</summary>
    private int[] Table(params (int Field, int? Value)[] fields)
    {
        int count = fields.Length == 0 ? 0 : fields[^1].Field + 1;
        ushort[] places = new ushort[count];
        for (int k = 0; k < fields.Length; k++)
        {
            // A field with 0 is one that is not there.
            places[fields[k].Field] = fields[k].Value == 0 ? (ushort)0 : (ushort)(4 + (4 * k));
        }

        int start = _bytes.Count;
        ushort[] header = [(ushort)(4 + (2 * count)), (ushort)(4 + (4 * fields.Length)), .. places];
        _bytes.AddRange(header.SelectMany(BitConverter.GetBytes));
        int table = _bytes.Count;
        _bytes.AddRange(BitConverter.GetBytes(table - start));
        var result = new List<int> { table };
        foreach ((_, int? value) in fields)
        {
            if (value != 0 && value is null)
            {
                result.Add(_bytes.Count);
            }

            _bytes.AddRange(BitConverter.GetBytes(value ?? 0));
        }

        return [.. result];
    }

    private int Row(int count, out int first)
    {
        int place = Vector(count, new byte[4 * count]);
        first = place + 4;
        return place;
    }

    private int Vector(int count, byte[] bytes)
    {
        int place = _bytes.Count;
        _bytes.AddRange(BitConverter.GetBytes(count));
        _bytes.AddRange(bytes);
        return place;
    }

    private void Refer(int from, int to)
    {
        Span<byte> reference = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(reference, to - from);
        for (int k = 0; k < 4; k++)
        {
            _bytes[from + k] = reference[k];
        }
    }
}
