using RnnGen.Generator.Model;

namespace RnnGen.Generator.Planning;

/// <summary>How the loop of a stage is written out.</summary>
/// <param name="Tile">Units per tile, a multiple of 16: the layout of the weights, the same for every vector width.</param>
/// <param name="Wide">The 512-bit kernel.</param>
/// <param name="Portable">The kernel over <c>Vector&lt;float&gt;</c>.</param>
internal sealed record StageShape(int Tile, KernelShape Wide, KernelShape Portable)
{
    /// <summary>The 512-bit kernel for two streams, each with sums of its own.</summary>
    public KernelShape WideOfTwo { get; private init; } = Wide;

    /// <summary>The other one.</summary>
    public KernelShape PortableOfTwo { get; private init; } = Portable;

    /// <param name="size">Number of units.</param>
    /// <param name="columns">Sums per unit that are independent by themselves.</param>
    /// <param name="rows">Rows of all sources together.</param>
    /// <param name="unroll">How much of the loop is to be written out.</param>
    /// <param name="inOrder">Sums per unit, if none of them is to have parts; null if parts are independent sums.</param>
    /// <param name="chainsPerSum">Chains that a sum has at least, as far as the registers go.</param>
    public static StageShape Choose(int size, int columns, int rows, UnrollKind unroll, int? inOrder = null, int chainsPerSum = Thresholds.ChainsPerSum)
    {
        int groups = CacheLine.Pad(size) / CacheLine.Floats;
        int most = size <= Thresholds.NarrowUnits ? 1 : 2;
        if (columns == 0)
        {
            return new StageShape(CacheLine.Floats, new KernelShape(1, 1), new KernelShape(most, 1));
        }

        bool fitsL1 = (long)CacheLine.Pad(size) * rows * columns * sizeof(float) <= Thresholds.StageInL1;
        int sums = fitsL1 ? Thresholds.SumsInL1 : Thresholds.SumsBeyondL1;

        int chains = inOrder ?? chainsPerSum * columns;
        int independent = inOrder ?? columns;
        bool hasParts = inOrder is null && unroll != UnrollKind.None;
        int vectors = Largest(groups, count => count <= Thresholds.MostVectors && chains * count <= sums);
        return new StageShape(vectors * CacheLine.Floats, Shape(vectors, sums, streams: 1), Portable(1))
        {
            WideOfTwo = Shape(vectors, sums, streams: 2),
            PortableOfTwo = Portable(2),
        };

        KernelShape Portable(int streams) =>
            Shape(Largest(most * vectors, count => independent * count * streams <= Thresholds.PortableSums), Thresholds.PortableSums, streams);

        KernelShape Shape(int count, int sums, int streams) => new(count, hasParts ? PartialSums(sums, independent * count * streams) : 1);
    }

    private static int PartialSums(int sums, int independent) => Math.Max(1, Math.Min(Thresholds.MostPartialSums, sums / independent));

    private static int Largest(int dividend, Func<int, bool> fits)
    {
        int best = 1;
        for (int divisor = 2; divisor <= dividend; divisor++)
        {
            if (dividend % divisor == 0 && fits(divisor))
            {
                best = divisor;
            }
        }

        return best;
    }
}

/// <param name="Vectors">Vectors per column that one pass sums up.</param>
/// <param name="PartialSums">Partial sums per column and vector: successive rows take turns, so that they do not wait for each other.</param>
internal readonly record struct KernelShape(int Vectors, int PartialSums);
