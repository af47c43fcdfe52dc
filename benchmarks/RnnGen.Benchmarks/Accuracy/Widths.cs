using System.Numerics;
using System.Runtime.Intrinsics;
using RnnGen.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>The element functions at 512 bits.</summary>
internal static class Wide
{
    public static void PreciseTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            PreciseMath.Tanh(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void PreciseSigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            PreciseMath.Sigmoid(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void ReproducibleTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            ReproducibleMath512.Tanh(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void ReproducibleSigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            ReproducibleMath512.Sigmoid(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void Tanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            VectorMath512.Tanh(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += 16)
        {
            VectorMath512.Sigmoid(Vector512.Create(x[k..])).CopyTo(y[k..]);
        }
    }
}

/// <summary>The element functions at the width of <see cref="Vector{T}"/>.</summary>
internal static class Narrow
{
    public static void PreciseTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            PreciseMath.Tanh(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void PreciseSigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            PreciseMath.Sigmoid(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void ReproducibleTanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            ReproducibleMath.Tanh(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void ReproducibleSigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            ReproducibleMath.Sigmoid(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void Tanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            VectorMath.Tanh(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            VectorMath.Sigmoid(new Vector<float>(x[k..])).CopyTo(y[k..]);
        }
    }

    /// <summary>Those of softmax, which are never of positive numbers: 1 for these.</summary>
    public static void Exp(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = Math.Min(x[k], 0);
        }

        SoftmaxHead.Exponentials(y, y, max: 0);
    }
}

/// <summary>The element functions of single numbers.</summary>
internal static class OneByOne
{
    public static void Tanh(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = VectorMath.Tanh(x[k]);
        }
    }

    public static void Sigmoid(ReadOnlySpan<float> x, Span<float> y)
    {
        for (int k = 0; k < x.Length; k++)
        {
            y[k] = VectorMath.Sigmoid(x[k]);
        }
    }
}
