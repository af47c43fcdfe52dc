namespace RnnGen.Numerics;

/// <summary>
/// Functions of one number in double precision that are made of additions, multiplications, divisions and square roots alone, so that they give the same bits
/// on every machine. Those of <see cref="Math"/> come from the C library of the platform. Errors are below 2e-16 where nothing else is said: about one unit
/// in the last place.
/// </summary>
internal static class PortableMath
{
    /// <summary>ln 2.</summary>
    public const double LnTwo = 0.6931471805599453;

    // ln 2 in two parts: the first one has so few digits that its product with an exponent is exact (Cody and Waite 1980).
    private const double LnTwoHigh = 6.93147180369123816490e-01;
    private const double LnTwoLow = 1.90821492927058770002e-10;

    /// <summary>eˣ, with a relative error as long as the result is a normal number.</summary>
    public static double Exp(double x)
    {
        // Beyond these, all results are infinite or 0. NaN passes through.
        x = x > 710 ? 710 : x < -746 ? -746 : x;

        // eˣ = 2ⁿ eʳ with |r| <= ln 2 / 2, and eʳ by its Taylor series: even and odd powers, which need not wait for each other.
        double n = Math.Round(x * (1 / LnTwo));
        double r = x - (n * LnTwoHigh) - (n * LnTwoLow);
        double s = r * r;
        double even = ((((((1.0 / 87178291200) * s + (1.0 / 479001600)) * s + (1.0 / 3628800)) * s + (1.0 / 40320)) * s + (1.0 / 720)) * s + (1.0 / 24)) * s + 0.5;
        double odd = (((((1.0 / 6227020800) * s + (1.0 / 39916800)) * s + (1.0 / 362880)) * s + (1.0 / 5040)) * s + (1.0 / 120)) * s + (1.0 / 6);
        double power = 1 + (r + (s * (even + (r * odd))));
        return double.IsNaN(x) ? x : Scale(power, (int)n);
    }

    /// <summary>The natural logarithm, with a relative error.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x < 0 ? double.NaN : x;
        }

        // x = 2ⁿ m with √½ <= m < √2.
        int n = 0;
        if (!double.IsNormal(x))
        {
            (x, n) = (x * (1L << 54), -54);
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        n += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            (m, n) = (m / 2, n + 1);
        }

        // With f = m - 1 and s = f / (2 + f), log m = 2 artanh(s) = f - f² / 2 + s (f² / 2 + R(s²)), in which the large term f is exact.
        double f = m - 1;
        double s = f / (2 + f);
        double z = s * s;
        double rest = (((((((((2.0 / 21) * z + (2.0 / 19)) * z + (2.0 / 17)) * z + (2.0 / 15)) * z + (2.0 / 13)) * z + (2.0 / 11)) * z + (2.0 / 9)) * z
            + (2.0 / 7)) * z + (2.0 / 5)) * z + (2.0 / 3);
        double half = 0.5 * f * f;
        return (n * LnTwoHigh) - (half - ((s * (half + (rest * z))) + (n * LnTwoLow)) - f);
    }

    /// <summary>tanh x, with a relative error below 3e-12.</summary>
    public static double Tanh(double x)
    {
        double size = Math.Abs(x);
        if (size < 1e-4)
        {
            // The next term of the series is x⁵ / 7.5.
            return x - (x * x * x / 3);
        }

        double power = Exp(-2 * size);
        return Math.CopySign((1 - power) / (1 + power), x);
    }

    /// <summary>The sine and cosine of a number of turns, so that 1 stands for 2π: an absolute error.</summary>
    public static (double Sine, double Cosine) SinCosOfTurns(double turns)
    {
        // To the nearest quarter of a turn, exactly.
        double quarters = Math.Round(4 * turns);
        double x = 2 * Math.PI * (turns - (quarters / 4));
        double s = x * x;
        double sine = (((((((1.0 / 355687428096000) * s - (1.0 / 1307674368000)) * s + (1.0 / 6227020800)) * s - (1.0 / 39916800)) * s + (1.0 / 362880)) * s
            - (1.0 / 5040)) * s + (1.0 / 120)) * s - (1.0 / 6);
        double cosine = (((((((1.0 / 20922789888000) * s - (1.0 / 87178291200)) * s + (1.0 / 479001600)) * s - (1.0 / 3628800)) * s + (1.0 / 40320)) * s
            - (1.0 / 720)) * s + (1.0 / 24)) * s - 0.5;
        sine = x + (x * s * sine);
        cosine = 1 + (s * cosine);
        return (quarters - (4 * Math.Floor(quarters / 4))) switch
        {
            0 => (sine, cosine),
            1 => (cosine, -sine),
            2 => (-sine, -cosine),
            3 => (-cosine, sine),
            _ => (double.NaN, double.NaN),
        };
    }

    /// <summary>xⁿ for n from 0, by squaring: the relative error is below 2e-16 n.</summary>
    public static double Power(double x, long n)
    {
        double power = 1;
        for (; n > 0; n >>= 1, x *= x)
        {
            power = (n & 1) == 0 ? power : power * x;
        }

        return power;
    }

    /// <summary>xʸ for x from 0 and y above 0: the relative error is below 2e-16 (1 + |y log x|).</summary>
    public static double Power(double x, double y) => x == 1 ? 1 : Exp(y * Log(x));

    /// <summary>x 2ⁿ, in two steps because 2ⁿ may be too large or too small for a normal number.</summary>
    private static double Scale(double x, int n)
    {
        int half = n / 2;
        return x * PowerOfTwo(half) * PowerOfTwo(n - half);
    }

    private static double PowerOfTwo(int n) => BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
}
