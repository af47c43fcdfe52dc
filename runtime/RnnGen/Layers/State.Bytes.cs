using System.Buffers.Binary;
using System.Text;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen;

// A stream as bytes, little-endian: the four letters "RnnS", the version of the format, the length of a UTF-8 text that names the model and its
// states, the text, and the values.
public abstract partial class State
{
    private const uint BytesVersion = 1;
    private const int HeaderSize = 12;

    private static ReadOnlySpan<byte> Magic => "RnnS"u8;

    /// <summary>The number of bytes that <see cref="WriteBytes"/> writes.</summary>
    public int ByteCount => HeaderSize + Signature.Length + ValueByteCount;

    /// <summary>The number of bytes of the values alone.</summary>
    internal int ValueByteCount => StateSlot.Count(_layout.Kept) * sizeof(float);

    /// <summary>The name of the model, and the names and sizes of its states.</summary>
    internal byte[] Signature => _layout.Signature ??= Encoding.UTF8.GetBytes($"{ModelName}: {StateSlot.Describe(_layout.Kept)}");

    /// <summary>The class of the states is nested in that of the model.</summary>
    private string ModelName
    {
        get
        {
            string name = GetType().FullName!;
            int end = name.LastIndexOf('+');
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>Writes the stream to bytes, to be stored or moved to another process or machine.</summary>
    /// <returns>The bytes, for <see cref="Restore"/>. They do not contain the weights.</returns>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteCount];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the stream to bytes. Allocates nothing after the first call.</summary>
    /// <param name="bytes">Receives [<see cref="ByteCount"/>].</param>
    /// <exception cref="ArgumentException">The length is not <see cref="ByteCount"/>.</exception>
    public void WriteBytes(Span<byte> bytes)
    {
        Check.Length(bytes.Length, ByteCount, nameof(bytes));
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], BytesVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Signature.Length);
        Signature.CopyTo(bytes[HeaderSize..]);
        WriteValues(bytes[(HeaderSize + Signature.Length)..]);
    }

    /// <summary>
    /// Continues from where a stream of the same model was when it was written: bit for bit, on any machine. The weights are not checked; they should be
    /// those that the state was computed with.
    /// </summary>
    /// <param name="bytes">The bytes from <see cref="ToBytes"/> or <see cref="WriteBytes"/>.</param>
    /// <exception cref="ArgumentException">
    /// The bytes are not a stream, have another version of the format, belong to another model (by its name, or by the names and sizes of its states),
    /// or are incomplete; the message has the expected and the actual value. Nothing was changed.
    /// </exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        CheckBytes(bytes);
        ReadValues(bytes[(HeaderSize + Signature.Length)..]);
    }

    /// <summary>Writes the values alone.</summary>
    /// <param name="bytes">Receives at least [<see cref="ValueByteCount"/>].</param>
    internal void WriteValues(Span<byte> bytes)
    {
        ReadStart();
        foreach (StateSlot slot in _layout.Kept)
        {
            foreach (float value in Now(slot))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                bytes = bytes[sizeof(float)..];
            }
        }
    }

    /// <summary>Reads what <see cref="WriteValues"/> wrote.</summary>
    /// <param name="bytes">At least [<see cref="ValueByteCount"/>].</param>
    internal void ReadValues(ReadOnlySpan<byte> bytes)
    {
        _isAtStart = false;
        foreach (StateSlot slot in _layout.Kept)
        {
            foreach (ref float value in Now(slot))
            {
                value = BinaryPrimitives.ReadSingleLittleEndian(bytes);
                bytes = bytes[sizeof(float)..];
            }
        }
    }

    private void CheckBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Magic))
        {
            throw new ArgumentException($"The {bytes.Length} bytes are not a state: expected them to begin with 'RnnS'.", nameof(bytes));
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (version != BytesVersion)
        {
            throw new ArgumentException($"The state was written in another version of the format: expected {BytesVersion}, found {version}.", nameof(bytes));
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        ReadOnlySpan<byte> signature = bytes.Slice(HeaderSize, (int)Math.Min(length, (uint)(bytes.Length - HeaderSize)));
        if (!signature.SequenceEqual(Signature))
        {
            string found = Printable.Name(Encoding.UTF8.GetString(signature[..Math.Min(signature.Length, 4 * Printable.LongestName)]));
            throw new ArgumentException(
                $"The state belongs to another model: expected '{Encoding.UTF8.GetString(Signature)}', found '{found}'.", nameof(bytes));
        }

        // If nothing follows the text, one that claims to be longer reads the same.
        if (length != Signature.Length)
        {
            throw new ArgumentException($"The state is damaged: expected a text of {Signature.Length} bytes, found {length}.", nameof(bytes));
        }

        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException($"The state is incomplete: expected {ByteCount} bytes, found {bytes.Length}.", nameof(bytes));
        }
    }
}
