namespace RnnGen.Numerics;

/// <summary>
/// The order in which the numbers of a row are added, the same for vectors of every width: of whole blocks of sixteen, each number goes to the sum of its
/// place in the block; the sums are added pairwise; and the numbers behind the last block follow one by one.
/// </summary>
internal static class SixteenSums
{
    /// <summary>Numbers of a block: as many as the widest vector holds.</summary>
    public const int Block = 16;

    /// <summary>Adds the sums pairwise.</summary>
    /// <param name="sums">Sixteen sums, which are overwritten.</param>
    public static float Total(Span<float> sums)
    {
        for (int half = Block / 2; half > 0; half /= 2)
        {
            for (int k = 0; k < half; k++)
            {
                sums[k] += sums[k + half];
            }
        }

        return sums[0];
    }

    /// <inheritdoc cref="Total(Span{float})"/>
    public static double Total(Span<double> sums)
    {
        for (int half = Block / 2; half > 0; half /= 2)
        {
            for (int k = 0; k < half; k++)
            {
                sums[k] += sums[k + half];
            }
        }

        return sums[0];
    }
}
