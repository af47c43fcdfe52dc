using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;
using RnnGen.CompilerServices;

namespace RnnGen.Tests.Numerics;

/// <summary>The error bounds in the documentation of ReproducibleMath, and its bits, over a dense sample of all floats.</summary>
public class ReproducibleMathTests
{
    // A prime, so that every exponent sees all sorts of mantissas.
    private const uint Stride = 16_411;

    [Fact]
    public void Tanh()
    {
        Check(ReproducibleMath.Tanh, ReproducibleMath512.Tanh, Math.Tanh, 3.6e-7, (error, expected) => error / Math.Abs(expected), "9765A7184BB71BF9");
        Assert.All(Results(ReproducibleMath512.Tanh), y => Assert.False(Math.Abs(y) > 1));
    }

    [Fact]
    public void Sigmoid()
    {
        Check(ReproducibleMath.Sigmoid, ReproducibleMath512.Sigmoid, x => 1 / (1 + Math.Exp(-x)), 2.1e-7, (error, _) => error, "0E751ECD5989EC58");
        Assert.All(Results(ReproducibleMath512.Sigmoid), y => Assert.False(y is < 0 or > 1));
    }

    [Fact]
    public void Elu() => Check(
        x => ReproducibleMath.Elu(x, 1), x => ReproducibleMath512.Elu(x, 1),
        x => x > 0 ? x : 2 * Math.Tanh(x / 2) / (1 - Math.Tanh(x / 2)), 5e-7, (error, expected) => error / Math.Abs(expected), "6D64A0409704F001");

    [Fact]
    public void Softsign() => Check(
        ReproducibleMath.Softsign, ReproducibleMath512.Softsign, x => x / (1 + Math.Abs(x)), 1.2e-7, (error, expected) => error / Math.Abs(expected), "ACC06FAAF0F39AF1");

    [Fact]
    public void Softplus() => Check(
        ReproducibleMath.Softplus, ReproducibleMath512.Softplus,
        x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x))), 2e-7, (error, expected) => error / Math.Max(1, expected), "BBD7E08B54E4C0A0");

    [Fact]
    public void Functions_that_are_not_rounded()
    {
        Check(ReproducibleMath.Relu, ReproducibleMath512.Relu, x => Math.Max(x, 0), 0, (error, _) => error);
        Check(x => ReproducibleMath.Clip(x, -0.5f, 2), x => ReproducibleMath512.Clip(x, -0.5f, 2), x => Math.Clamp(x, -0.5, 2), 0, (error, _) => error);
        Check(x => ReproducibleMath.Between(x, -0.5f, 2), x => ReproducibleMath512.Between(x, -0.5f, 2), x => x is > -0.5 and < 2 ? 1 : 0, 0, (error, _) => error);
        Check(x => ReproducibleMath.LeakyRelu(x, 0.25f), x => ReproducibleMath512.LeakyRelu(x, 0.25f), x => x > 0 ? x : x / 4, 1e-45, (error, _) => error);
        Check(x => ReproducibleMath.ThresholdedRelu(x, 1.5f), x => ReproducibleMath512.ThresholdedRelu(x, 1.5f), x => x > 1.5 ? x : 0, 0, (error, _) => error);
        Check(ReproducibleMath.Step, ReproducibleMath512.Step, x => x > 0 ? 1 : 0, 0, (error, _) => error);
    }

    [Fact]
    public void Zeros_and_what_is_not_a_number()
    {
        Assert.All(
            (Func<Vector512<float>, Vector512<float>>[])
            [
                ReproducibleMath512.Tanh, ReproducibleMath512.Sigmoid, ReproducibleMath512.Relu, ReproducibleMath512.Softsign, ReproducibleMath512.Softplus,
                x => ReproducibleMath512.Clip(x, -1, 1), x => ReproducibleMath512.LeakyRelu(x, 0.1f), x => ReproducibleMath512.Elu(x, 1),
            ],
            function => Assert.True(float.IsNaN(function(Vector512.Create(float.NaN))[0])));
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(ReproducibleMath512.Relu(Vector512.Create(-0f))[0]));
        Assert.Equal(0u, BitConverter.SingleToUInt32Bits(ReproducibleMath.Relu(new Vector<float>(-0f))[0]));
    }

    [Fact]
    public void Products_are_rounded_before_they_are_added()
    {
        // (1 + e)² - 1 - 2 e is e² if it is fused, and 0 if it is not.
        const float Factor = 1 + 1.1920929e-7f;
        Assert.Equal(0, ReproducibleMath.MultiplyAdd(new Vector<float>(Factor), new Vector<float>(Factor), new Vector<float>(-1 - 2.3841858e-7f))[0]);
        Assert.Equal(0, ReproducibleMath512.MultiplyAdd(Vector512.Create(Factor), Vector512.Create(Factor), Vector512.Create(-1 - 2.3841858e-7f))[0]);
    }

    [Fact]
    public void Everything_that_kernels_may_call_is_there()
    {
        Assert.Equal(Members(typeof(VectorMath), typeof(Vector<float>)), Members(typeof(ReproducibleMath), typeof(Vector<float>)));
        Assert.Equal(Members(typeof(VectorMath512), typeof(Vector512<float>)), Members(typeof(ReproducibleMath512), typeof(Vector512<float>)));

        // VectorMath has functions of single numbers, too, which kernels do not call.
        static IEnumerable<string> Members(Type type, Type vector) => type.GetMethods().Where(m => m.IsStatic && m.IsPublic)
            .Where(m => m.ReturnType == vector || !m.GetParameters().All(p => p.ParameterType == typeof(float)) || m.IsSpecialName)
            .Select(m => m.ToString()!).Order(StringComparer.Ordinal);
    }

    private static void Check(
        Func<Vector<float>, Vector<float>> narrow, Func<Vector512<float>, Vector512<float>> wide, Func<double, double> definition,
        double bound, Func<double, double, double> errorOf, string? digest = null)
    {
        float[] x = Arguments();
        float[] y = Results(wide);
        var z = new float[x.Length];
        for (int k = 0; k < x.Length; k += Vector<float>.Count)
        {
            narrow(new Vector<float>(x, k)).CopyTo(z, k);
        }

        double worst = 0;
        for (int k = 0; k < x.Length; k++)
        {
            double expected = definition(x[k]);
            double error = y[k] == expected ? 0 : Math.Abs(y[k] - expected);
            if (Math.Abs(expected) is 0 or (>= 1.17549435e-38 and <= float.MaxValue))
            {
                worst = Math.Max(worst, error == 0 ? 0 : errorOf(error, expected));
            }
        }

        Assert.InRange(worst, 0, bound);
        Assert.Equal(Digest(y), Digest(z));
        Assert.Equal(digest ?? Digest(y), Digest(y));
    }

    /// <summary>All but NaN, a multiple of 16.</summary>
    private static float[] Arguments()
    {
        float[] all =
        [
            .. from k in Enumerable.Range(0, (int)(uint.MaxValue / Stride))
               let x = BitConverter.UInt32BitsToSingle((uint)k * Stride)
               where !float.IsNaN(x)
               select x,
            float.PositiveInfinity, float.NegativeInfinity, -0f,
        ];
        return all[(all.Length % 16)..];
    }

    private static float[] Results(Func<Vector512<float>, Vector512<float>> function)
    {
        float[] x = Arguments();
        for (int k = 0; k < x.Length; k += Vector512<float>.Count)
        {
            function(Vector512.Create(x, k)).CopyTo(x, k);
        }

        return x;
    }

    private static string Digest(float[] values) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(values.AsSpan()))[..8]);
}
