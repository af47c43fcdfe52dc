using System.Buffers.Binary;
using System.Text;
using RnnGen.Checkpoints;
using RnnGen.CompilerServices;

namespace RnnGen;

// A stream as bytes, little-endian: the four letters "RnnS", the version of the format, the length of a text that names the model and its
// states in UTF-8, the text, and the numbers.
public abstract partial class State
{
    private const uint BytesVersion = 1;
    private const int HeaderSize = 12;

    // The same for all streams of a model, and made by the first that needs it.
    private byte[]? _signature;

    private static ReadOnlySpan<byte> Magic => "RnnS"u8;

    /// <summary>How many bytes <see cref="WriteBytes"/> writes.</summary>
    public int ByteCount => HeaderSize + Signature.Length + (Count * sizeof(float));

    private byte[] Signature => _signature ??= Encoding.UTF8.GetBytes($"{ModelName}: {Describe()}");

    /// <summary>The states' class is nested in the model's.</summary>
    private string ModelName
    {
        get
        {
            string name = GetType().FullName!;
            int end = name.LastIndexOf('+');
            return end < 0 ? name : name[..end];
        }
    }

    /// <summary>The stream as bytes, to be kept while nothing comes in, or to be taken over by another process or machine.</summary>
    /// <returns>The bytes; <see cref="Restore"/> reads them. They do not hold the weights.</returns>
    public byte[] ToBytes()
    {
        var bytes = new byte[ByteCount];
        WriteBytes(bytes);
        return bytes;
    }

    /// <summary>Writes the stream as bytes. Allocates nothing after the first call.</summary>
    /// <param name="bytes">Takes [<see cref="ByteCount"/>].</param>
    /// <exception cref="ArgumentException">The length is not <see cref="ByteCount"/>.</exception>
    public void WriteBytes(Span<byte> bytes)
    {
        Check.Length(bytes.Length, ByteCount, nameof(bytes));
        ReadStart();
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[4..], BytesVersion);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Signature.Length);
        Signature.CopyTo(bytes[HeaderSize..]);
        bytes = bytes[(HeaderSize + Signature.Length)..];
        foreach (StateSlot slot in _slots)
        {
            foreach (float value in Now(slot))
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
                bytes = bytes[sizeof(float)..];
            }
        }
    }

    /// <summary>
    /// Goes on where a stream of the same model was when it was written: bit for bit, on any machine. Whether the weights are still
    /// the same is not checked: a state is of use to the model that made it.
    /// </summary>
    /// <param name="bytes">What <see cref="ToBytes"/> or <see cref="WriteBytes"/> has given.</param>
    /// <exception cref="ArgumentException">
    /// The bytes are no stream's, of another version of the format, of another model (by its name or by the names and sizes of its states),
    /// or cut short; the message says what was expected and what was found. Nothing was changed.
    /// </exception>
    public void Restore(ReadOnlySpan<byte> bytes)
    {
        CheckBytes(bytes);
        _isAtStart = false;
        bytes = bytes[(HeaderSize + Signature.Length)..];
        foreach (StateSlot slot in _slots)
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
            throw new ArgumentException($"The {bytes.Length} bytes are no state: expected them to begin with 'RnnS'.", nameof(bytes));
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

        // Where nothing follows the text, one that claims to be longer reads the same.
        if (length != Signature.Length)
        {
            throw new ArgumentException($"The state is damaged: expected a text of {Signature.Length} bytes, found {length}.", nameof(bytes));
        }

        if (bytes.Length != ByteCount)
        {
            throw new ArgumentException($"The state is not complete: expected {ByteCount} bytes, found {bytes.Length}.", nameof(bytes));
        }
    }
}
