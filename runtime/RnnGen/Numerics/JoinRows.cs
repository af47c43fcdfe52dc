using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace RnnGen.CompilerServices;

/// <summary>
/// The operations of joins: copies, sums and products of rows, one per step. Only the elements of the rows are written, not the gaps
/// between them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JoinRows
{
    /// <summary>target = factor · source.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceStride">Distance between rows, in floats.</param>
    /// <param name="target">The first row.</param>
    /// <param name="targetStride">Distance between rows, in floats.</param>
    /// <param name="count">Number of elements per row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="factor">The factor.</param>
    public static void Copy(ref float source, int sourceStride, ref float target, int targetStride, int count, int rows, float factor)
    {
        for (int row = 0; row < rows; row++)
        {
            Span<float> to = Row(ref target, targetStride, row, count);
            Row(ref source, sourceStride, row, count).CopyTo(to);
            if (factor != 1)
            {
                Scale(to, factor);
            }
        }
    }

    /// <summary>target = target + factor · source.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceStride">Distance between rows, in floats.</param>
    /// <param name="target">The first row.</param>
    /// <param name="targetStride">Distance between rows, in floats.</param>
    /// <param name="count">Number of elements per row.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="factor">The factor.</param>
    public static void Add(ref float source, int sourceStride, ref float target, int targetStride, int count, int rows, float factor)
    {
        for (int row = 0; row < rows; row++)
        {
            Add(Row(ref source, sourceStride, row, count), Row(ref target, targetStride, row, count), factor);
        }
    }

    /// <summary>target = target ∘ source.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceStride">Distance between rows, in floats.</param>
    /// <param name="target">The first row.</param>
    /// <param name="targetStride">Distance between rows, in floats.</param>
    /// <param name="count">Number of elements per row.</param>
    /// <param name="rows">Number of rows.</param>
    public static void Multiply(ref float source, int sourceStride, ref float target, int targetStride, int count, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = Row(ref source, sourceStride, row, count);
            Span<float> to = Row(ref target, targetStride, row, count);
            for (int k = 0; k < to.Length; k++)
            {
                to[k] *= from[k];
            }
        }
    }

    /// <summary>target = target + source ∘ other.</summary>
    /// <param name="source">The first row.</param>
    /// <param name="sourceStride">Distance between rows, in floats.</param>
    /// <param name="other">The first row of the other factor.</param>
    /// <param name="otherStride">Distance between rows, in floats.</param>
    /// <param name="target">The first row.</param>
    /// <param name="targetStride">Distance between rows, in floats.</param>
    /// <param name="count">Number of elements per row.</param>
    /// <param name="rows">Number of rows.</param>
    public static void AddProduct(
        ref float source, int sourceStride, ref float other, int otherStride, ref float target, int targetStride, int count, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            ReadOnlySpan<float> from = Row(ref source, sourceStride, row, count);
            ReadOnlySpan<float> with = Row(ref other, otherStride, row, count);
            Span<float> to = Row(ref target, targetStride, row, count);
            for (int k = 0; k < to.Length; k++)
            {
                to[k] += from[k] * with[k];
            }
        }
    }

    private static Span<float> Row(ref float first, int stride, int row, int count) =>
        MemoryMarshal.CreateSpan(ref Unsafe.Add(ref first, row * stride), count);

    /// <summary>values = factor · values.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="factor">The factor.</param>
    public static void Scale(Span<float> values, float factor)
    {
        foreach (ref float value in values)
        {
            value *= factor;
        }
    }

    private static void Add(ReadOnlySpan<float> source, Span<float> target, float factor)
    {
        int k = 0;
        for (; k <= target.Length - Vector<float>.Count; k += Vector<float>.Count)
        {
            Vector<float> sum = new Vector<float>(target[k..]) + (new Vector<float>(source[k..]) * factor);
            sum.CopyTo(target[k..]);
        }

        for (; k < target.Length; k++)
        {
            target[k] += source[k] * factor;
        }
    }
}
