using System.Runtime.InteropServices;
using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>Compares floats bit by bit: -0 is not 0, and a NaN is itself.</summary>
internal static class SameBits
{
    public static void Check(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, int>(expected).ToArray(), MemoryMarshal.Cast<float, int>(actual).ToArray());

    public static void Check(FileTensor expected, FileTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape);
        Check(expected.Values.Span, actual.Values.Span);
    }

    public static void Check(SafetensorsTensor expected, FileTensor actual)
    {
        Assert.Equal(expected.Shape, actual.Shape.Select(size => (long)size));
        Check(expected.Floats(), actual.Values.Span);
    }
}
