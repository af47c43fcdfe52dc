using System.Runtime.InteropServices;

namespace RnnGen.Formats.Tests;

internal static class Assertions
{
    /// <summary>Reads a file that must be refused.</summary>
    public static CheckpointException Refused(byte[] file, params string[] inMessage)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(file));
        Assert.All(inMessage, text => Assert.Contains(text, e.Message, StringComparison.Ordinal));
        return e;
    }

    /// <summary>The same elements, bit by bit.</summary>
    public static void SameBits(ReadOnlyMemory<float> expected, ReadOnlyMemory<float> actual) =>
        Assert.Equal(MemoryMarshal.Cast<float, uint>(expected.Span).ToArray(), MemoryMarshal.Cast<float, uint>(actual.Span).ToArray());

    public static void Has(FileTensor? tensor, string type, int[] shape, params float[] values)
    {
        Assert.NotNull(tensor);
        Assert.Equal(type, tensor.ElementType);
        Assert.Equal(shape, tensor.Shape);
        SameBits(values, tensor.Values);
    }
}
