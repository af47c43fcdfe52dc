using System.Numerics;
using System.Runtime.InteropServices;

namespace RnnGen.Verification;

/// <summary>Products in double precision.</summary>
internal static class Vectors
{
    /// <summary>Adds <c>W·x</c>. Inputs that are zero cost nothing, such as those of a token.</summary>
    /// <param name="transposed">W, [columns, rows].</param>
    /// <param name="x">[columns].</param>
    /// <param name="sums">[rows].</param>
    public static void AddProduct(ReadOnlySpan<double> transposed, ReadOnlySpan<double> x, Span<double> sums)
    {
        int rows = sums.Length;
        for (int column = 0; column < x.Length; column++)
        {
            if (x[column] != 0)
            {
                AddScaled(transposed.Slice(column * rows, rows), x[column], sums);
            }
        }
    }

    /// <summary>A matrix [rows, columns] as [columns, rows].</summary>
    public static double[] Transpose(ReadOnlySpan<double> matrix, int rows)
    {
        int columns = matrix.Length / rows;
        var transposed = new double[matrix.Length];
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                transposed[(column * rows) + row] = matrix[(row * columns) + column];
            }
        }

        return transposed;
    }

    private static void AddScaled(ReadOnlySpan<double> values, double factor, Span<double> sums)
    {
        var factors = new Vector<double>(factor);
        ReadOnlySpan<Vector<double>> source = MemoryMarshal.Cast<double, Vector<double>>(values);
        Span<Vector<double>> target = MemoryMarshal.Cast<double, Vector<double>>(sums);
        for (int k = 0; k < target.Length; k++)
        {
            target[k] += factors * source[k];
        }

        for (int k = target.Length * Vector<double>.Count; k < sums.Length; k++)
        {
            sums[k] += factor * values[k];
        }
    }
}
