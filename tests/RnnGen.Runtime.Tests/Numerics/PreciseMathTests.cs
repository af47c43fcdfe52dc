using System.Numerics;
using System.Runtime.Intrinsics;
using RnnGen.CompilerServices;

namespace RnnGen.Tests.Numerics;

/// <summary>The error bounds in the documentation of PreciseMath, over a dense sample of all floats.</summary>
public class PreciseMathTests
{
    // A prime, so that every exponent sees all sorts of mantissas.
    private static readonly uint Stride = Vector512.IsHardwareAccelerated ? 4093u : 65_521u;

    [Fact]
    public void Tanh() => Check(PreciseMath.Tanh, PreciseMath.Tanh, Math.Tanh, 1.9e-7);

    [Fact]
    public void Tanh_passes_a_gradient_almost_as_far_as_floats_can()
    {
        float[] h = Of(PreciseMath.Tanh, 8.6f, 8.66f, 8.67f);
        Assert.InRange((1 - (h[0] * h[0])) / (1 - Math.Pow(Math.Tanh(8.6f), 2)), 0.5, 2);
        Assert.Equal([MathF.BitDecrement(1), 1], h[1..]);
    }

    [Fact]
    public void Sigmoid() => Check(PreciseMath.Sigmoid, PreciseMath.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 1.9e-7);

    [Fact]
    public void Elu() => Check(
        x => PreciseMath.Elu(x, 1), x => PreciseMath.Elu(x, 1), x => x > 0 ? x : 2 * Math.Tanh(x / 2) / (1 - Math.Tanh(x / 2)), 4e-7);

    [Fact]
    public void Softplus() => Check(PreciseMath.Softplus, PreciseMath.Softplus, LogOfOnePlusPower, 3e-7);

    [Fact]
    public void Special_values()
    {
        Assert.Equal([1, -1, 1, 1], Of(PreciseMath.Tanh, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, 20));
        Assert.Equal([1, 0, 0, 0.5f], Of(PreciseMath.Sigmoid, float.PositiveInfinity, float.NegativeInfinity, -110, 0));
        Assert.Equal([float.PositiveInfinity, -1, 1e30f, -1], Of(x => PreciseMath.Elu(x, 1), float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f));
        Assert.Equal([float.PositiveInfinity, 0, 1e30f, 0], Of(PreciseMath.Softplus, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f));
        foreach (Func<Vector512<float>, Vector512<float>> function in (Func<Vector512<float>, Vector512<float>>[])
            [PreciseMath.Tanh, PreciseMath.Sigmoid, x => PreciseMath.Elu(x, 1), PreciseMath.Softplus])
        {
            Assert.All(Of(function, float.NaN, -float.NaN), y => Assert.True(float.IsNaN(y)));
        }

        float[] own = [0, -0f, float.Epsilon, -float.Epsilon, 1e-40f, 1.17549435e-38f, -1e-20f, 1e-5f];
        Assert.Equal(own.Select(BitConverter.SingleToInt32Bits), Of(PreciseMath.Tanh, own).Select(BitConverter.SingleToInt32Bits));
    }

    private static double LogOfOnePlusPower(double x)
    {
        double u = Math.Exp(-Math.Abs(x));
        return Math.Max(x, 0) + (u < 1e-5 ? u - (u * u / 2) + (u * u * u / 3) : Math.Log(1 + u));
    }

    private static void Check(
        Func<Vector<float>, Vector<float>> narrow, Func<Vector512<float>, Vector512<float>> wide, Func<double, double> definition, double bound)
    {
        const int Block = 16;
        var x = new float[Block];
        var y = new float[Block];
        var z = new float[Block];
        double worst = 0;
        ulong bits = 0;
        while (bits <= uint.MaxValue)
        {
            for (int k = 0; k < Block; k++, bits += Stride)
            {
                x[k] = BitConverter.UInt32BitsToSingle((uint)bits);
            }

            wide(Vector512.Create(x)).CopyTo(y);
            for (int k = 0; k < Block; k += Vector<float>.Count)
            {
                narrow(new Vector<float>(x, k)).CopyTo(z, k);
            }

            for (int k = 0; k < Block; k++)
            {
                if (BitConverter.SingleToInt32Bits(y[k]) != BitConverter.SingleToInt32Bits(z[k]) && !float.IsNaN(x[k]))
                {
                    Assert.Fail($"The widths differ at {x[k]:R}: {y[k]:R} and {z[k]:R}.");
                }

                double expected = definition(x[k]);
                if (Math.Abs(expected) is >= 1.17549435e-38 and <= float.MaxValue)
                {
                    worst = Math.Max(worst, Math.Abs(y[k] - expected) / Math.Abs(expected));
                }
            }
        }

        Assert.InRange(worst, 1e-8, bound);
    }

    private static float[] Of(Func<Vector512<float>, Vector512<float>> function, params float[] x)
    {
        var all = new float[16];
        x.CopyTo(all, 0);
        function(Vector512.Create(all)).CopyTo(all);
        return all[..x.Length];
    }
}
