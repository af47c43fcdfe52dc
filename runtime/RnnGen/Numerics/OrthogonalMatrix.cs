namespace RnnGen.Numerics;

/// <summary>Random matrices with orthogonal rows or columns, uniformly distributed.</summary>
internal static class OrthogonalMatrix
{
    /// <summary>
    /// Fills a matrix by the method of Gram and Schmidt, applied to normally distributed vectors along the shorter dimension. Each vector is
    /// orthogonalized twice, which leaves only rounding errors (Giraud et al. 2005).
    /// </summary>
    public static void Fill(ref RandomStream random, int rows, int columns, float gain, Span<float> rowMajor)
    {
        bool tall = rows > columns;
        int length = Math.Max(rows, columns);
        var vectors = new double[Math.Min(rows, columns)][];
        for (int v = 0; v < vectors.Length; v++)
        {
            vectors[v] = Next(ref random, length, vectors.AsSpan(0, v));
            for (int k = 0; k < length; k++)
            {
                rowMajor[tall ? (k * columns) + v : (v * columns) + k] = (float)(gain * vectors[v][k]);
            }
        }
    }

    private static double[] Next(ref RandomStream random, int length, ReadOnlySpan<double[]> others)
    {
        var vector = new double[length];
        foreach (ref double element in vector.AsSpan())
        {
            element = random.NextNormal();
        }

        for (int pass = 0; pass < 2; pass++)
        {
            foreach (double[] other in others)
            {
                AddMultiple(vector, other, -Dot(vector, other));
            }
        }

        double scale = 1 / Math.Sqrt(Dot(vector, vector));
        foreach (ref double element in vector.AsSpan())
        {
            element *= scale;
        }

        return vector;
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    private static void AddMultiple(double[] target, double[] source, double factor)
    {
        for (int k = 0; k < target.Length; k++)
        {
            target[k] += factor * source[k];
        }
    }
}
