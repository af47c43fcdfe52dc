using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace RnnGen.Formats.Protobuf;

/// <summary>Writes the fields of one protocol-buffer message, in the order of the calls; the counterpart of <see cref="ProtobufReader"/>.</summary>
internal sealed class ProtobufWriter
{
    private readonly MemoryStream _bytes = new();

    /// <summary>What was written. It is not copied.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.GetBuffer().AsMemory(0, (int)_bytes.Length);

    /// <summary>What was written, copied.</summary>
    public byte[] ToArray() => _bytes.ToArray();

    /// <summary>Writes a whole number.</summary>
    public ProtobufWriter Varint(int field, long value)
    {
        Tag(field, WireType.Varint);
        Raw((ulong)value);
        return this;
    }

    /// <summary>Writes a 32-bit float.</summary>
    public ProtobufWriter Float(int field, float value)
    {
        Tag(field, WireType.Fixed32);
        Span<byte> bits = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bits, value);
        _bytes.Write(bits);
        return this;
    }

    /// <summary>Writes bytes.</summary>
    public ProtobufWriter Bytes(int field, ReadOnlySpan<byte> bytes)
    {
        Tag(field, WireType.Length);
        Raw((ulong)bytes.Length);
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Writes a text.</summary>
    public ProtobufWriter Text(int field, string text) => Bytes(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Writes a message.</summary>
    public ProtobufWriter Message(int field, ProtobufWriter message) => Bytes(field, message.Written.Span);

    /// <summary>Writes whole numbers, packed.</summary>
    public ProtobufWriter Packed(int field, params ReadOnlySpan<long> values)
    {
        var packed = new ProtobufWriter();
        foreach (long value in values)
        {
            packed.Raw((ulong)value);
        }

        return Message(field, packed);
    }

    /// <summary>Writes 32-bit floats bit by bit, packed: the same bytes as a field of bytes with little-endian floats.</summary>
    public ProtobufWriter Floats(int field, params ReadOnlySpan<float> values)
    {
        Tag(field, WireType.Length);
        Raw((ulong)values.Length * sizeof(float));
        if (BitConverter.IsLittleEndian)
        {
            _bytes.Write(MemoryMarshal.AsBytes(values));
            return this;
        }

        Span<byte> bits = stackalloc byte[sizeof(float)];
        foreach (float value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bits, value);
            _bytes.Write(bits);
        }

        return this;
    }

    /// <summary>Writes bytes without a field.</summary>
    public ProtobufWriter Raw(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    private void Tag(int field, WireType wire) => Raw(((ulong)field << 3) | (uint)wire);

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.WriteByte((byte)(value | 0x80));
        }

        _bytes.WriteByte((byte)value);
    }
}
