namespace RnnGen.Formats;

/// <summary>Shapes as files declare them, before they are believed.</summary>
internal static class TensorShape
{
    /// <summary>The number of elements.</summary>
    /// <param name="file">The file, for messages.</param>
    /// <param name="shape">The declared sizes.</param>
    /// <param name="tensor">The name of the tensor, for messages.</param>
    /// <param name="offset">Where the tensor is, for messages.</param>
    /// <exception cref="CheckpointException">A size is negative, or there are more elements than a file can have.</exception>
    public static int Count(SourceFile file, ReadOnlySpan<long> shape, string tensor, long? offset)
    {
        long count = 1;
        bool fits = true;
        bool isEmpty = false;
        foreach (long size in shape)
        {
            isEmpty |= size == 0;
            fits &= size is >= 0 and <= int.MaxValue;
            count = fits ? Math.Min(count * Math.Max(size, 1), int.MaxValue) : 0;
        }

        if (!fits || (!isEmpty && count > Array.MaxLength))
        {
            throw file.Broken(offset, $"expected a shape with sizes from 0 and at most {Array.MaxLength} elements, found [{string.Join(", ", shape.ToArray())}].", tensor);
        }

        return isEmpty ? 0 : (int)count;
    }

    /// <summary>The same sizes as integers, once <see cref="Count"/> has accepted them.</summary>
    public static int[] ToInts(ReadOnlySpan<long> shape)
    {
        var sizes = new int[shape.Length];
        for (int k = 0; k < sizes.Length; k++)
        {
            sizes[k] = checked((int)shape[k]);
        }

        return sizes;
    }
}
