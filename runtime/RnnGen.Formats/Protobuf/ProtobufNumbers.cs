namespace RnnGen.Formats.Protobuf;

/// <summary>The numbers of a repeated field, as bits.</summary>
internal ref struct ProtobufNumbers
{
    private readonly SourceFile _file;
    private readonly int _start;
    private readonly WireType _element;
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    /// <summary>Numbers that lie one after the other.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="bytes">The numbers.</param>
    /// <param name="start">Where they start in the file.</param>
    /// <param name="element">How one of them is written.</param>
    /// <exception cref="CheckpointException">The last one is cut off.</exception>
    public ProtobufNumbers(SourceFile file, ReadOnlySpan<byte> bytes, int start, WireType element)
    {
        _file = file;
        _bytes = bytes;
        _start = start;
        _element = element;
        int size = element == WireType.Fixed32 ? 4 : 8;
        bool isWhole = element == WireType.Varint ? bytes.IsEmpty || bytes[^1] < 0x80 : bytes.Length % size == 0;
        if (!isWhole)
        {
            throw file.Broken(start, $"expected whole numbers as {element.ToString()}, found {bytes.Length} bytes, where the last one is cut off.");
        }

        // Every number but for its last byte has the highest bit set.
        Count = element == WireType.Varint ? bytes.Length - CountContinued(bytes) : bytes.Length / size;
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Takes the next number. Call it at most <see cref="Count"/> times.</summary>
    public ulong Next()
    {
        if (_element != WireType.Varint)
        {
            int size = _element == WireType.Fixed32 ? 4 : 8;
            _position += size;
            return LittleEndian.ToUInt64(_bytes.Slice(_position - size, size));
        }

        int length = Varint(_bytes[_position..], out ulong value);
        if (length == 0)
        {
            throw _file.Broken(_start + _position, $"expected a whole number of at most 64 bits, found a longer one. The file is damaged.");
        }

        _position += length;
        return value;
    }

    /// <summary>Takes numbers whose lowest bits are elements of a type.</summary>
    /// <param name="type">The type in the spelling of safetensors.</param>
    /// <param name="values">Takes as many numbers as it has room for.</param>
    public void ToFloats(string type, Span<float> values)
    {
        const int Chunk = 1024;
        int size = Elements.SizeOf(type);
        Span<byte> bytes = stackalloc byte[Chunk * sizeof(ulong)];
        for (int k = 0; k < values.Length; k += Chunk)
        {
            Span<float> chunk = values.Slice(k, Math.Min(Chunk, values.Length - k));
            for (int c = 0; c < chunk.Length; c++)
            {
                ulong bits = Next();
                for (int b = 0; b < size; b++)
                {
                    bytes[(c * size) + b] = (byte)(bits >> (8 * b));
                }
            }

            Elements.ToFloats(type, bytes[..(chunk.Length * size)]).CopyTo(chunk);
        }
    }

    /// <summary>Reads a whole number.</summary>
    /// <returns>How many bytes it has; 0 if it is cut off, or has more than 64 bits.</returns>
    public static int Varint(ReadOnlySpan<byte> bytes, out ulong value)
    {
        value = 0;
        for (int k = 0; k < bytes.Length && k < 10; k++)
        {
            if (k == 9 && bytes[k] > 1)
            {
                break;
            }

            value |= (ulong)(bytes[k] & 0x7F) << (7 * k);
            if (bytes[k] < 0x80)
            {
                return k + 1;
            }
        }

        return 0;
    }

    private static int CountContinued(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        foreach (byte b in bytes)
        {
            count += b >> 7;
        }

        return count;
    }
}
