using System.Numerics.Tensors;

namespace RnnGen.Benchmarks;

/// <summary>The equations with the vectorized functions of System.Numerics.Tensors.</summary>
internal sealed class TensorPrimitivesNetwork(Shape shape, float[] weights) : Network(shape, weights)
{
    private readonly float[] _products = new float[shape.Hidden];

    protected override void MultiplyAdd(float[] weights, ReadOnlySpan<float> x, float[] bias, Span<float> sums)
    {
        for (int row = 0; row < sums.Length; row++)
        {
            sums[row] = bias[row] + TensorPrimitives.Dot(weights.AsSpan(row * x.Length, x.Length), x);
        }
    }

    protected override void Rnn(float[] a, float[] b, float[] h)
    {
        TensorPrimitives.Add(a, b, h);
        TensorPrimitives.Tanh(h, h);
    }

    protected override void Lstm(float[] a, float[] b, float[] h, float[] c)
    {
        int n = h.Length;
        TensorPrimitives.Add(a, b, a);
        Span<float> i = a.AsSpan(0, n);
        Span<float> f = a.AsSpan(n, n);
        Span<float> g = a.AsSpan(2 * n, n);
        Span<float> o = a.AsSpan(3 * n, n);
        TensorPrimitives.Sigmoid(a.AsSpan(0, 2 * n), a.AsSpan(0, 2 * n));
        TensorPrimitives.Tanh(g, g);
        TensorPrimitives.Sigmoid(o, o);
        TensorPrimitives.Multiply(i, g, _products);
        TensorPrimitives.MultiplyAdd(f, c, _products, c);
        TensorPrimitives.Tanh(c, h);
        TensorPrimitives.Multiply(o, h, h);
    }

    protected override void Gru(float[] a, float[] b, float[] h)
    {
        int n = h.Length;
        Span<float> gates = a.AsSpan(0, 2 * n);
        TensorPrimitives.Add(gates, b.AsSpan(0, 2 * n), gates);
        TensorPrimitives.Sigmoid(gates, gates);
        Span<float> candidate = a.AsSpan(2 * n, n);
        TensorPrimitives.MultiplyAdd(a.AsSpan(0, n), b.AsSpan(2 * n, n), candidate, candidate);
        TensorPrimitives.Tanh(candidate, candidate);
        TensorPrimitives.Subtract(h, candidate, _products);
        TensorPrimitives.MultiplyAdd(a.AsSpan(n, n), _products, candidate, h);
    }
}
