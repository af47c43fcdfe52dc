using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using RnnGen.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>The limits of this core, measured by small loops with its widest vectors.</summary>
internal sealed unsafe class Limits : IDisposable
{
    private const int LargestRead = 64 << 20;
    private const int NearestCache = 24 << 10;
    private const int Page = 4096;

    /// <summary>Nanoseconds to read so many bytes by each of the loops.</summary>
    private readonly Dictionary<long, double[]> _reads = [];
    private readonly Dictionary<long, double> _coldReads = [];
    private readonly byte* _memory = (byte*)NativeMemory.AlignedAlloc(LargestRead, Page);
    private readonly Random _random = new(1);
    private readonly float[] _values = new float[1024];
    private float _sink;

    public Limits()
    {
        // Pages that were never written to are all the same one.
        new Span<byte>(_memory, LargestRead).Fill(1);
        Refine();
    }

    private static int Lanes => Vector512.IsHardwareAccelerated ? 16 : 8;

    public double MultiplyAddsPerNanosecond { get; private set; }

    /// <summary>Nanoseconds per element.</summary>
    public double Tanh { get; private set; } = double.PositiveInfinity;

    /// <summary>Nanoseconds per element.</summary>
    public double Sigmoid { get; private set; } = double.PositiveInfinity;

    /// <summary>Measures once more: a neighbor on the machine may have been in the way, and a limit is the best of all times.</summary>
    public void Refine()
    {
        const int Count = 20_000;
        MultiplyAddsPerNanosecond = Math.Max(MultiplyAddsPerNanosecond, Count * 12.0 * Lanes / Best(() => _sink += FusedMultiplyAdds(Count)));
        Tanh = Math.Min(Tanh, Best(() => Apply(_values, sigmoid: false)) / _values.Length);
        Sigmoid = Math.Min(Sigmoid, Best(() => Apply(_values, sigmoid: true)) / _values.Length);
        foreach (long bytes in _reads.Keys.ToArray())
        {
            Measure(bytes);
        }
    }

    /// <summary>Measures the reads of so many bytes once more, each time in another place.</summary>
    public void Refine(long bytes)
    {
        foreach (long block in Blocks(bytes))
        {
            Measure(block);
        }
    }

    /// <summary>Nanoseconds to read so many bytes, again and again, from wherever they stay.</summary>
    public double Read(long bytes)
    {
        long[] blocks = [.. Blocks(bytes)];
        foreach (long block in blocks.Where(block => !_reads.ContainsKey(block)))
        {
            Measure(block);
        }

        // What more of the same cache costs is free of the misprediction at the end of a loop.
        return blocks is [long large, long small]
            ? _reads[large].Zip(_reads[small], (more, less) => more - less).Min() * bytes / (large - small)
            : _reads[blocks[0]].Min() * bytes / blocks[0];
    }

    /// <summary>The bandwidth of each loop at a size, in GB/s.</summary>
    public IEnumerable<(string Name, double Bandwidth)> Loops(long bytes)
    {
        Read(bytes);
        return ReadLoops.All.Zip(_reads[Blocks(bytes).First()], (loop, time) => (loop.Name, Blocks(bytes).First() / time));
    }

    /// <summary>Nanoseconds to read so many bytes once after other memory was read, which need not leave all caches empty.</summary>
    public double ReadCold(long bytes) => _coldReads[ColdBlock(bytes)] * bytes / ColdBlock(bytes);

    /// <summary>Measures that once more.</summary>
    public void RefineCold(long bytes, CacheSweeper sweeper)
    {
        long block = ColdBlock(bytes);
        foreach ((_, ReadLoop read) in ReadLoops.All)
        {
            // As weights were: read once before the other memory, since some caches keep what was read twice.
            byte* place = Place(block);
            _sink += read(place, block, 2);
            sweeper.Sweep();
            long start = Stopwatch.GetTimestamp();
            _sink += read(place, block, 1);
            double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            _coldReads[block] = Math.Min(time, _coldReads.GetValueOrDefault(block, double.PositiveInfinity));
        }
    }

    public string Describe() => string.Create(
        System.Globalization.CultureInfo.InvariantCulture,
        $"FMA {2 * MultiplyAddsPerNanosecond:0} GFLOP/s; reads {Bandwidth(16 << 10):0} GB/s from 16 KiB, {Bandwidth(256 << 10):0} from 256 KiB, {Bandwidth(4 << 20):0} from 4 MiB, {Bandwidth(LargestRead):0} from 64 MiB; tanh {Tanh:0.00}, sigmoid {Sigmoid:0.00} ns per element");

    public void Dispose() => NativeMemory.AlignedFree(_memory);

    /// <summary>The blocks whose times are needed: one as large, but two for what fits the nearest cache of all processors.</summary>
    private static long[] Blocks(long bytes) => bytes <= NearestCache ? [NearestCache, 8 << 10] : [Math.Min(bytes / 1024 * 1024, LargestRead)];

