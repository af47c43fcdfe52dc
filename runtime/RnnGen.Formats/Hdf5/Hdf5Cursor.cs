using System.Buffers.Binary;

namespace RnnGen.Formats;

/// <summary>Reads numbers of an HDF5 file one after the other, within a part of it.</summary>
internal struct Hdf5Cursor
{
    private readonly Hdf5Source _source;
    private readonly string _what;
    private readonly int _end;
    private int _position;

    /// <summary>Makes a cursor. The part is within the file.</summary>
    public Hdf5Cursor(Hdf5Source source, int position, int end, string what)
    {
        _source = source;
        _position = position;
        _end = end;
        _what = what;
    }

    /// <summary>The address of the next byte.</summary>
    public readonly long Position => _position;

    /// <summary>The number of bytes that are left.</summary>
    public readonly int Remaining => _end - _position;

    /// <summary>Reads a number of one byte.</summary>
    public int Byte() => Bytes(1)[0];

    /// <summary>Reads a number of two bytes.</summary>
    public int UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    /// <summary>Reads a number of four bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(4));

    /// <summary>Reads a number of 0 to 8 bytes. One that is too large becomes the largest, which no file has room for.</summary>
    public long Unsigned(int size)
    {
        ulong value = 0;
        ReadOnlySpan<byte> bytes = Bytes(size);
        for (int k = size - 1; k >= 0; k--)
        {
            value = (value << 8) | bytes[k];
        }

        return (long)Math.Min(value, long.MaxValue);
    }

    /// <summary>Reads an address; <see cref="Hdf5Source.Undefined"/> if all of its bits are set.</summary>
    public long Address() => Bytes(_source.OffsetSize).ContainsAnyExcept((byte)0xFF) ? Back(_source.OffsetSize).Unsigned(_source.OffsetSize) : Hdf5Source.Undefined;

    /// <summary>Reads a length.</summary>
    public long Length() => Unsigned(_source.LengthSize);

    /// <summary>Reads bytes.</summary>
    /// <exception cref="CheckpointException">Fewer are left.</exception>
    public ReadOnlySpan<byte> Bytes(long count)
    {
        Skip(count);
        return _source.Span.Slice(_position - (int)count, (int)count);
    }

    /// <summary>Passes over bytes.</summary>
    /// <exception cref="CheckpointException">Fewer are left.</exception>
    public void Skip(long count)
    {
        if (count < 0 || count > Remaining)
        {
            throw _source.Broken(_position, $"expected {count} more bytes of {_what}, found {Remaining}. The file is incomplete or damaged: copy it again.");
        }

        _position += (int)count;
    }

    /// <summary>A part that starts here; the cursor moves behind it.</summary>
    public Hdf5Cursor Part(long length, string what)
    {
        int start = _position;
        Skip(length);
        return new Hdf5Cursor(_source, start, _position, what);
    }

    /// <summary>Reads the four letters with which a structure starts.</summary>
    /// <exception cref="CheckpointException">They are others.</exception>
    public void Signature(ReadOnlySpan<byte> signature)
    {
        if (!Bytes(signature.Length).SequenceEqual(signature))
        {
            throw _source.Broken(_position - signature.Length, $"expected {_what}, found something else. The file is damaged: copy it again.");
        }
    }

    /// <summary>Reads the version of a structure.</summary>
    /// <exception cref="CheckpointException">It is another one.</exception>
    public int Version(int lowest, int highest)
    {
        int version = Byte();
        return version >= lowest && version <= highest
            ? version
            : throw _source.Broken(_position - 1, $"expected {_what} of version {lowest} to {highest}, found {version}. The file is damaged, or of a newer program.");
    }

    private Hdf5Cursor Back(int count) => new(_source, _position - count, _end, _what);
}
