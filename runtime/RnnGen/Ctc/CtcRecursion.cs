using System.Numerics;
using System.Runtime.CompilerServices;
using RnnGen.Numerics;

namespace RnnGen.Ctc;

/// <summary>
/// The forward and backward variables of connectionist temporal classification (Graves et al. 2006), in log space and double precision: sums of hundreds of
/// logarithms keep the accuracy that gradients need. Element i of <c>a</c> is label i, element i of <c>b</c> the blank in front of it; the last blank is behind
/// all labels. So the neighbors of a vector are vectors, too. Elements behind the last ones never reach those before them.
/// </summary>
internal static class CtcRecursion
{
    /// <summary>The logarithm of 0: finite, so that no difference of two of them is NaN, and lower than any sum of logarithms of probabilities.</summary>
    public const double Zero = -1e300;

    private const double Log2 = 0.6931471805599453;

    /// <summary>The room for some labels: whole vectors with at least one element more.</summary>
    public static int Width(int labels) => (labels + Vector<double>.Count) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>log(exp x + exp y).</summary>
    public static double Add(double x, double y)
    {
        double most = Math.Max(x, y);
        return most + PortableMath.Log(PortableMath.Exp(x - most) + PortableMath.Exp(y - most));
    }

    /// <summary>The forward variables before the first step: the path is at the first blank.</summary>
    public static void Begin(Span<double> a, Span<double> b)
    {
        a.Fill(Zero);
        b.Fill(Zero);
        b[0] = 0;
    }

    /// <summary>The log probability of all labels, from the forward variables after the last step: the path ends at the last label or at the blank behind it.</summary>
    /// <param name="a">Those of the labels, with one element in front: without labels, that is the last one, log 0.</param>
    /// <param name="b">Those of the blanks.</param>
    /// <param name="count">Number of labels.</param>
    public static double End(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int count) => Add(a[count], b[count]);

    /// <summary>The step forward: <paramref name="next"/> may be <paramref name="a"/>.</summary>
    /// <param name="a">Those of the labels before the step, with one element in front that is <see cref="Zero"/>.</param>
    /// <param name="next">Receives those after it, likewise.</param>
    /// <param name="b">Those of the blanks, which are replaced.</param>
    /// <param name="skip">0 where a label may follow the one before it directly, <see cref="Zero"/> where the two are equal.</param>
    /// <param name="labels">Log probabilities of the labels at the step.</param>
    /// <param name="blank">That of the blank.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Forward(ReadOnlySpan<double> a, Span<double> next, Span<double> b, ReadOnlySpan<double> skip, ReadOnlySpan<double> labels, double blank)
    {
        // From the last to the first: each vector reads elements before it.
        for (int i = b.Length - Vector<double>.Count; i >= 0; i -= Vector<double>.Count)
        {
            var before = new Vector<double>(a[i..]);
            var label = new Vector<double>(a[(i + 1)..]);
            var space = new Vector<double>(b[i..]);
            (Add(label, space, before + new Vector<double>(skip[i..])) + new Vector<double>(labels[i..])).CopyTo(next[(i + 1)..]);
            (Add(space, before) + new Vector<double>(blank)).CopyTo(b[i..]);
        }
    }

    /// <summary>The step back: the log probabilities of what comes after a step, from those after the next one.</summary>
    /// <param name="a">Those of the labels, which are replaced, and room for another vector.</param>
    /// <param name="b">Those of the blanks, likewise.</param>
    /// <param name="skip">As for <see cref="Forward"/>, and room for another vector.</param>
    /// <param name="labels">Log probabilities of the labels at the next step, and room for another vector.</param>
    /// <param name="blank">That of the blank.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Backward(Span<double> a, Span<double> b, ReadOnlySpan<double> skip, ReadOnlySpan<double> labels, double blank)
    {
        var ofBlank = new Vector<double>(blank);
        for (int i = 0; i <= a.Length - (2 * Vector<double>.Count); i += Vector<double>.Count)
        {
            Vector<double> label = new Vector<double>(a[i..]) + new Vector<double>(labels[i..]);
            Vector<double> after = new Vector<double>(a[(i + 1)..]) + new Vector<double>(labels[(i + 1)..]) + new Vector<double>(skip[(i + 1)..]);
            Vector<double> space = new Vector<double>(b[i..]) + ofBlank;
            Vector<double> spaceAfter = new Vector<double>(b[(i + 1)..]) + ofBlank;
            Add(label, spaceAfter, after).CopyTo(a[i..]);
            Add(space, label).CopyTo(b[i..]);
        }
    }