    private static long ColdBlock(long bytes) => Math.Max(1024, bytes / 1024 * 1024);

    /// <summary>Which lines share a place in a cache depends on the pages, and these on luck.</summary>
    private byte* Place(long bytes) => _memory + (_random.NextInt64((LargestRead - bytes) / Page + 1) * Page);

    private void Measure(long bytes)
    {
        if (!_reads.TryGetValue(bytes, out double[]? times))
        {
            _reads.Add(bytes, times = [.. ReadLoops.All.Select(_ => double.PositiveInfinity)]);
        }

        int repeat = (int)Math.Max(1, (1 << 20) / bytes);
        for (int loop = 0; loop < times.Length; loop++)
        {
            byte* block = Place(bytes);
            times[loop] = Math.Min(times[loop], Best(() => _sink += ReadLoops.All[loop].Read(block, bytes, repeat)) / repeat);
        }
    }

    private double Bandwidth(long bytes) => bytes / Read(bytes);

    /// <summary>Nanoseconds of the fastest of some calls; fewer of long ones.</summary>
    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        double all = 0;
        for (int k = 0; k < 60 && (k < 3 || all < 10e6); k++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            double time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            best = Math.Min(best, time);
            all += time;
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FusedMultiplyAdds(int count) => Vector512.IsHardwareAccelerated ? FusedMultiplyAdds512(count) : FusedMultiplyAdds256(count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FusedMultiplyAdds512(int count)
    {
        Vector512<float> m = Vector512.Create(0.999f), c = Vector512.Create(1e-3f);
        Vector512<float> s0 = c, s1 = m, s2 = c, s3 = m, s4 = c, s5 = m, s6 = c, s7 = m, s8 = c, s9 = m, s10 = c, s11 = m;
        for (int k = 0; k < count; k++)
        {
            s0 = Vector512.MultiplyAddEstimate(s0, m, c);
            s1 = Vector512.MultiplyAddEstimate(s1, m, c);
            s2 = Vector512.MultiplyAddEstimate(s2, m, c);
            s3 = Vector512.MultiplyAddEstimate(s3, m, c);
            s4 = Vector512.MultiplyAddEstimate(s4, m, c);
            s5 = Vector512.MultiplyAddEstimate(s5, m, c);
            s6 = Vector512.MultiplyAddEstimate(s6, m, c);
            s7 = Vector512.MultiplyAddEstimate(s7, m, c);
            s8 = Vector512.MultiplyAddEstimate(s8, m, c);
            s9 = Vector512.MultiplyAddEstimate(s9, m, c);
            s10 = Vector512.MultiplyAddEstimate(s10, m, c);
            s11 = Vector512.MultiplyAddEstimate(s11, m, c);
        }

        return Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float FusedMultiplyAdds256(int count)
    {
        Vector256<float> m = Vector256.Create(0.999f), c = Vector256.Create(1e-3f);
        Vector256<float> s0 = c, s1 = m, s2 = c, s3 = m, s4 = c, s5 = m, s6 = c, s7 = m, s8 = c, s9 = m, s10 = c, s11 = m;
        for (int k = 0; k < count; k++)
        {
            s0 = Vector256.MultiplyAddEstimate(s0, m, c);
            s1 = Vector256.MultiplyAddEstimate(s1, m, c);
            s2 = Vector256.MultiplyAddEstimate(s2, m, c);
            s3 = Vector256.MultiplyAddEstimate(s3, m, c);
            s4 = Vector256.MultiplyAddEstimate(s4, m, c);
            s5 = Vector256.MultiplyAddEstimate(s5, m, c);
            s6 = Vector256.MultiplyAddEstimate(s6, m, c);
            s7 = Vector256.MultiplyAddEstimate(s7, m, c);
            s8 = Vector256.MultiplyAddEstimate(s8, m, c);
            s9 = Vector256.MultiplyAddEstimate(s9, m, c);
            s10 = Vector256.MultiplyAddEstimate(s10, m, c);
            s11 = Vector256.MultiplyAddEstimate(s11, m, c);
        }

        return Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7 + s8 + s9 + s10 + s11);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply(float[] values, bool sigmoid)
    {
        ref float value = ref MemoryMarshal.GetArrayDataReference(values);
        if (Vector512.IsHardwareAccelerated)
        {
            for (nuint k = 0; k < (nuint)values.Length; k += 16)
            {
                Vector512<float> x = Vector512.LoadUnsafe(ref value, k);
                Vector512.StoreUnsafe(sigmoid ? VectorMath512.Sigmoid(x) : VectorMath512.Tanh(x), ref value, k);
            }

            return;
        }

        for (nuint k = 0; k < (nuint)values.Length; k += (nuint)Vector<float>.Count)
        {
            Vector<float> x = Vector.LoadUnsafe(ref value, k);
            Vector.StoreUnsafe(sigmoid ? VectorMath.Sigmoid(x) : VectorMath.Tanh(x), ref value, k);
        }
    }
}
