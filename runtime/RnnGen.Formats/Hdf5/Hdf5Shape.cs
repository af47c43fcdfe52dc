namespace RnnGen.Formats;

/// <summary>Reads the shape of a dataset or an attribute.</summary>
internal static class Hdf5Shape
{
    private const int HighestRank = 32;

    /// <summary>Reads a shape.</summary>
    /// <param name="source">The file.</param>
    /// <param name="space">The message.</param>
    /// <param name="tensor">The dataset, for messages.</param>
    /// <returns>The dimensions, none for a scalar; null if there are no elements by definition.</returns>
    /// <exception cref="CheckpointException">It is broken, or too large for an array.</exception>
    public static int[]? Read(Hdf5Source source, Hdf5Cursor space, string? tensor)
    {
        const int IsNull = 2;
        long start = space.Position;
        int version = space.Version(1, 2);
        int rank = space.Byte();
        space.Skip(1);
        bool isNull = space.Byte() == IsNull && version == 2;
        space.Skip(version == 1 ? 4 : 0);
        if (rank > HighestRank)
        {
            throw source.Broken(start, $"expected at most {HighestRank} dimensions, found {rank}.", tensor, CheckpointReason.Shape);
        }

        int[] shape = new int[rank];
        for (int k = 0; k < rank; k++)
        {
            long size = space.Length();
            shape[k] = size <= Array.MaxLength
                ? (int)size
                : throw source.Broken(start, $"expected dimensions of at most {Array.MaxLength}, found {size}.", tensor, CheckpointReason.Shape);
        }

        return isNull ? null : shape;
    }

    /// <summary>The number of elements of a shape; that of the largest array if it is more.</summary>
    public static long Count(ReadOnlySpan<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            // Later dimensions can still be 0.
            count = Math.Min(count * size, int.MaxValue);
        }

        return count;
    }
}
