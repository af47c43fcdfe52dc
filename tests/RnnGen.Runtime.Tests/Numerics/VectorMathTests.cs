using System.Numerics;
using System.Runtime.Intrinsics;
using RnnGen.CompilerServices;

namespace RnnGen.Tests.Numerics;

public class VectorMathTests
{
    // What the documentation of VectorMath promises.
    private const double TanhBound = 3.6e-7;
    private const double SigmoidBound = 2.1e-7;

    // A prime, so that every exponent sees all sorts of mantissas.
    private const uint Dense = 1021;
    private const uint Sparse = 65_521;

    private static readonly float[] Special =
    [
        0, -0f, float.Epsilon, -float.Epsilon, 1e-40f, -1e-40f, 1.17549435e-38f, 1e-20f, 0.5f, 1, -1, 7.9f, 8.00174236f, 8.001744f, 9.02f, 20,
        -20, 1e10f, float.MaxValue, float.MinValue, float.PositiveInfinity, float.NegativeInfinity, float.NaN,
    ];

    [Fact]
    public void Tanh_is_within_its_bound()
    {
        double absolute = 0;
        double relative = 0;
        foreach (float x in Floats(Dense))
        {
            double expected = Math.Tanh(x);
            float actual = VectorMath.Tanh(x);
            double error = Math.Abs(actual - expected);
            absolute = Math.Max(absolute, error);
            relative = Math.Max(relative, x == 0 ? error : error / Math.Abs(expected));
            Assert.True(Math.Abs(actual) <= 1, $"tanh({x:R}) = {actual:R}");
        }

        Assert.InRange(absolute, 1e-8, TanhBound);
        Assert.InRange(relative, 1e-8, TanhBound);
    }

    [Fact]
    public void Tanh_stays_within_one_where_it_saturates()
    {
        double worst = 0;
        for (float x = 5; x < 8.1f; x = MathF.BitIncrement(x))
        {
            float actual = VectorMath.Tanh(x);
            if (!(actual <= 1) || (actual == 1 && x < 7.92f) || (actual < 1 && x > 8.01f))
            {
                Assert.Fail($"tanh({x:R}) = {actual:R}");
            }

            worst = Math.Max(worst, Math.Abs(actual - Math.Tanh(x)));
        }

        Assert.InRange(worst, 0, TanhBound);
    }

    [Fact]
    public void Sigmoid_is_within_its_bound()
    {
        double worst = 0;
        foreach (float x in Floats(Dense))
        {
            float actual = VectorMath.Sigmoid(x);
            worst = Math.Max(worst, Math.Abs(actual - (1 / (1 + Math.Exp(-(double)x)))));
            Assert.True(actual is >= 0 and <= 1, $"sigmoid({x:R}) = {actual:R}");
        }

        Assert.InRange(worst, 1e-8, SigmoidBound);
    }

    [Fact]
    public void Tanh_of_special_values()
    {
        Assert.Equal(1, VectorMath.Tanh(float.PositiveInfinity));
        Assert.Equal(-1, VectorMath.Tanh(float.NegativeInfinity));
        Assert.Equal(1, VectorMath.Tanh(float.MaxValue));
        Assert.Equal(1, VectorMath.Tanh(8.01f));
        Assert.True(float.IsNaN(VectorMath.Tanh(float.NaN)));
        foreach (float x in (float[])[0, -0f, float.Epsilon, -float.Epsilon, 1e-40f, 1.17549435e-38f, -1e-20f, 1e-5f])
        {
            AssertSameBits(x, VectorMath.Tanh(x));
        }
    }

    [Fact]
    public void Sigmoid_of_special_values()
    {
        Assert.Equal(1, VectorMath.Sigmoid(float.PositiveInfinity));
        Assert.Equal(0, VectorMath.Sigmoid(float.NegativeInfinity));
        Assert.Equal(0, VectorMath.Sigmoid(-100));
        Assert.Equal(0.5f, VectorMath.Sigmoid(0));
        Assert.True(float.IsNaN(VectorMath.Sigmoid(float.NaN)));
    }

    [Fact]
    public void Relu_and_step_of_special_values()
    {
        foreach (float x in Special)
        {
            Assert.Equal(x > 0 || float.IsNaN(x) ? x : 0f, VectorMath.Relu(x) + 0f);
            Assert.Equal(x > 0 ? 1f : 0f, VectorMath.Step(x));
        }
    }

    [Fact]
    public void ReciprocalSqrt_is_one_over_the_root()
    {
        Assert.Equal(0.5f, VectorMath.ReciprocalSqrt(4));
        Assert.Equal(float.PositiveInfinity, VectorMath.ReciprocalSqrt(0));
        Assert.True(float.IsNaN(VectorMath.ReciprocalSqrt(-1)));
    }

    [Fact]
    public void Tanh_is_odd()
    {
        foreach (float x in Floats(Sparse))
        {
            AssertSameBits(-VectorMath.Tanh(x), VectorMath.Tanh(-x));
        }
    }

