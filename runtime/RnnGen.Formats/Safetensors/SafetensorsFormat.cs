using System.Buffers.Binary;

namespace RnnGen.Formats;

/// <summary>Safetensors files (<c>.safetensors</c>) of whatever origin. Their metadata are the texts.</summary>
internal sealed class SafetensorsFormat : TensorFileFormat
{
    /// <inheritdoc/>
    public override string Name => SafetensorsFile.Format;

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
        SafetensorsTensor? other = read.Tensors.Values.FirstOrDefault(tensor => Elements.SizeOf(tensor.Dtype) == 0);
        return other is null
            ? read.ToTensorFile()
            : throw other.Wrong(
                CheckpointReason.Type, $"expected elements that become floats, found {other.Dtype}. Save the tensor as F32, or leave it out.");
    }
}
