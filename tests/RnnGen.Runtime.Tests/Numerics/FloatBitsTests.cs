using RnnGen.Numerics;

namespace RnnGen.Tests.Numerics;

public class FloatBitsTests
{
    /// <summary>Lengths below, at and beyond those of vectors, and every place.</summary>
    [Fact]
    public void One_number_that_is_not_finite_is_found()
    {
        for (int length = 0; length <= 70; length++)
        {
            float[] values = new float[length];
            Array.Fill(values, -float.MaxValue);
            Assert.True(FloatBits.AreFinite(values));
            for (int k = 0; k < length; k++)
            {
                foreach (float bad in (float[])[float.NaN, -float.NaN, float.PositiveInfinity, float.NegativeInfinity])
                {
                    values[k] = bad;
                    Assert.False(FloatBits.AreFinite(values), $"{bad} at {k} of {length}");
                }

                values[k] = float.Epsilon;
            }
        }
    }
}
