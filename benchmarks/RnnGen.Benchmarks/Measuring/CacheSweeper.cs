using System.Numerics;
using System.Runtime.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>Reads so much memory that nothing else stays in the caches.</summary>
internal sealed class CacheSweeper
{
    /// <summary>Twice the largest cache that is common.</summary>
    public const int Bytes = 64 << 20;

    private readonly float[] _other = new float[Bytes / sizeof(float)];

    public float Sum { get; private set; }

    public CacheSweeper()
    {
        // Untouched pages would all be the same one.
        Array.Fill(_other, 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Sweep()
    {
        var sum = Vector<float>.Zero;
        for (int k = 0; k <= _other.Length - 16; k += 16)
        {
            // One read per cache line.
            sum += new Vector<float>(_other, k);
        }

        Sum += Vector.Sum(sum);
    }
}
