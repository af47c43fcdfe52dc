namespace RnnGen.Generator.Planning;

/// <summary>How the loop of a sweep is written out. All decisions about kernels are made here.</summary>
/// <param name="Tile">Units per tile, a multiple of 16: the layout of the weights, the same for every vector width.</param>
/// <param name="Wide">The 512-bit kernel.</param>
/// <param name="Portable">The kernel over <c>Vector&lt;float&gt;</c>.</param>
internal sealed record SweepShape(int Tile, KernelShape Wide, KernelShape Portable)
{
    // 512 bits have 32 registers. Eight sums hide the latency of a multiply-add; sixteen are better as long as the weights stay in
    // L1 (GRU 16 -> 32 loses 20 % with eight), and worse beyond it.
    private const int SumsInL1 = 16;
    private const int SumsBeyondL1 = 8;

    // Narrower vectors have 16 registers: eight sums, the rest for weights, broadcasts and temporaries.
    private const int PortableSums = 8;

    private const int L1Bytes = 32 * 1024;

    // Wider tiles only spread a sum over more registers than there are.
    private const int MostVectors = 4;

    private const int MostChains = 4;

    /// <param name="size">Number of units.</param>
    /// <param name="columns">Sums per unit that are independent by themselves.</param>
    /// <param name="rows">Rows of all sources together.</param>
    public static SweepShape Choose(int size, int columns, int rows)
    {
        int groups = Lanes.Pad(size) / Lanes.Count;
        int most = size <= Lanes.Narrow ? 1 : 2;
        if (columns == 0)
        {
            return new SweepShape(Lanes.Count, new KernelShape(1, 1), new KernelShape(most, 1));
        }

        bool fitsL1 = (long)Lanes.Pad(size) * rows * columns * sizeof(float) <= L1Bytes;
        int sums = fitsL1 ? SumsInL1 : SumsBeyondL1;

        // Two chains per sum at least, as far as the registers go: even and odd rows.
        int vectors = Largest(groups, count => count <= MostVectors && columns * count * 2 <= sums);
        int portable = Largest(most * vectors, count => columns * count <= PortableSums);
        return new SweepShape(
            vectors * Lanes.Count,
            new KernelShape(vectors, Chains(sums, columns * vectors)),
            new KernelShape(portable, Chains(PortableSums, columns * portable)));
    }

    private static int Chains(int sums, int independent) => Math.Max(1, Math.Min(MostChains, sums / independent));

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
/// <param name="Chains">Partial sums per column and vector: successive rows take turns, so that they do not wait for each other.</param>
internal readonly record struct KernelShape(int Vectors, int Chains);
