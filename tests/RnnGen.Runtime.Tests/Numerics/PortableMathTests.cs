using System.Security.Cryptography;
using RnnGen.Numerics;

namespace RnnGen.Tests.Numerics;

/// <summary>The error bounds in the documentation of PortableMath, and its bits.</summary>
public class PortableMathTests
{
    [Fact]
    public void Exp() => Check(PortableMath.Exp, Math.Exp, [.. Range(-708, 709), .. Range(-1, 1), -1e-10, 1e-300, 0]);

    [Fact]
    public void Log() => Check(PortableMath.Log, Math.Log, [.. Range(0.5, 2), .. Range(1e-3, 1e3), 1 + 1e-15, 1 - 1e-15, 1, 1e300, 1e-300, 3e-310, double.Epsilon, double.MaxValue]);

    [Fact]
    public void Tanh() => Check(PortableMath.Tanh, Math.Tanh, [.. Range(-3, 3), .. Range(-2e-4, 2e-4), 30, -1e300, 1e-310], 3e-12);

    [Fact]
    public void Sine_and_cosine()
    {
        foreach (double turns in (double[])[.. Range(-2, 2), 1 / 8.0, 1e-9])
        {
            (double sine, double cosine) = PortableMath.SinCosOfTurns(turns);

            // The argument in radians is rounded.
            (double expectedSine, double expectedCosine) = Math.SinCos(2 * Math.PI * turns);
            double bound = 2e-16 + (1e-15 * Math.Abs(turns));
            Assert.InRange(sine, expectedSine - bound, expectedSine + bound);
            Assert.InRange(cosine, expectedCosine - bound, expectedCosine + bound);
        }

        Assert.Equal((1, 0), PortableMath.SinCosOfTurns(0.25));
        Assert.Equal((0, -1), PortableMath.SinCosOfTurns(-0.5));
        Assert.Equal((double.NaN, double.NaN), PortableMath.SinCosOfTurns(double.PositiveInfinity));
    }

    [Fact]
    public void Powers()
    {
        foreach (long n in (long[])[0, 1, 2, 3, 10, 1000, 123_456])
        {
            Assert.InRange(PortableMath.Power(0.9995, n) / Math.Pow(0.9995, n), 1 - (2e-16 * (n + 1)), 1 + (2e-16 * (n + 1)));
        }

        Assert.InRange(PortableMath.Power(0.3, 2.5) / Math.Pow(0.3, 2.5), 1 - 1e-15, 1 + 1e-15);
        Assert.Equal(0, PortableMath.Power(0, 0.1));
        Assert.Equal(1, PortableMath.Power(1, double.PositiveInfinity));
        Assert.Equal(0, PortableMath.Power(0.5, double.PositiveInfinity));
    }

    [Fact]
    public void Special_values()
    {
        Assert.Equal([double.PositiveInfinity, double.PositiveInfinity, 0, 0, double.NaN], Of(PortableMath.Exp, double.PositiveInfinity, 709.79, double.NegativeInfinity, -745.2, double.NaN));
        Assert.Equal([double.PositiveInfinity, double.NegativeInfinity, double.NegativeInfinity, double.NaN, double.NaN], Of(PortableMath.Log, double.PositiveInfinity, 0, -0.0, -1, double.NaN));
        Assert.Equal([1, -1, double.NaN, 0], Of(PortableMath.Tanh, double.PositiveInfinity, double.NegativeInfinity, double.NaN, 0));
    }

    [Fact]
    public void Bits_are_those_that_every_machine_gives()
    {
        byte[] bytes =
        [
            .. from x in Range(-20, 20)
               from y in (double[])[PortableMath.Exp(x), PortableMath.Log(Math.Abs(x)), PortableMath.Tanh(x), PortableMath.SinCosOfTurns(x).Sine, PortableMath.SinCosOfTurns(x).Cosine]
               from one in BitConverter.GetBytes(y)
               select one,
        ];
        Assert.Equal("876A533A74C894B5", Convert.ToHexString(SHA256.HashData(bytes)[..8]));
    }

    private static void Check(Func<double, double> function, Func<double, double> definition, double[] arguments, double bound = 2.3e-16)
    {
        double worst = 0;
        foreach (double x in arguments)
        {
            // The library is exact to half a unit in the last place, which is added here.
            double expected = definition(x);
            double error = Math.Abs(function(x) - expected);
            worst = Math.Max(worst, error == 0 ? 0 : error / Math.Abs(expected));
        }

        Assert.InRange(worst, 0, bound);
    }

    private static double[] Range(double from, double to) => [.. Enumerable.Range(0, 20_001).Select(k => from + ((to - from) * k / 20_000.0))];

    private static double[] Of(Func<double, double> function, params double[] x) => [.. x.Select(function)];
}
