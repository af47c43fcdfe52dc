using System.Buffers.Binary;
using System.Text;

namespace RnnGen.Formats.Tests;

/// <summary>Builds HDF5 files that no program writes: a superblock of version 2, headers of version 2, and links in them.</summary>
internal sealed class Hdf5Builder
{
    private const int SuperblockSize = 48;

    private readonly List<byte> _bytes = [.. new byte[SuperblockSize]];

    /// <summary>Where the next bytes come.</summary>
    public long Position => _bytes.Count;

    /// <summary>A number.</summary>
    public static byte[] Number(long value, int size)
    {
        byte[] bytes = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        return bytes[..size];
    }

    /// <summary>A link to an object.</summary>
    public static (int Type, byte[] Content) Link(string name, long address)
    {
        byte[] text = Encoding.UTF8.GetBytes(name);
        return (0x06, [1, 0x01, .. Number(text.Length, 2), .. text, .. Number(address, 8)]);
    }

    /// <summary>A shape.</summary>
    public static (int Type, byte[] Content) Shape(params long[] shape) => (0x01, [2, (byte)shape.Length, 0, 1, .. shape.SelectMany(size => Number(size, 8))]);

    /// <summary>Floats of 32 bits.</summary>
    public static (int Type, byte[] Content) Float32() => (0x03, [0x11, 0x20, 31, 0, 4, 0, 0, 0, 0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0]);

    /// <summary>Elements at an address.</summary>
    public static (int Type, byte[] Content) Contiguous(long address, long size) => (0x08, [3, 1, .. Number(address, 8), .. Number(size, 8)]);

    /// <summary>Elements in the header.</summary>
    public static (int Type, byte[] Content) Compact(byte[] data) => (0x08, [3, 0, .. Number(data.Length, 2), .. data]);

    /// <summary>Adds bytes.</summary>
    /// <returns>Their address.</returns>
    public long Add(params byte[] bytes)
    {
        long address = Position;
        _bytes.AddRange(bytes);
        return address;
    }

    /// <summary>Adds an object.</summary>
    /// <returns>Its address.</returns>
    public long AddObject(params (int Type, byte[] Content)[] messages)
    {
        byte[] content = [.. messages.SelectMany(message => (byte[])[(byte)message.Type, .. Number(message.Content.Length, 2), 0, .. message.Content])];
        return Add([.. "OHDR"u8, 2, 0x02, .. Number(content.Length, 4), .. content, 0, 0, 0, 0]);
    }

    /// <summary>The file.</summary>
    public byte[] Build(long root)
    {
        byte[] file = [.. _bytes];
        byte[] superblock = [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n', 2, 8, 8, 0, .. Number(0, 8), .. Number(-1, 8), .. Number(file.Length, 8), .. Number(root, 8), 0, 0, 0, 0];
        superblock.CopyTo(file, 0);
        return file;
    }
}