    [Fact]
    public void Tanh_climbs()
    {
        float highest = 0;
        foreach (float x in Floats(Dense).TakeWhile(x => x >= 0))
        {
            float y = VectorMath.Tanh(x);
            Assert.True(y >= highest - 6e-7f, $"tanh({x:R}) = {y:R} after {highest:R}");
            highest = Math.Max(highest, y);
        }

        Assert.Equal(1, highest);
    }

    /// <summary>The forms with fewer multiplications, which kernels with bytes have.</summary>
    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    public void Short_forms_are_within_the_same_bounds(string function)
    {
        (Func<double, double> definition, Func<Vector<float>, Vector<float>> vector, Func<Vector512<float>, Vector512<float>> wide) = function == "Tanh"
            ? ((Func<double, double>)Math.Tanh, (Func<Vector<float>, Vector<float>>)NarrowMath.Tanh, (Func<Vector512<float>, Vector512<float>>)NarrowMath512.Tanh)
            : (x => 1 / (1 + Math.Exp(-x)), NarrowMath.Sigmoid, NarrowMath512.Sigmoid);
        double bound = function == "Tanh" ? TanhBound : SigmoidBound;
        float lowest = function == "Tanh" ? -1 : 0;
        double worst = 0;
        IEnumerable<float> nearOne = Enumerable.Range(0, 1 << 20).Select(k => BitConverter.Int32BitsToSingle(BitConverter.SingleToInt32Bits(8.00174236f) - k));
        foreach (float x in Floats(Dense).Concat(nearOne).Concat(Special.Where(x => !float.IsNaN(x))))
        {
            double expected = definition(x);
            float actual = vector(Vector.Create(x))[0];
            AssertClose(actual, wide(Vector512.Create(x))[15], x);
            double error = Math.Abs(actual - expected);
            worst = Math.Max(worst, function == "Tanh" && x != 0 ? error / Math.Abs(expected) : error);
            if (!(actual >= lowest && actual <= 1 && worst <= bound))
            {
                Assert.Fail($"{function}({x:R}) = {actual:R}, not {expected:R}");
            }
        }

        Assert.InRange(worst, bound / 4, bound);
        Assert.True(float.IsNaN(vector(Vector.Create(float.NaN))[0]) && float.IsNaN(wide(Vector512.Create(float.NaN))[0]));
    }

    [Fact]
    public void Short_forms_keep_small_numbers()
    {
        foreach (float x in (float[])[0, -0f, float.Epsilon, -float.Epsilon, 1e-40f, 1.17549435e-38f, -1e-20f, 1e-5f])
        {
            AssertSameBits(x, NarrowMath.Tanh(Vector.Create(x))[0]);
            AssertSameBits(x, NarrowMath512.Tanh(Vector512.Create(x))[0]);
        }

        Assert.Equal(0.5f, NarrowMath.Sigmoid(Vector<float>.Zero)[0]);
    }

    [Fact]
    public void MultiplyAdd_adds_to_the_product()
    {
        Assert.Equal(Vector.Create(10f), VectorMath.MultiplyAdd(Vector.Create(2f), Vector.Create(3f), Vector.Create(4f)));
        Assert.Equal(Vector512.Create(10f), VectorMath512.MultiplyAdd(Vector512.Create(2f), Vector512.Create(3f), Vector512.Create(4f)));
    }

    [Theory]
    [InlineData("Tanh")]
    [InlineData("Sigmoid")]
    [InlineData("Relu")]
    [InlineData("Step")]
    [InlineData("ReciprocalSqrt")]
    public void Vectors_give_what_the_scalar_gives(string function)
    {
        (Func<float, float> scalar, Func<Vector<float>, Vector<float>> vector, Func<Vector512<float>, Vector512<float>> wide) = function switch
        {
            "Tanh" => (VectorMath.Tanh, VectorMath.Tanh, VectorMath512.Tanh),
            "Sigmoid" => (VectorMath.Sigmoid, VectorMath.Sigmoid, VectorMath512.Sigmoid),
            "Relu" => (VectorMath.Relu, VectorMath.Relu, VectorMath512.Relu),
            "Step" => (VectorMath.Step, VectorMath.Step, VectorMath512.Step),
            _ => ((Func<float, float>)VectorMath.ReciprocalSqrt, (Func<Vector<float>, Vector<float>>)VectorMath.ReciprocalSqrt,
                (Func<Vector512<float>, Vector512<float>>)VectorMath512.ReciprocalSqrt),
        };
        float[] values = [.. Special, .. Floats(Sparse)];
        Array.Resize(ref values, values.Length & ~15);
        for (int start = 0; start < values.Length; start += 16)
        {
            ReadOnlySpan<float> block = values.AsSpan(start, 16);
            Vector512<float> wideResult = wide(Vector512.Create(block));
            for (int k = 0; k < 16; k++)
            {
                AssertClose(scalar(block[k]), wideResult[k], block[k]);
            }

            for (int part = 0; part < 16; part += Vector<float>.Count)
            {
                Vector<float> result = vector(new Vector<float>(block[part..]));
                for (int k = 0; k < Vector<float>.Count; k++)
                {
                    AssertClose(scalar(block[part + k]), result[k], block[part + k]);
                }
            }
        }
    }

