namespace RnnGen.Formats.Tflite;

/// <summary>
/// TensorFlow Lite (<c>.tflite</c>). Its tensors are those with data: the constants. Whole numbers with a scale are given as what they stand for,
/// with the element type of the file. Names are for people there: one that occurs twice gets a number: <c>w</c>, <c>w#2</c>.
/// </summary>
internal sealed class TfliteFormat : TensorFileFormat
{
    private const int Version = 3;

    // The length of a reference to a table.
    private const int Reference = sizeof(uint);

    public override string Name => "TensorFlow Lite file";

    public override bool Recognizes(ReadOnlyMemory<byte> file) => file.Length >= 8 && file.Span.Slice(4, 4).SequenceEqual("TFL3"u8);

    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        var source = new SourceFile(path, file);
        FlatbufferTable model = FlatbufferTable.Root(source);
        if (model.Int(0) != Version)
        {
            throw source.Broken(model.Offset, $"expected version {Version} of TensorFlow Lite's format, found {model.Int(0)}.");
        }

        FlatbufferVector graphs = model.Vector(2, Reference);
        FlatbufferVector buffers = model.Vector(4, Reference);
        var tensors = new List<FileTensor>();
        var names = new UniqueNames();
        long left = file.Length;
        for (int g = 0; g < graphs.Count; g++)
        {
            source.Keep(50, graphs.Offset);
            FlatbufferVector entries = graphs.Table(g).Vector(0, Reference);
            for (int k = 0; k < entries.Count; k++)
            {
                // References may all lead to the same table, so a row of them is paid for, too.
                source.Keep(50, entries.Offset);
                if (ReadTensor(source, entries.Table(k), buffers, names, ref left) is FileTensor tensor)
                {
                    tensors.Add(tensor);
                }
            }
        }

        return new TensorFile(Name, path, tensors);
    }

    private static FileTensor? ReadTensor(SourceFile file, FlatbufferTable table, FlatbufferVector buffers, UniqueNames names, ref long left)
    {
        int type = table.Byte(1);
        uint buffer = (uint)table.Int(2);
        string name = table.Text(3);
        if (buffer >= buffers.Count && buffer != 0)
        {
            throw file.Broken(table.Offset, $"expected one of {buffers.Count} buffers, found buffer {buffer}.", name);
        }

        ReadOnlyMemory<byte> data = buffer == 0 ? default : ReadBuffer(file, buffers.Table((int)buffer), name);
        if (data.IsEmpty || type == TfliteElementType.Text)
        {
            // A value that is computed, or labels.
            return null;
        }

        if (table.Table(6) is not null)
        {
            throw file.Broken(table.Offset, $"expected a dense tensor, found a sparse one, which is not read. Convert the network without sparsity.", name);
        }

        string elementType = TfliteElementType.NameOf(type) ?? throw new CheckpointException(
            CheckpointReason.Type, file.Path, name, table.Offset, $"expected real numbers of at least 8 bits, found element type {type} of TensorFlow Lite, which is not read.");
        int[] shape = ReadShape(file, table, name, out int count);
        long expected = (long)count * Elements.SizeOf(elementType);
        if (data.Length != expected)
        {
            throw file.Broken(table.Offset, $"expected {expected} bytes for {elementType} [{string.Join(", ", shape)}], found {data.Length}.", name);
        }

        // Tensors may share data. All together can have more elements than the file has bytes for.
        left -= data.Length;
        if (left < 0)
        {
            file.Keep((long)sizeof(float) * count, table.Offset);
        }

        file.KeepTensor(name, shape.Length, table.Offset);
        bool isWhole = elementType is not ("F32" or "F16" or "BF16" or "F64" or "BOOL");
        TfliteQuantization? quantization = isWhole && table.Table(4) is FlatbufferTable parameters
            ? TfliteQuantization.Read(file, parameters, shape, name)
            : null;
        float[] values = quantization?.ToFloats(elementType, data.Span) ?? Elements.ToFloats(elementType, data.Span);
        return new FileTensor(names.Add(name), elementType, shape, values);
    }

    private static int[] ReadShape(SourceFile file, FlatbufferTable table, string name, out int count)
    {
        FlatbufferVector sizes = table.Vector(0, sizeof(int));
        if (sizes.Count > Limits.Rank)
        {
            throw file.Broken(table.Offset, $"expected at most {Limits.Rank} dimensions, found {sizes.Count}.", name);
        }

        var shape = new long[sizes.Count];
        for (int d = 0; d < shape.Length; d++)
        {
            shape[d] = sizes.Int(d);
        }

        return FileShape.Read(file, shape, name, table.Offset, out count);
    }

    /// <summary>The data of a buffer: inside of it, or, in files beyond two gigabytes, at a place of the file.</summary>
    private static ReadOnlyMemory<byte> ReadBuffer(SourceFile file, FlatbufferTable buffer, string tensor)
    {
        FlatbufferVector data = buffer.Vector(0, 1);
        ulong offset = (ulong)buffer.Long(1);
        ulong size = (ulong)buffer.Long(2);
        if (data.Count > 0 || offset <= 1 || size == 0)
        {
            return data.Bytes;
        }

        ulong length = (ulong)file.Bytes.Length;
        return offset <= length && size <= length - offset
            ? file.Bytes.Slice((int)offset, (int)size)
            : throw file.Broken(buffer.Offset, $"expected data within the {length} bytes of the file, found {size} bytes at {offset}. The file is cut off.", tensor);
    }
}
