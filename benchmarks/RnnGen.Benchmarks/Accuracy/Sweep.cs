using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace RnnGen.Benchmarks;

/// <summary>y = f(x), sixteen floats and more at a time.</summary>
internal delegate void Apply(ReadOnlySpan<float> x, Span<float> y);

/// <summary>One function over all floats, in all its forms, on all cores, against double precision.</summary>
/// <param name="forms">Its forms by name.</param>
/// <param name="least">No value is below that.</param>
/// <param name="greatest">No value is above that.</param>
internal abstract class Sweep((string Name, Apply Apply)[] forms, double least, double greatest)
{
    private const int Block = 4096;

    public IEnumerable<string> Names => forms.Select(form => form.Name);

    public Error[] Run()
    {
        Error[] total = NewErrors();
        Parallel.For(0, 1 << 12, NewErrors, Part, part =>
        {
            lock (total)
            {
                Add(total, part);
            }
        });
        return total;
    }

    /// <summary>exp(x); where that is far outside of what floats hold, something that is, too. There the library's own one takes ten times as long.</summary>
    protected static Vector256<double> Exponential(Vector256<double> x) =>
        Vector256.Exp(Vector256.Min(Vector256.Max(x, Vector256.Create(-300.0)), Vector256.Create(300.0)));

    /// <summary>The true values, to about 1e-14.</summary>
    protected abstract Vector256<double> True(Vector256<double> x);

    protected abstract bool CountsAbsolute(float x);

    private static void Add(Error[] total, Error[] part)
    {
        for (int k = 0; k < total.Length; k++)
        {
            total[k].Add(part[k]);
        }
    }

    private Error[] NewErrors() => [.. forms.Select(_ => new Error())];

    /// <summary>A 4096th of all floats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Error[] Part(int part, ParallelLoopState state, Error[] errors)
    {
        var x = new float[Block];
        var first = new float[Block];
        var y = new float[Block];
        var truth = new double[Block];
        uint start = (uint)part << 20;
        for (uint block = 0; block < 1 << 20; block += Block)
        {
            for (uint k = 0; k < Block; k++)
            {
                x[k] = BitConverter.UInt32BitsToSingle(start + block + k);
            }

            for (int k = 0; k < Block; k += 8)
            {
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(x, k));
                True(lower).CopyTo(truth, k);
                True(upper).CopyTo(truth, k + 4);
            }

            forms[0].Apply(x, first);
            Error ofFirst = Compare(x, first, truth);
            errors[0].Add(ofFirst);
            for (int form = 1; form < forms.Length; form++)
            {
                // Forms that give the same bits have the same errors.
                forms[form].Apply(x, y);
                bool same = MemoryMarshal.AsBytes<float>(y).SequenceEqual(MemoryMarshal.AsBytes<float>(first));
                errors[form].Add(same ? ofFirst : Compare(x, y, truth));
            }
        }

        return errors;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Error Compare(float[] x, float[] y, double[] truth)
    {
        var error = new Error();

        // All floats of a block have the same sign and almost the same exponent.
        bool absolute = CountsAbsolute(x[0]);
        double worstAbsolute = 0;
        double worstRelative = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double t = truth[k];
            double difference = Math.Abs(y[k] - t);
            double size = Math.Abs(t);
            if (float.IsNaN(x[k]))
            {
                error.KeepsNaN &= float.IsNaN(y[k]);
                continue;
            }

            if (!(y[k] >= least && y[k] <= greatest))
            {
                error.IsInRange = false;
            }

            if (absolute && difference > worstAbsolute)
            {
                error.AddAbsolute(worstAbsolute = difference, x[k]);
            }

            // Below the normal floats, one bit is a large part.
            if (size is >= 1.17549435e-38 and <= float.MaxValue && difference > worstRelative * size)
            {
                error.AddRelative(worstRelative = difference / size, x[k]);
            }
        }

        return error;
    }
}

internal sealed class TanhSweep(params (string Name, Apply Apply)[] forms) : Sweep(forms, -1, 1)
{
    protected override bool CountsAbsolute(float x) => true;

    protected override Vector256<double> True(Vector256<double> x)
    {
        // 1 - 2 / (exp(2x) + 1) loses digits near 0; the series is exact enough there.
        Vector256<double> far = Vector256<double>.One - (Vector256.Create(2.0) / (Exponential(x + x) + Vector256<double>.One));
        Vector256<double> s = x * x;
        Vector256<double> near = Vector256.Create(-17.0 / 315);
        near = (near * s) + Vector256.Create(2.0 / 15);
        near = (near * s) - Vector256.Create(1.0 / 3);
        near = (near * s * x) + x;
        return Vector256.ConditionalSelect(Vector256.LessThan(Vector256.Abs(x), Vector256.Create(0.01)), near, far);
    }
}

internal sealed class SigmoidSweep(params (string Name, Apply Apply)[] forms) : Sweep(forms, 0, 1)
{
    protected override bool CountsAbsolute(float x) => true;

    protected override Vector256<double> True(Vector256<double> x) => Vector256<double>.One / (Vector256<double>.One + Exponential(-x));
}

internal sealed class ExpSweep(params (string Name, Apply Apply)[] forms) : Sweep(forms, 0, 1)
{
    protected override bool CountsAbsolute(float x) => x <= 0;

    // What is not a number is not compared.
    protected override Vector256<double> True(Vector256<double> x) =>
        Vector256.ConditionalSelect(Vector256.LessThanOrEqual(x, Vector256<double>.Zero), Exponential(x), Vector256.Create(double.NaN));
}