    /// <summary>The probabilities of being at the labels, exp(a + after - total).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Posteriors(ReadOnlySpan<double> a, ReadOnlySpan<double> after, double total, Span<double> posteriors)
    {
        for (int i = 0; i < posteriors.Length; i += Vector<double>.Count)
        {
            Vector<double> posterior = Exp(new Vector<double>(a[(i + 1)..]) + new Vector<double>(after[i..]) - new Vector<double>(total));
            posterior.CopyTo(posteriors[i..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Add(Vector<double> x, Vector<double> y)
    {
        Vector<double> most = Vector.Max(x, y);
        return most + Log(Vector<double>.One + Exp(Vector.Min(x, y) - most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Add(Vector<double> x, Vector<double> y, Vector<double> z)
    {
        // In order: the largest one has exp(0) = 1.
        Vector<double> low = Vector.Min(x, y);
        Vector<double> high = Vector.Max(x, y);
        Vector<double> most = Vector.Max(high, z);
        Vector<double> middle = Vector.Max(low, Vector.Min(high, z));
        return most + Log(Vector<double>.One + Exp(middle - most) + Exp(Vector.Min(low, z) - most));
    }

    /// <summary>
    /// exp x for x up to about 0, with a relative error below 1e-11, 1e-304 where it is smaller than that: x = n log 2 + r, and e^r by its Taylor series. Those of
    /// the library are exact to the last bit and take several times as long, which is most of the time of the loss. No product is fused with a sum, so that
    /// all machines give the same bits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Exp(Vector<double> x)
    {
        // 1.5 · 2^52: what is added to it is rounded to an integer, which is in the lowest bits.
        const double Rounder = 6755399441055744;
        x = Vector.Max(x, new Vector<double>(-700));
        Vector<double> rounded = (x * new Vector<double>(1 / Log2)) + new Vector<double>(Rounder);
        Vector<double> r = ((rounded - new Vector<double>(Rounder)) * new Vector<double>(-Log2)) + x;
        Vector<double> square = r * r;
        Vector<double> power = (new Vector<double>(1.0 / 362880) * r) + new Vector<double>(1.0 / 40320);
        power = (power * square) + ((new Vector<double>(1.0 / 5040) * r) + new Vector<double>(1.0 / 720));
        power = (power * square) + ((new Vector<double>(1.0 / 120) * r) + new Vector<double>(1.0 / 24));
        power = (power * square) + ((new Vector<double>(1.0 / 6) * r) + new Vector<double>(0.5));
        power = (power * square) + (r + Vector<double>.One);
        return Vector.AsVectorDouble(Vector.AsVectorInt64(power) + Vector.ShiftLeft(Vector.AsVectorInt64(rounded), 52));
    }

    /// <summary>log x for x in 1 .. 3, with an error below 2e-12: log c + 2 artanh((x - c) / (x + c)), c = √3, by its Taylor series.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Log(Vector<double> x)
    {
        var c = new Vector<double>(1.7320508075688772);
        Vector<double> u = (x - c) / (x + c);
        Vector<double> square = u * u;
        Vector<double> fourth = square * square;
        Vector<double> sum = (new Vector<double>(2.0 / 17) * square) + new Vector<double>(2.0 / 15);
        sum = (sum * fourth) + ((new Vector<double>(2.0 / 13) * square) + new Vector<double>(2.0 / 11));
        sum = (sum * fourth) + ((new Vector<double>(2.0 / 9) * square) + new Vector<double>(2.0 / 7));
        sum = (sum * fourth) + ((new Vector<double>(2.0 / 5) * square) + new Vector<double>(2.0 / 3));
        sum = (sum * square) + new Vector<double>(2);
        return (sum * u) + new Vector<double>(0.5493061443340549);
    }
}
