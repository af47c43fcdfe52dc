namespace RnnGen.Formats;

/// <summary>What the elements of a dataset are.</summary>
/// <param name="Name">The name of the tensor.</param>
/// <param name="Element">Their type in the spelling of safetensors.</param>
/// <param name="Type">Their type in the file.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Count">The number of elements.</param>
internal sealed record Hdf5Elements(string Name, string Element, Hdf5Datatype Type, int[] Shape, int Count)
{
    /// <summary>The number of bytes.</summary>
    public long Bytes => (long)Count * Type.Size;
}
