using System.Buffers.Binary;
using RnnGen.Checkpoints;

namespace RnnGen.Orleans;

/// <summary>
/// A stream after a step: all that is needed to go on, and to answer the step again. Never changed: a step makes a new one, so that one that is not stored is simply dropped. As bytes, little-endian:
/// the four letters "RnnR", the version of the format, the number of the step, the version of the weights, the checksum of the inputs, the number of outputs, the outputs, the state as
/// <see cref="State.WriteBytes"/> writes it, which has the names and sizes of the states, and the checksum of all that, CRC-32C.
/// </summary>
internal sealed class StreamRecord
{
    private const uint FormatVersion = 1;
    private const int HeaderSize = 32;

    public StreamRecord(long number, int version, uint inputs, float[] outputs, byte[] state)
    {
        Number = number;
        Version = version;
        Inputs = inputs;
        Outputs = outputs;
        State = state;
    }

    /// <summary>A stream before its first step.</summary>
    public static StreamRecord Start { get; } = new(0, 0, 0, [], []);

    public long Number { get; }

    public int Version { get; }

    /// <summary>The checksum of the inputs of the step.</summary>
    public uint Inputs { get; }

    public float[] Outputs { get; }

    /// <summary>Empty for the initial state.</summary>
    public byte[] State { get; }

    private static ReadOnlySpan<byte> Magic => "RnnR"u8;

    public byte[] ToBytes()
    {
        int outputBytes = Outputs.Length * sizeof(float);
        var bytes = new byte[HeaderSize + outputBytes + State.Length + sizeof(uint)];
        Span<byte> rest = bytes;
        Magic.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[4..], FormatVersion);
        BinaryPrimitives.WriteInt64LittleEndian(rest[8..], Number);
        BinaryPrimitives.WriteInt32LittleEndian(rest[16..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[20..], Inputs);
        BinaryPrimitives.WriteInt32LittleEndian(rest[24..], Outputs.Length);
        rest = rest[HeaderSize..];
        foreach (float output in Outputs)
        {
            BinaryPrimitives.WriteSingleLittleEndian(rest, output);
            rest = rest[sizeof(float)..];
        }

        State.CopyTo(rest);
        BinaryPrimitives.WriteUInt32LittleEndian(rest[State.Length..], Checksum.Of(bytes.AsSpan(..^sizeof(uint))));
        return bytes;
    }

    /// <exception cref="RnnStreamException">The bytes are damaged, or of another version of the format.</exception>
    public static StreamRecord Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize + sizeof(uint) || !bytes.StartsWith(Magic))
        {
            throw Damaged($"The {bytes.Length} bytes are not a stored stream: expected them to begin with 'RnnR'.");
        }

        uint format = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (format != FormatVersion)
        {
            throw Damaged($"The stream was stored in another version of the format: expected {FormatVersion}, found {format}.");
        }

        uint expected = BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]);
        uint found = Checksum.Of(bytes[..^sizeof(uint)]);
        int outputs = BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]);
        if (found != expected || outputs < 0 || outputs > (bytes.Length - HeaderSize - sizeof(uint)) / sizeof(float))
        {
            throw Damaged($"The stored stream is damaged: expected the checksum {expected}, found {found}.");
        }

        var values = new float[outputs];
        for (int k = 0; k < outputs; k++)
        {
            values[k] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(HeaderSize + (k * sizeof(float)))..]);
        }

        return new StreamRecord(
            BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt32LittleEndian(bytes[20..]),
            values,
            bytes[(HeaderSize + (outputs * sizeof(float)))..^sizeof(uint)].ToArray());
    }

    private static RnnStreamException Damaged(string message) => new(RnnStreamError.Damaged, message);
}
