using System.Numerics;

namespace RnnGen.Formats;

/// <summary>The start of an HDF5 file: it tells the sizes of numbers, and where the root group is.</summary>
internal static class Hdf5Superblock
{
    private const int FirstUserBlock = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Finds the superblock: at the start, or behind a block of the user, whose size is a power of two.</summary>
    /// <returns>Where it is, or -1.</returns>
    public static long Find(ReadOnlySpan<byte> file)
    {
        for (long start = 0; start < file.Length; start = start == 0 ? FirstUserBlock : 2 * start)
        {
            if (file[(int)start..].StartsWith(Signature))
            {
                return start;
            }
        }

        return -1;
    }

    /// <summary>Reads the superblock.</summary>
    /// <param name="source">The file; it learns the sizes of numbers.</param>
    /// <param name="start">Where the superblock is in the file, which may be a member of an archive.</param>
    /// <returns>The address of the root group.</returns>
    /// <exception cref="CheckpointException">The file is broken.</exception>
    public static long Read(Hdf5Source source, long start)
    {
        Hdf5Cursor block = source.At(0, "a superblock");
        block.Skip(Signature.Length);
        int version = block.Version(0, 3);
        bool isOld = version < 2;
        block.Skip(isOld ? 4 : 0);
        source.OffsetSize = Size(ref block, source);
        source.LengthSize = Size(ref block, source);

        // The sizes of groups, which their trees repeat, and flags.
        block.Skip(isOld ? 9 + (version == 1 ? 4 : 0) : 1);
        block.Address();
        block.Address();
        long end = block.Address();
        if (isOld)
        {
            block.Address();
            block.Address();
        }

        if (end > start + source.Length)
        {
            throw source.Broken(
                source.Length, $"expected a file of {end} bytes, as its superblock says, found {start + source.Length}. The file is incomplete: copy it again.");
        }

        return block.Address();
    }

    private static int Size(ref Hdf5Cursor block, Hdf5Source source)
    {
        int size = block.Byte();
        return size is >= 2 and <= sizeof(long) && BitOperations.IsPow2(size)
            ? size
            : throw source.Broken(block.Position - 1, $"expected numbers of 2, 4 or 8 bytes, found {size}. The file is damaged: copy it again.");
    }
}
