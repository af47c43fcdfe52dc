namespace RnnGen.Formats;

/// <summary>Reads datasets as tensors.</summary>
internal static class Hdf5Dataset
{
    private const int Compact = 0;
    private const int Contiguous = 1;
    private const int Chunked = 2;

    /// <summary>Reads a dataset.</summary>
    /// <param name="source">The file.</param>
    /// <param name="dataset">The dataset.</param>
    /// <param name="name">The name of the tensor.</param>
    /// <returns>The tensor; null for a dataset of something else than numbers.</returns>
    /// <exception cref="CheckpointException">It is broken, or kept in a way that is not read.</exception>
    public static FileTensor? Read(Hdf5Source source, Hdf5Object dataset, string name)
    {
        Hdf5Header header = dataset.Header;
        Hdf5Datatype type = Hdf5Datatype.Read(source, header.Get(Hdf5MessageType.Datatype, name));
        string? element = type.Element ?? (IsKerasBfloat16(dataset, type) ? "BF16" : null);
        if (element is null)
        {
            return !type.IsNumber ? null : throw source.Broken(
                header.Address, $"expected integers of 8 to 64 bits or IEEE floats of 16 to 64, found other numbers of {type.Size} bytes. Convert it to float32.", name, CheckpointReason.Type);
        }

        if (Hdf5Shape.Read(source, header.Get(Hdf5MessageType.Dataspace, name), name) is not { } shape)
        {
            return null;
        }

        long count = Hdf5Shape.Count(shape);
        if (count > Array.MaxLength)
        {
            throw source.Broken(header.Address, $"expected at most {Array.MaxLength} elements, found shape [{string.Join(", ", shape)}].", name, CheckpointReason.Shape);
        }

        float[] values = count == 0 ? [] : ReadValues(source, header, new Hdf5Elements(name, element, type, shape, (int)count));
        return new FileTensor(name, element, shape, values);
    }

    /// <summary>NumPy has no bfloat16: Keras writes the bytes, and an attribute that says what they are.</summary>
    private static bool IsKerasBfloat16(Hdf5Object dataset, Hdf5Datatype type) =>
        type is { Class: Hdf5Class.Opaque, Size: 2 } && dataset.Attributes().Any(attribute => attribute.Name == "dtype" && attribute.Texts() is ["bfloat16"]);

    private static float[] ReadValues(Hdf5Source source, Hdf5Header header, Hdf5Elements elements)
    {
        Hdf5Cursor layout = header.Get(Hdf5MessageType.Layout, elements.Name);
        long at = layout.Position;
        int version = layout.Version(1, 4);
        int rank = version < 3 ? layout.Byte() : 0;
        int kind = layout.Byte();
        layout.Skip(version < 3 ? 5 : 0);
        switch (kind)
        {
            case Compact:
                layout.Skip(version < 3 ? 4 * rank : 0);
                long size = version < 3 ? layout.UInt32() : layout.UInt16();
                Hdf5Cursor data = layout.Part(size, "the elements of a tensor");
                return Convert(source, elements, data.Position, Math.Min(size, elements.Bytes));
            case Contiguous:
                return Convert(source, elements, layout.Address(), elements.Bytes);
            case Chunked:
                return Hdf5Chunks.Read(source, header, elements, layout, version, rank);
            default:
                throw source.Broken(at, $"expected elements in this file, found a virtual dataset, whose elements are in others. Copy them into one file.", elements.Name);
        }
    }

    private static float[] Convert(Hdf5Source source, Hdf5Elements elements, long address, long bytes)
    {
        if (address == Hdf5Source.Undefined || bytes < elements.Bytes)
        {
            throw source.Broken(
                address, $"expected {elements.Bytes} bytes of elements in the file, found {(address == Hdf5Source.Undefined ? 0 : bytes)}: they were not written, or are in another file.", elements.Name);
        }

        ReadOnlyMemory<byte> data = source.Slice(address, bytes, "the elements of a tensor");
        source.CountData(address, bytes, elements.Name);
        return Elements.ToFloats(elements.Element, data.Span, elements.Type.IsBigEndian);
    }
}