    [Theory]
    [InlineData("Clip", 0)]
    [InlineData("Between", 0)]
    [InlineData("LeakyRelu", 6e-8)]
    [InlineData("ThresholdedRelu", 0)]
    [InlineData("Elu", 5e-7)]
    [InlineData("Softsign", 1.2e-7)]
    [InlineData("Softplus", 2e-7)]
    public void Functions_of_the_list_are_within_their_bounds(string function, double bound)
    {
        (Func<double, double> definition, Func<Vector<float>, Vector<float>> vector, Func<Vector512<float>, Vector512<float>> wide) = function switch
        {
            "Clip" => (x => Math.Clamp(x, -2, 3), x => VectorMath.Clip(x, -2, 3), x => VectorMath512.Clip(x, -2, 3)),
            "Between" => (x => x > -2 && x < 3 ? 1 : 0, x => VectorMath.Between(x, -2, 3), x => VectorMath512.Between(x, -2, 3)),
            "LeakyRelu" => (x => x > 0 ? x : 0.3f * x, x => VectorMath.LeakyRelu(x, 0.3f), x => VectorMath512.LeakyRelu(x, 0.3f)),
            "ThresholdedRelu" => (x => x <= 0.5 ? 0 : x, x => VectorMath.ThresholdedRelu(x, 0.5f), x => VectorMath512.ThresholdedRelu(x, 0.5f)),
            "Elu" => (x => x > 0 ? x : Math.Abs(x) < 1e-5 ? x + (x * x / 2) : Math.Exp(x) - 1, x => VectorMath.Elu(x, 1), x => VectorMath512.Elu(x, 1)),
            "Softsign" => (x => double.IsInfinity(x) ? Math.Sign(x) : x / (1 + Math.Abs(x)), VectorMath.Softsign, VectorMath512.Softsign),
            _ => ((Func<double, double>)(x => Math.Max(x, 0) + Math.Log(1 + Math.Exp(-Math.Abs(x)))), (Func<Vector<float>, Vector<float>>)VectorMath.Softplus,
                (Func<Vector512<float>, Vector512<float>>)VectorMath512.Softplus),
        };

        // Softplus is bounded absolutely up to 1, the others relatively.
        double floor = function == "Softplus" ? 1 : 1e-37;
        double worst = 0;
        foreach (float x in Floats(Dense).Concat(Special).Where(x => !float.IsNaN(x)))
        {
            double expected = definition(x);
            foreach (float actual in (float[])[vector(Vector.Create(x))[0], wide(Vector512.Create(x))[15]])
            {
                double error = actual == expected ? 0 : Math.Abs(actual - expected) / Math.Max(floor, Math.Abs(expected));
                worst = Math.Max(worst, error);
                if (!(error <= bound))
                {
                    Assert.Fail($"{function}({x:R}) = {actual:R}, not {expected:R}: {error}");
                }
            }
        }

        Assert.True(worst >= bound / 4, $"{worst} is far below the documented {bound}.");
        if (function != "Between")
        {
            Assert.True(float.IsNaN(vector(Vector.Create(float.NaN))[0]) && float.IsNaN(wide(Vector512.Create(float.NaN))[0]));
        }
    }

    [Fact]
    public void Mean_leaves_the_padding_out()
    {
        float[] values = [.. Enumerable.Range(1, 100).Select(k => (float)k)];
        for (int count = 1; count <= 100; count++)
        {
            Assert.Equal((count + 1) / 2f, VectorMath.Mean(ref values[0], count), 1e-4f);
        }
    }

    [Fact]
    public void First_clears_the_padding()
    {
        for (int units = 1; units <= 40; units++)
        {
            for (int start = 0; start < 48; start += 16)
            {
                Vector512<float> wide = VectorMath512.First(Vector512.Create(3f), (nuint)start, units);
                Assert.All(Enumerable.Range(0, 16), lane => Assert.Equal(start + lane < units ? 3 : 0, wide[lane]));
                Vector<float> vector = VectorMath.First(Vector.Create(3f), (nuint)start, units);
                Assert.All(Enumerable.Range(0, Vector<float>.Count), lane => Assert.Equal(start + lane < units ? 3 : 0, vector[lane]));
            }
        }
    }

    // All exponents and both signs, with subnormal numbers and without NaN: positive ones first, upwards.
    private static IEnumerable<float> Floats(uint stride)
    {
        for (ulong bits = 0; bits <= uint.MaxValue; bits += stride)
        {
            float x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (!float.IsNaN(x))
            {
                yield return x;
            }
        }
    }

    private static void AssertSameBits(float expected, float actual)
    {
        if (BitConverter.SingleToUInt32Bits(expected) != BitConverter.SingleToUInt32Bits(actual))
        {
            Assert.Fail($"expected {expected:R}, found {actual:R}");
        }
    }

    private static void AssertClose(float expected, float actual, float x)
    {
        bool close = expected.Equals(actual) || Math.Abs(expected - actual) <= 1e-7 * Math.Max(1, Math.Abs(expected));
        if (!close)
        {
            Assert.Fail($"x = {x:R}: scalar {expected:R}, vector {actual:R}");
        }
    }
}
