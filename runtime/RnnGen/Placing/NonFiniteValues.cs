using System.Globalization;
using RnnGen.Numerics;

namespace RnnGen.Checkpoints;

/// <summary>Looks for NaN and infinity.</summary>
internal static class NonFiniteValues
{
    /// <summary>The first NaN or infinity; -1 if there is none.</summary>
    public static int Find(ReadOnlySpan<float> values)
    {
        if (FloatBits.AreFinite(values))
        {
            return -1;
        }

        for (int k = 0; k < values.Length; k++)
        {
            if (!float.IsFinite(values[k]))
            {
                return k;
            }
        }

        return -1;
    }

    /// <summary>A position by dimensions, such as <c>[3, 17]</c>.</summary>
    public static string Index(int position, IReadOnlyList<int> shape)
    {
        var index = new string[shape.Count];
        for (int d = shape.Count - 1; d >= 0; d--)
        {
            index[d] = (position % shape[d]).ToString(CultureInfo.InvariantCulture);
            position /= shape[d];
        }

        return $"[{string.Join(", ", index)}]";
    }
}
