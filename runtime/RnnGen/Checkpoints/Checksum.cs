using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace RnnGen.Checkpoints;

/// <summary>
/// A CRC-32C (Castagnoli 1993), for which most processors have an instruction. It detects damage, not forgery: whoever changes a
/// file on purpose can compute it anew.
/// </summary>
internal struct Checksum
{
    private uint _state = ~0u;

    public Checksum()
    {
    }

    public readonly uint Value => ~_state;

    /// <summary>The checksum of bytes.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Checksum();
        checksum.Add(bytes);
        return checksum.Value;
    }

    /// <summary>The checksum of a text in UTF-8.</summary>
    public static uint Of(string text)
    {
        var checksum = new Checksum();
        checksum.AddText(text);
        return checksum.Value;
    }

    // Compiled once: the loop is as long as the file.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<byte> bytes)
    {
        uint state = _state;
        while (bytes.Length >= sizeof(ulong))
        {
            state = BitOperations.Crc32C(state, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            state = BitOperations.Crc32C(state, value);
        }

        _state = state;
    }

    public void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        Add(bytes);
    }

    /// <summary>Adds a text in UTF-8 after its length in UTF-16, so that the boundaries between texts matter.</summary>
    public void Add(string text)
    {
        Add(text.Length);
        AddText(text);
    }

    private void AddText(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[512];
        while (!text.IsEmpty)
        {
            Utf8.FromUtf16(text, bytes, out int read, out int written);
            Add(bytes[..written]);
            text = text[read..];
        }
    }
}
