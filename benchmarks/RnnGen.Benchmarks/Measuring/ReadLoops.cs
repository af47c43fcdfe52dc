using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace RnnGen.Benchmarks;

/// <summary>Reads a block so many times.</summary>
/// <param name="memory">The block, aligned to 64 bytes.</param>
/// <param name="bytes">Its length, a multiple of 1,024.</param>
/// <param name="repeat">How often it is read.</param>
internal unsafe delegate int ReadLoop(byte* memory, long bytes, int repeat);

/// <summary>
/// Loops that do little else than read. Which one is the fastest depends on the processor and on the cache, so limits are those of the best. None waits for
/// results: each vector goes into one of eight sums.
/// </summary>
internal static unsafe class ReadLoops
{
    /// <summary>How far ahead lines are asked for, where that is done.</summary>
    private const int Ahead = 2048;

    private static readonly float[] Factors = [.. Enumerable.Repeat(1f, 1024)];

    public static IReadOnlyList<(string Name, ReadLoop Read)> All { get; } = Vector512.IsHardwareAccelerated
        ? [("256 bits", Straight256), ("512 bits", Straight512), ("two streams", TwoStreams512), ("prefetched", Prefetched512), ("products", Products512)]
        : [("256 bits", Straight256), ("two streams", TwoStreams256), ("products", Products256)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Straight256(byte* memory, long bytes, int repeat)
    {
        Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; repeat > 0; repeat--)
        {
            byte* end = memory + bytes;
            for (byte* p = memory; p < end; p += 512)
            {
                s0 |= Vector256.LoadAligned((int*)p);
                s1 |= Vector256.LoadAligned((int*)(p + 32));
                s2 |= Vector256.LoadAligned((int*)(p + 64));
                s3 |= Vector256.LoadAligned((int*)(p + 96));
                s4 |= Vector256.LoadAligned((int*)(p + 128));
                s5 |= Vector256.LoadAligned((int*)(p + 160));
                s6 |= Vector256.LoadAligned((int*)(p + 192));
                s7 |= Vector256.LoadAligned((int*)(p + 224));
                s0 |= Vector256.LoadAligned((int*)(p + 256));
                s1 |= Vector256.LoadAligned((int*)(p + 288));
                s2 |= Vector256.LoadAligned((int*)(p + 320));
                s3 |= Vector256.LoadAligned((int*)(p + 352));
                s4 |= Vector256.LoadAligned((int*)(p + 384));
                s5 |= Vector256.LoadAligned((int*)(p + 416));
                s6 |= Vector256.LoadAligned((int*)(p + 448));
                s7 |= Vector256.LoadAligned((int*)(p + 480));
            }
        }

        return Vector256.Sum(s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Straight512(byte* memory, long bytes, int repeat)
    {
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; repeat > 0; repeat--)
        {
            byte* end = memory + bytes;
            for (byte* p = memory; p < end; p += 1024)
            {
                s0 |= Vector512.LoadAligned((int*)p);
                s1 |= Vector512.LoadAligned((int*)(p + 64));
                s2 |= Vector512.LoadAligned((int*)(p + 128));
                s3 |= Vector512.LoadAligned((int*)(p + 192));
                s4 |= Vector512.LoadAligned((int*)(p + 256));
                s5 |= Vector512.LoadAligned((int*)(p + 320));
                s6 |= Vector512.LoadAligned((int*)(p + 384));
                s7 |= Vector512.LoadAligned((int*)(p + 448));
                s0 |= Vector512.LoadAligned((int*)(p + 512));
                s1 |= Vector512.LoadAligned((int*)(p + 576));
                s2 |= Vector512.LoadAligned((int*)(p + 640));
                s3 |= Vector512.LoadAligned((int*)(p + 704));
                s4 |= Vector512.LoadAligned((int*)(p + 768));
                s5 |= Vector512.LoadAligned((int*)(p + 832));
                s6 |= Vector512.LoadAligned((int*)(p + 896));
                s7 |= Vector512.LoadAligned((int*)(p + 960));
            }
        }

        return Vector512.Sum(s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7);
    }

    // As kernels read the weights of inputs and of states.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TwoStreams512(byte* memory, long bytes, int repeat)
    {
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; repeat > 0; repeat--)
        {
            byte* middle = memory + (bytes / 2);
            byte* q = middle;
            for (byte* p = memory; p < middle; p += 512, q += 512)
            {
                s0 |= Vector512.LoadAligned((int*)p);
                s1 |= Vector512.LoadAligned((int*)q);
                s2 |= Vector512.LoadAligned((int*)(p + 64));
                s3 |= Vector512.LoadAligned((int*)(q + 64));
                s4 |= Vector512.LoadAligned((int*)(p + 128));
                s5 |= Vector512.LoadAligned((int*)(q + 128));
                s6 |= Vector512.LoadAligned((int*)(p + 192));
                s7 |= Vector512.LoadAligned((int*)(q + 192));
                s0 |= Vector512.LoadAligned((int*)(p + 256));
                s1 |= Vector512.LoadAligned((int*)(q + 256));
                s2 |= Vector512.LoadAligned((int*)(p + 320));
                s3 |= Vector512.LoadAligned((int*)(q + 320));
                s4 |= Vector512.LoadAligned((int*)(p + 384));
                s5 |= Vector512.LoadAligned((int*)(q + 384));
                s6 |= Vector512.LoadAligned((int*)(p + 448));
                s7 |= Vector512.LoadAligned((int*)(q + 448));
            }
        }

        return Vector512.Sum(s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int TwoStreams256(byte* memory, long bytes, int repeat)
    {
        Vector256<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; repeat > 0; repeat--)
        {
            byte* middle = memory + (bytes / 2);
            byte* q = middle;
            for (byte* p = memory; p < middle; p += 256, q += 256)
            {
                s0 |= Vector256.LoadAligned((int*)p);
                s1 |= Vector256.LoadAligned((int*)q);
                s2 |= Vector256.LoadAligned((int*)(p + 32));
                s3 |= Vector256.LoadAligned((int*)(q + 32));
                s4 |= Vector256.LoadAligned((int*)(p + 64));
                s5 |= Vector256.LoadAligned((int*)(q + 64));
                s6 |= Vector256.LoadAligned((int*)(p + 96));
                s7 |= Vector256.LoadAligned((int*)(q + 96));
                s0 |= Vector256.LoadAligned((int*)(p + 128));
                s1 |= Vector256.LoadAligned((int*)(q + 128));
                s2 |= Vector256.LoadAligned((int*)(p + 160));
                s3 |= Vector256.LoadAligned((int*)(q + 160));
                s4 |= Vector256.LoadAligned((int*)(p + 192));
                s5 |= Vector256.LoadAligned((int*)(q + 192));
                s6 |= Vector256.LoadAligned((int*)(p + 224));
                s7 |= Vector256.LoadAligned((int*)(q + 224));
            }
        }

        return Vector256.Sum(s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7);
    }

    // Some caches give more to those who ask early.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Prefetched512(byte* memory, long bytes, int repeat)
    {
        Vector512<int> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        for (; repeat > 0; repeat--)
        {
            byte* end = memory + bytes;
            for (byte* p = memory; p < end; p += 512)
            {
                Sse.Prefetch0(p + Ahead);
                s0 |= Vector512.LoadAligned((int*)p);
                Sse.Prefetch0(p + Ahead + 64);
                s1 |= Vector512.LoadAligned((int*)(p + 64));
                Sse.Prefetch0(p + Ahead + 128);
                s2 |= Vector512.LoadAligned((int*)(p + 128));
                Sse.Prefetch0(p + Ahead + 192);
                s3 |= Vector512.LoadAligned((int*)(p + 192));
                Sse.Prefetch0(p + Ahead + 256);
                s4 |= Vector512.LoadAligned((int*)(p + 256));
                Sse.Prefetch0(p + Ahead + 320);
                s5 |= Vector512.LoadAligned((int*)(p + 320));
                Sse.Prefetch0(p + Ahead + 384);
                s6 |= Vector512.LoadAligned((int*)(p + 384));
                Sse.Prefetch0(p + Ahead + 448);
                s7 |= Vector512.LoadAligned((int*)(p + 448));
            }
        }

        return Vector512.Sum(s0 | s1 | s2 | s3 | s4 | s5 | s6 | s7);
    }

    // As kernels do: a row of a panel is four vectors, multiplied by one input.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Products512(byte* memory, long bytes, int repeat)
    {
        Vector512<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        fixed (float* factors = Factors)
        {
            for (; repeat > 0; repeat--)
            {
                byte* end = memory + bytes;
                int row = 0;
                for (byte* p = memory; p < end; p += 512, row = (row + 2) & 1023)
                {
                    Vector512<float> x = Vector512.Create(factors[row]);
                    s0 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)p), x, s0);
                    s1 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 64)), x, s1);
                    s2 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 128)), x, s2);
                    s3 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 192)), x, s3);
                    x = Vector512.Create(factors[row + 1]);
                    s4 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 256)), x, s4);
                    s5 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 320)), x, s5);
                    s6 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 384)), x, s6);
                    s7 = Vector512.MultiplyAddEstimate(Vector512.LoadAligned((float*)(p + 448)), x, s7);
                }
            }
        }

        return (int)Vector512.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Products256(byte* memory, long bytes, int repeat)
    {
        Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default, s6 = default, s7 = default;
        fixed (float* factors = Factors)
        {
            for (; repeat > 0; repeat--)
            {
                byte* end = memory + bytes;
                int row = 0;
                for (byte* p = memory; p < end; p += 256, row = (row + 1) & 1023)
                {
                    Vector256<float> x = Vector256.Create(factors[row]);
                    s0 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)p), x, s0);
                    s1 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 32)), x, s1);
                    s2 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 64)), x, s2);
                    s3 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 96)), x, s3);
                    s4 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 128)), x, s4);
                    s5 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 160)), x, s5);
                    s6 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 192)), x, s6);
                    s7 = Vector256.MultiplyAddEstimate(Vector256.LoadAligned((float*)(p + 224)), x, s7);
                }
            }
        }

        return (int)Vector256.Sum(s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7);
    }
}
