using System.Numerics;
using System.Runtime.CompilerServices;

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

    /// <summary>The room for some labels: whole vectors with at least one element more.</summary>
    public static int Width(int labels) => (labels + Vector<double>.Count) / Vector<double>.Count * Vector<double>.Count;

    /// <summary>log(exp x + exp y).</summary>
    public static double Add(double x, double y)
    {
        double most = Math.Max(x, y);
        return most + Math.Log(Math.Exp(x - most) + Math.Exp(y - most));
    }

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

    /// <summary>The probabilities of being at the labels, exp(a + after - total), and their sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Posteriors(ReadOnlySpan<double> a, ReadOnlySpan<double> after, double total, Span<double> posteriors)
    {
        var sums = Vector<double>.Zero;
        for (int i = 0; i < posteriors.Length; i += Vector<double>.Count)
        {
            Vector<double> posterior = Vector.Exp(new Vector<double>(a[(i + 1)..]) + new Vector<double>(after[i..]) - new Vector<double>(total));
            posterior.CopyTo(posteriors[i..]);
            sums += posterior;
        }

        return Vector.Sum(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Add(Vector<double> x, Vector<double> y)
    {
        Vector<double> most = Vector.Max(x, y);
        return most + Vector.Log(Vector.Exp(x - most) + Vector.Exp(y - most));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Add(Vector<double> x, Vector<double> y, Vector<double> z)
    {
        Vector<double> most = Vector.Max(Vector.Max(x, y), z);
        return most + Vector.Log(Vector.Exp(x - most) + Vector.Exp(y - most) + Vector.Exp(z - most));
    }
}
