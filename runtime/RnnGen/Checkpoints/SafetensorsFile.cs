using System.Buffers.Binary;

namespace RnnGen.Checkpoints;

/// <summary>
/// A safetensors file in memory: eight bytes with the length of the header, the header, and the data of the tensors without gaps or
/// overlaps. A file that deviates in any way is refused, because an almost correct checkpoint means wrong weights.
/// </summary>
internal sealed class SafetensorsFile
{
    public const int LengthSize = sizeof(ulong);

    /// <summary>What such a file is called.</summary>
    public const string Format = "safetensors file";

    /// <summary>The longest header that the format allows.</summary>
    public const int LongestHeader = 100_000_000;

    private readonly Dictionary<string, SafetensorsTensor> _tensors;

    private SafetensorsFile(string path, Dictionary<string, string> metadata, Dictionary<string, SafetensorsTensor> tensors)
    {
        Path = path;
        Metadata = metadata;
        _tensors = tensors;
    }

    public string Path { get; }

    /// <summary>The metadata without the checksums.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    public IReadOnlyDictionary<string, SafetensorsTensor> Tensors => _tensors;

    /// <summary>The tensor with a name.</summary>
    /// <exception cref="CheckpointException">There is no such tensor.</exception>
    public SafetensorsTensor this[string name] => _tensors.TryGetValue(name, out SafetensorsTensor? tensor)
        ? tensor
        : throw new CheckpointException(CheckpointReason.MissingTensor, Path, name, null, $"expected this tensor, found none with this name.");

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, checked.</returns>
    /// <exception cref="CheckpointException">It cannot be read, or is not a valid safetensors file.</exception>
    public static SafetensorsFile Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Parse(path, ReadBytes(path));
    }

    /// <summary>Reads a file from a stream, from its position to its end.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="path">Its name, for messages.</param>
    /// <returns>Its content, checked.</returns>
    /// <exception cref="CheckpointException">It cannot be read, or is not a valid safetensors file.</exception>
    public static SafetensorsFile Read(Stream stream, string path = CheckpointException.StreamPath)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var bytes = new MemoryStream();
        try
        {
            stream.CopyTo(bytes);
        }
        catch (Exception e)
        {
            // Any exception: streams that decompress or decrypt have their own.
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }

        return Parse(path, bytes.ToArray());
    }

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="file">The content of the file.</param>
    /// <returns>Its content, checked.</returns>
    /// <exception cref="CheckpointException">It is not a valid safetensors file.</exception>
    public static SafetensorsFile Read(ReadOnlySpan<byte> file) => Parse(CheckpointException.BytesPath, file.ToArray());

    /// <summary>Reads a file that is in memory.</summary>
    /// <param name="path">Its name, for messages.</param>
    /// <param name="file">Its content, which becomes that of the tensors and must not change any more.</param>
    /// <returns>Its content, checked.</returns>
    /// <exception cref="CheckpointException">It is not a valid safetensors file, or it is damaged.</exception>
    public static SafetensorsFile Parse(string path, ReadOnlyMemory<byte> file)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        ulong headerLength = bytes.Length < LengthSize ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (bytes.Length <= LengthSize || headerLength > LongestHeader || headerLength > (ulong)(bytes.Length - LengthSize) || bytes[LengthSize] != (byte)'{')
        {
            ThrowIfOther(path, bytes, headerLength);
        }

        int dataStart = LengthSize + (int)headerLength;
        ReadOnlySpan<byte> header = bytes.Slice(LengthSize, (int)headerLength);
        List<SafetensorsEntry> entries = PlainHeader.TryRead(header, LengthSize, out Dictionary<string, string> metadata)
            ?? ReadHeader(path, header, out metadata);
        Dictionary<string, SafetensorsTensor> tensors = Place(path, entries, file, dataStart);
        Checksums.Check(path, metadata, tensors);
        if (Checkpoint.IsNarrow(metadata))
        {
            NarrowTensors.Widen(path, tensors);
        }

        return new SafetensorsFile(path, metadata, tensors);
    }

    /// <summary>The same tensors, whose elements are converted to floats when they are first read. The metadata are the texts.</summary>
    /// <exception cref="CheckpointException">A shape is none that an array can have.</exception>
    public TensorFile ToTensorFile() =>
        new(Format, Path, _tensors.Values.Select(tensor => new FileTensor(tensor, tensor.ArrayShape())), Metadata) { HasMetadata = true };

    /// <summary>Reads a file, and checks nothing.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Its content, for <see cref="Parse"/>.</returns>
    /// <exception cref="CheckpointException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path)
    {
        try
        {
            FileIdentity.RequireRegular(System.IO.Path.GetFullPath(path));
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            long length = stream.Length;
            if (length > Array.MaxLength)
            {
                throw new CheckpointException(CheckpointReason.Container, path, $"expected at most {Array.MaxLength} bytes, found {length}.");
            }

            byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception e) when (FileErrors.Includes(e))
        {
            throw new CheckpointException(CheckpointReason.File, path, $"cannot be read: {e}", e);
        }
    }

    // A method of its own, so that System.Text.Json is not loaded for most files.
    private static List<SafetensorsEntry> ReadHeader(string path, ReadOnlySpan<byte> header, out Dictionary<string, string> metadata) =>
        SafetensorsHeader.Read(path, header, LengthSize, out metadata);

    /// <summary>Says what is in the place of a safetensors file, unless the header begins in another way, of which its reader says more.</summary>
    private static void ThrowIfOther(string path, ReadOnlySpan<byte> bytes, ulong headerLength)
    {
        if (ForeignFormat.Find(bytes) is FormattableString other)
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, 0, $"expected a safetensors file, found {other}. Or read it with the package RnnGen.Formats: Load(TensorFiles.Read(path)).");
        }

        if (bytes.Length < LengthSize)
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, 0, $"expected a safetensors file of at least {LengthSize} bytes, found {bytes.Length}.");
        }

        if (headerLength > LongestHeader)
        {
            throw new CheckpointException(CheckpointReason.Container, path, null, 0, $"expected a safetensors file, which has a header of at most {LongestHeader} bytes, found {headerLength}.");
        }

        if (headerLength > (ulong)(bytes.Length - LengthSize))
        {
            throw new CheckpointException(
                CheckpointReason.Container, path, null, 0, $"expected a header of {headerLength} bytes, found {bytes.Length - LengthSize} bytes to the end of the file.");
        }
    }

    /// <summary>Finds the data of every tensor, and checks that they cover all data.</summary>
    private static Dictionary<string, SafetensorsTensor> Place(string path, List<SafetensorsEntry> entries, ReadOnlyMemory<byte> file, int dataStart)
    {
        long dataLength = file.Length - dataStart;
        var tensors = new Dictionary<string, SafetensorsTensor>(entries.Count, StringComparer.Ordinal);
        long end = 0;

        // Empty tensors come before the one that begins at the same byte, in the order of the header.
        entries.Sort((a, b) => a.Begin != b.Begin ? a.Begin.CompareTo(b.Begin) : a.End != b.End ? a.End.CompareTo(b.End) : a.Offset.CompareTo(b.Offset));
        foreach (SafetensorsEntry entry in entries)
        {
            if (entry.End < entry.Begin || entry.End > dataLength || entry.End - entry.Begin != SizeOf(path, entry) || entry.Begin != end)
            {
                throw Misplaced(path, entry, end, dataStart, dataLength);
            }

            end = entry.End;
            tensors.Add(entry.Name, new SafetensorsTensor(
                path, entry.Name, entry.Dtype, entry.Shape, dataStart + entry.Begin, file.Slice(dataStart + (int)entry.Begin, (int)(entry.End - entry.Begin))));
        }

        return end == dataLength
            ? tensors
            : throw new CheckpointException(CheckpointReason.Container, path, null, dataStart + end, $"expected the end of the file, found {dataLength - end} bytes that belong to no tensor.");
    }

    private static CheckpointException Misplaced(string path, SafetensorsEntry entry, long end, int dataStart, long dataLength) =>
        entry.End < entry.Begin || entry.End > dataLength
            ? new CheckpointException(
                CheckpointReason.Container, path, entry.Name, entry.Offset, $"expected data_offsets in order and within {dataLength} bytes of data, found {entry.Begin} and {entry.End}.")
            : entry.End - entry.Begin != SizeOf(path, entry)
            ? new CheckpointException(
                CheckpointReason.Container, path, entry.Name, entry.Offset, $"expected {SizeOf(path, entry)} bytes for {entry.Dtype} [{string.Join(", ", entry.Shape)}], found {entry.End - entry.Begin}.")
            : new CheckpointException(
                CheckpointReason.Container, path, entry.Name, dataStart + entry.Begin, $"expected data from byte {end} of the data, where the previous tensor ends, found {entry.Begin}.");

    /// <summary>The bytes of a tensor.</summary>
    /// <exception cref="CheckpointException">They are too many for a number.</exception>
    private static long SizeOf(string path, SafetensorsEntry entry)
    {
        long bytes = ElementType.SizeOf(entry.Dtype);
        foreach (long size in entry.Shape)
        {
            if (size != 0 && bytes > long.MaxValue / size)
            {
                throw TooLarge(path, entry);
            }

            bytes *= size;
        }

        return bytes;
    }

    private static CheckpointException TooLarge(string path, SafetensorsEntry entry) =>
        new(CheckpointReason.Container, path, entry.Name, entry.Offset, $"expected a shape that fits in a file, found [{string.Join(", ", entry.Shape)}].");
}
