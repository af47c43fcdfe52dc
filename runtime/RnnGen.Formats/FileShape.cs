namespace RnnGen.Formats;

/// <summary>Shapes that a file declares.</summary>
internal static class FileShape
{
    /// <summary>Checks a shape, and counts its elements.</summary>
    /// <param name="shape">The sizes as the file has them.</param>
    /// <param name="sizes">The same as a tensor has them.</param>
    /// <param name="count">The number of elements.</param>
    /// <returns>False where no array has that shape.</returns>
    public static bool TryRead(ReadOnlySpan<long> shape, out int[] sizes, out int count)
    {
        sizes = new int[Math.Min(shape.Length, Limits.Rank)];
        count = 0;
        if (shape.Length > Limits.Rank)
        {
            return false;
        }

        // A tensor without elements may have sizes whose product is huge.
        long product = 1;
        bool isEmpty = false;
        for (int d = 0; d < shape.Length; d++)
        {
            if (shape[d] is < 0 or > int.MaxValue)
            {
                return false;
            }

            sizes[d] = (int)shape[d];
            isEmpty |= sizes[d] == 0;
            product = Math.Min(product * Math.Max(sizes[d], 1), int.MaxValue);
        }

        count = isEmpty ? 0 : (int)product;
        return count <= Array.MaxLength;
    }

    /// <summary>The sizes of a tensor whose number of dimensions was checked.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="shape">The sizes as the file has them.</param>
    /// <param name="tensor">The name of the tensor, for messages.</param>
    /// <param name="offset">Where the tensor is, for messages.</param>
    /// <param name="count">The number of elements.</param>
    /// <exception cref="CheckpointException">A size is negative, or there are more elements than a file can have.</exception>
    public static int[] Read(SourceFile file, ReadOnlySpan<long> shape, string tensor, long? offset, out int count) => TryRead(shape, out int[] sizes, out count)
        ? sizes
        : throw file.Broken(offset, $"expected a shape with sizes from 0 and at most {Array.MaxLength} elements, found [{string.Join(", ", shape.ToArray())}].", tensor);
}
