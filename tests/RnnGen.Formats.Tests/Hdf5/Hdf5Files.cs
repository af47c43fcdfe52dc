using System.Runtime.InteropServices;
using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>Small files of this folder, and comparisons with what is known of them.</summary>
internal static class Hdf5Files
{
    /// <summary>The path of a file that h5py wrote: <c>files/hdf5/write.py</c> is the program.</summary>
    public static string Path(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "files", "hdf5", name);

    /// <summary>The path of a Keras file.</summary>
    public static string Keras(string name) => System.IO.Path.Combine(AppContext.BaseDirectory, "files", name);

    /// <summary>The tensor has this shape and these bits.</summary>
    public static void AssertSame(SafetensorsTensor expected, FileTensor? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Shape, actual.Shape.Select(size => (long)size));
        AssertSameBits(MemoryMarshal.Cast<byte, float>(expected.Data), actual.Values.Span);
    }

    /// <summary>The same floats, bit by bit.</summary>
    public static void AssertSameBits(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, uint>(expected).ToArray(), MemoryMarshal.Cast<float, uint>(actual).ToArray());
}
