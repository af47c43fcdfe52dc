using System.Buffers.Binary;
using RnnGen.Checkpoints;

namespace RnnGen.Formats;

/// <summary>Safetensors files (<c>.safetensors</c>) of whatever origin. Their metadata are the texts.</summary>
internal sealed class SafetensorsFormat : TensorFileFormat
{
    /// <inheritdoc/>
    public override string Name => "safetensors file";

    /// <inheritdoc/>
    public override bool Recognizes(ReadOnlyMemory<byte> file)
    {
        // A header may be longer than the file where the file was cut off.
        ReadOnlySpan<byte> bytes = file.Span;
        return bytes.Length > SafetensorsFile.LengthSize
            && bytes[SafetensorsFile.LengthSize] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(bytes) <= SafetensorsFile.LongestHeader;
    }

    /// <inheritdoc/>
    public override TensorFile Read(string path, ReadOnlyMemory<byte> file)
    {
        SafetensorsFile read = SafetensorsFile.Parse(path, file);
        return new TensorFile(Name, path, [.. read.Tensors.Values.Select(ToFileTensor)], read.Metadata);
    }

    private static FileTensor ToFileTensor(SafetensorsTensor tensor)
    {
        if (Elements.SizeOf(tensor.Dtype) == 0)
        {
            throw tensor.Wrong(
                CheckpointReason.Type, $"expected elements that become floats, found {tensor.Dtype}. Save the tensor as F32, or leave it out.");
        }

        return FileShape.TryRead([.. tensor.Shape], out int[] shape, out _)
            ? new FileTensor(tensor.Name, tensor.Dtype, shape, Elements.ToFloats(tensor.Dtype, tensor.Data))
            : throw tensor.Wrong(
                CheckpointReason.Shape, $"expected at most {Limits.Rank} dimensions, each below 2^31, found [{string.Join(", ", tensor.Shape)}].");
    }
}
