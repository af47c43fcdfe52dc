using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace RnnGen.Checkpoints;

/// <summary>A safetensors file to be written. The same tensors and metadata give the same bytes.</summary>
internal sealed class SafetensorsContent
{
    // Data starts at a multiple of this, so that a reader may map the file and use the numbers in place.
    private const int Alignment = 8;

    private readonly byte[] _header;
    private readonly IReadOnlyList<TensorToWrite> _tensors;
    private readonly long _length;

    private SafetensorsContent(byte[] header, IReadOnlyList<TensorToWrite> tensors, long length)
    {
        _header = header;
        _tensors = tensors;
        _length = length;
    }

    /// <summary>Builds the header of a file with checksums.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">The tensors in their order.</param>
    /// <param name="metadata">The metadata.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CheckpointException">It is too long for a file.</exception>
    public static SafetensorsContent Of(string path, IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string> metadata) =>
        OfForeign(path, tensors, Checksums.With(metadata, tensors));

    /// <summary>Builds the header of a file for other programs, without checksums.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">The tensors in their order.</param>
    /// <param name="metadata">The metadata.</param>
    /// <returns>The content.</returns>
    /// <exception cref="CheckpointException">It is too long for a file.</exception>
    public static SafetensorsContent OfForeign(string path, IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        byte[] header = Header(tensors, metadata);
        long length = header.Length + tensors.Sum(tensor => tensor.Size);
        if (header.Length - SafetensorsFile.LengthSize > SafetensorsFile.LongestHeader || length > Array.MaxLength)
        {
            throw new CheckpointException(
                CheckpointReason.File, path, $"expected a header of at most {SafetensorsFile.LongestHeader} bytes and a file of at most {Array.MaxLength}, found {header.Length} and {length}.");
        }

        return new SafetensorsContent(header, tensors, length);
    }

    /// <summary>Writes a file. It is replaced completely or, on an exception, not at all.</summary>
    /// <param name="path">The file; an existing one is replaced.</param>
    /// <exception cref="CheckpointException">It cannot be written.</exception>
    public void WriteTo(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        AtomicFile.Write(path, _length, CopyTo);
    }

    /// <summary>Writes to a stream, from its position on.</summary>
    /// <param name="stream">The stream.</param>
    /// <exception cref="CheckpointException">The stream threw an exception.</exception>
    public void WriteTo(Stream stream)
    {
        try
        {
            CopyTo(stream);
        }
        catch (Exception e)
        {
            throw new CheckpointException(CheckpointReason.File, CheckpointException.StreamPath, $"cannot be written: {e}", e);
        }
    }

    private void CopyTo(Stream stream)
    {
        stream.Write(_header);
        foreach (TensorToWrite tensor in _tensors)
        {
            stream.Write(tensor.Bytes);
        }
    }

    /// <summary>The length of the header and the header.</summary>
    private static byte[] Header(IReadOnlyList<TensorToWrite> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var buffer = new ArrayBufferWriter<byte>();
        buffer.Advance(Clear(buffer.GetSpan(SafetensorsFile.LengthSize)[..SafetensorsFile.LengthSize]));

        // Names never become part of a web page: escape only what JSON requires.
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            WriteMetadata(json, metadata);
            WriteEntries(json, tensors);
            json.WriteEndObject();
        }

        int padding = -buffer.WrittenCount & (Alignment - 1);
        buffer.GetSpan(Alignment)[..padding].Fill((byte)' ');
        buffer.Advance(padding);

        byte[] header = buffer.WrittenSpan.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafetensorsFile.LengthSize);
        return header;
    }

    private static void WriteMetadata(Utf8JsonWriter json, IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.Count == 0)
        {
            return;
        }

        json.WriteStartObject(SafetensorsHeader.MetadataName);
        foreach ((string key, string value) in metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json.WriteString(key, value);
        }

        json.WriteEndObject();
    }

    private static void WriteEntries(Utf8JsonWriter json, IReadOnlyList<TensorToWrite> tensors)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        long offset = 0;
        foreach (TensorToWrite tensor in tensors)
        {
            if (!names.Add(tensor.Name))
            {
                throw new ArgumentException($"Two tensors are named '{tensor.Name}'.", nameof(tensors));
            }

            json.WriteStartObject(tensor.Name);
            json.WriteString("dtype", tensor.Dtype);
            json.WriteStartArray("shape");
            foreach (int size in tensor.Shape)
            {
                json.WriteNumberValue(size);
            }

            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            offset += tensor.Size;
            json.WriteNumberValue(offset);
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static int Clear(Span<byte> span)
    {
        span.Clear();
        return span.Length;
    }
}
