using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace RnnGen.Formats;

/// <summary>Reads one array: magic bytes, a version, a header and the elements.</summary>
internal sealed class NumpyReader
{
    private const int BufferSize = 1 << 16;

    // That of an array needs a hundred, but those of records may be long.
    private const int LongestHeader = 1 << 16;

    // Labels and the like. Text takes more room in memory than in the file.
    private const int LongestText = 1 << 20;

    private readonly string _path;
    private readonly string _name;
    private readonly Stream _stream;
    private readonly long? _offset;
    private readonly NumpyHeader _header;
    private readonly long _dataStart;
    private readonly long _dataLength;

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">The name of the array.</param>
    /// <param name="stream">The array.</param>
    /// <param name="length">How many bytes the stream has.</param>
    /// <param name="offset">Where the array starts in the file, for messages; null if it is compressed.</param>
    /// <exception cref="CheckpointException">There is no array, or one with objects.</exception>
    public NumpyReader(string path, string name, Stream stream, long length, long? offset)
    {
        _path = path;
        _name = name;
        _stream = stream;
        _offset = offset;
        (string text, _dataStart) = ReadHeader(length);
        _dataLength = length - _dataStart;
        _header = NumpyHeader.Parse(text)
            ?? throw Wrong(CheckpointReason.Container, 0, $"expected a header with 'descr', 'fortran_order' and 'shape', found {text}.");
        if (_header.Type.TrimStart('|', '<', '>') is ['O', ..])
        {
            throw Wrong(
                CheckpointReason.Type, 0, $"expected numbers, found an array of Python objects (dtype object). They are a pickle, which is not read, as it could run anything. In Python: numpy.savez(path, **arrays) with arrays of numbers.");
        }
    }

    /// <summary>Reads an array of text, one line for each element; null if the array has another type.</summary>
    /// <exception cref="CheckpointException">The array is broken.</exception>
    public string? ReadText()
    {
        string type = _header.Type.TrimStart('|', '<', '>');
        bool isWide = type.StartsWith('U');
        if (!(isWide || type.StartsWith('S')) || !int.TryParse(type.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out int length))
        {
            return null;
        }

        long size = (long)length * (isWide ? sizeof(int) : 1);
        CheckSize(size, out _, out int count);
        if (_dataLength > LongestText)
        {
            throw Wrong(CheckpointReason.Container, _dataStart, $"expected at most {LongestText} bytes of text, found {_dataLength}. Leave the array out.");
        }

        var text = new StringBuilder();
        byte[] element = new byte[count == 0 ? 0 : size];
        Encoding encoding = !isWide ? Encoding.UTF8 : _header.IsBigEndian ? new UTF32Encoding(bigEndian: true, byteOrderMark: false) : Encoding.UTF32;
        for (int k = 0; k < count && size > 0; k++)
        {
            _stream.ReadExactly(element);
            text.Append(k == 0 ? "" : "\n").Append(encoding.GetString(element).TrimEnd('\0'));
        }

        return text.ToString();
    }

    /// <summary>Reads an array of numbers.</summary>
    /// <exception cref="CheckpointException">The array is broken, or its elements do not become floats.</exception>
    public FileTensor ReadTensor()
    {
        string type = _header.ElementType ?? throw Wrong(
            CheckpointReason.Type, 0, $"expected floats, whole numbers or truth values, found elements of type '{(_header.Type == "" ? "record" : _header.Type)}'. In Python: array.astype(numpy.float32), or leave the array out.");
        CheckSize(Elements.SizeOf(type), out int[] shape, out int count);
        var values = new float[count];
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            ReadElements(type, values, shape, buffer.AsSpan(0, BufferSize));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new FileTensor(_name, type, shape, values);
    }

    private void ReadElements(string type, float[] values, int[] shape, Span<byte> buffer)
    {
        int size = Elements.SizeOf(type);

        // Fortran's order is ours of the reversed dimensions: walking through them, the place of every element in our order is known.
        long[] strides = StridedWalk.Contiguous(shape);
        bool isScattered = _header.IsFortranOrder && shape.Length > 1;
        Array.Reverse(strides);
        var walk = new StridedWalk(shape.Reverse().ToArray(), strides, 0);
        float[] scattered = isScattered ? new float[Math.Min(values.Length, buffer.Length / size)] : [];
        for (int done = 0; done < values.Length;)
        {
            int count = Math.Min(values.Length - done, buffer.Length / size);
            Span<byte> bytes = buffer[..(count * size)];
            _stream.ReadExactly(bytes);
            Span<float> chunk = isScattered ? scattered.AsSpan(0, count) : values.AsSpan(done, count);
            Elements.ToFloats(type, bytes, chunk, _header.IsBigEndian);
            for (int k = 0; isScattered && k < count; k++)
            {
                values[walk.Place] = chunk[k];
                walk.Next();
            }

            done += count;
        }
    }

    private void CheckSize(long elementSize, out int[] shape, out int count)
    {
        if (!FileShape.TryRead(_header.Shape, out shape, out count))
        {
            throw Wrong(
                CheckpointReason.Shape, 0, $"expected at most {Limits.Rank} dimensions and 2^31 elements, found shape ({string.Join(", ", _header.Shape)}).");
        }

        if (elementSize * count != _dataLength)
        {
            throw Wrong(
                CheckpointReason.Container, _dataStart, $"expected {elementSize * count} bytes for '{_header.Type}' ({string.Join(", ", shape)}) to the end, found {_dataLength}. The file may be incomplete, or have several arrays; numpy.savez saves several.");
        }
    }

    private (string Text, long DataStart) ReadHeader(long length)
    {
        const int VersionLength = 2;
        int start = NumpyHeader.Magic.Length + VersionLength;
        Span<byte> bytes = stackalloc byte[start + sizeof(uint)];
        if (length < bytes.Length)
        {
            throw Wrong(CheckpointReason.Container, 0, $"expected an array of NumPy, found {length} bytes.");
        }

        _stream.ReadExactly(bytes[..start]);
        int version = bytes[start - VersionLength];
        if (!bytes.StartsWith(NumpyHeader.Magic) || version is < 1 or > 3)
        {
            throw Wrong(CheckpointReason.Container, 0, $"expected an array of NumPy in version 1, 2 or 3, found another. In Python: numpy.save(path, array).");
        }

        Span<byte> size = bytes[start..][..(version == 1 ? sizeof(ushort) : sizeof(uint))];
        _stream.ReadExactly(size);
        uint headerLength = version == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        start += size.Length;
        if (headerLength > Math.Min(length - start, LongestHeader))
        {
            throw Wrong(
                CheckpointReason.Container, start, $"expected a header of at most {Math.Min(length - start, LongestHeader)} bytes, found {headerLength}.");
        }

        byte[] text = new byte[headerLength];
        _stream.ReadExactly(text);
        return ((version == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text), start + headerLength);
    }

    private CheckpointException Wrong(CheckpointReason reason, long position, FormattableString problem) =>
        new(reason, _path, _name, _offset + position, problem);
}
