namespace RnnGen.Formats.Tests;

/// <summary>Layers in double precision, to see that tensors stand where they belong.</summary>
internal static class SmallNetwork
{
    public static double Sigmoid(double value) => 1 / (1 + Math.Exp(-value));

    public static double[] Softmax(double[] values)
    {
        double[] powers = [.. values.Select(value => Math.Exp(value - values.Max()))];
        return [.. powers.Select(power => power / powers.Sum())];
    }

    public static double[] Widen(ReadOnlySpan<float> values)
    {
        var doubles = new double[values.Length];
        for (int k = 0; k < doubles.Length; k++)
        {
            doubles[k] = values[k];
        }

        return doubles;
    }

    /// <summary>A kernel [inputs, outputs], as Keras and TensorFlow have it.</summary>
    public static double[] Dense(FileTensor kernel, FileTensor? bias, ReadOnlySpan<double> x)
    {
        Assert.Equal(kernel.Shape[0], x.Length);
        double[] y = bias is null ? new double[kernel.Shape[1]] : Widen(bias.Values.Span);
        ReadOnlySpan<float> values = kernel.Values.Span;
        for (int k = 0; k < x.Length; k++)
        {
            for (int j = 0; j < y.Length; j++)
            {
                y[j] += x[k] * values[(k * y.Length) + j];
            }
        }

        return y;
    }

    /// <summary>A matrix [outputs, inputs], as PyTorch and TensorFlow Lite have it.</summary>
    public static double[] Linear(FileTensor weight, FileTensor? bias, ReadOnlySpan<double> x)
    {
        Assert.Equal(weight.Shape[1], x.Length);
        double[] y = bias is null ? new double[weight.Shape[0]] : Widen(bias.Values.Span);
        ReadOnlySpan<float> values = weight.Values.Span;
        for (int j = 0; j < y.Length; j++)
        {
            for (int k = 0; k < x.Length; k++)
            {
                y[j] += values[(j * x.Length) + k] * x[k];
            }
        }

        return y;
    }

    /// <summary>A step of an LSTM, from the sums of its gates i, f, g, o.</summary>
    public static void Lstm(ReadOnlySpan<double> sums, Span<double> h, Span<double> c)
    {
        int n = h.Length;
        for (int k = 0; k < n; k++)
        {
            c[k] = (Sigmoid(sums[n + k]) * c[k]) + (Sigmoid(sums[k]) * Math.Tanh(sums[(2 * n) + k]));
            h[k] = Sigmoid(sums[(3 * n) + k]) * Math.Tanh(c[k]);
        }
    }

    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];
}
