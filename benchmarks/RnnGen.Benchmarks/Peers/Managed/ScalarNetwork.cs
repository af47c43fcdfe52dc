namespace RnnGen.Benchmarks;

/// <summary>The equations as loops over floats.</summary>
internal sealed class ScalarNetwork(Shape shape, float[] weights) : Network(shape, weights)
{
    protected override void MultiplyAdd(float[] weights, ReadOnlySpan<float> x, float[] bias, Span<float> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            float sum = bias[row];
            int start = row * x.Length;
            for (int k = 0; k < x.Length; k++)
            {
                sum += weights[start + k] * x[k];
            }

            sums[row] = sum;
        }
    }

    protected override void Rnn(float[] a, float[] b, float[] h)
    {
        for (int unit = 0; unit < h.Length; unit++)
        {
            h[unit] = MathF.Tanh(a[unit] + b[unit]);
        }
    }

    protected override void Lstm(float[] a, float[] b, float[] h, float[] c)
    {
        int n = h.Length;
        for (int unit = 0; unit < n; unit++)
        {
            float i = Sigmoid(a[unit] + b[unit]);
            float f = Sigmoid(a[n + unit] + b[n + unit]);
            float g = MathF.Tanh(a[(2 * n) + unit] + b[(2 * n) + unit]);
            float o = Sigmoid(a[(3 * n) + unit] + b[(3 * n) + unit]);
            c[unit] = (f * c[unit]) + (i * g);
            h[unit] = o * MathF.Tanh(c[unit]);
        }
    }

    protected override void Gru(float[] a, float[] b, float[] h)
    {
        int n = h.Length;
        for (int unit = 0; unit < n; unit++)
        {
            float r = Sigmoid(a[unit] + b[unit]);
            float z = Sigmoid(a[n + unit] + b[n + unit]);
            float candidate = MathF.Tanh(a[(2 * n) + unit] + (r * b[(2 * n) + unit]));
            h[unit] = ((1 - z) * candidate) + (z * h[unit]);
        }
    }

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
}
