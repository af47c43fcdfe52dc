using System.Buffers.Binary;

namespace RnnGen.Checkpoints;

/// <summary>Files of other programs that are passed to a model by mistake, recognized by their first bytes.</summary>
internal static class ForeignFormat
{
    private const byte Pickle = 0x80;

    private static ReadOnlySpan<byte> Zip => "PK\x03\x04"u8;

    private static ReadOnlySpan<byte> Hdf5 => [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> Npy => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    private static FormattableString PyTorch =>
        $"a PyTorch file (.pt). In Python: safetensors.torch.save_file(torch.load(path, weights_only=True), \"model.safetensors\")";

    private static FormattableString NumPy =>
        $"a NumPy file (.npz, .npy). In Python: safetensors.numpy.save_file(dict(numpy.load(path)), \"model.safetensors\")";

    private static FormattableString Keras =>
        $"an HDF5 file or a Keras archive (.h5, .keras). In Python, write its weights with safetensors.numpy.save_file, in PyTorch's shapes";

    private static FormattableString Onnx =>
        $"an ONNX file (.onnx). In Python, write its initializers with safetensors.numpy.save_file, in PyTorch's shapes and order of gates";

    /// <summary>What a file is, and how to convert it to a safetensors file; null if it is not recognized.</summary>
    public static FormattableString? Find(ReadOnlySpan<byte> file)
    {
        if (file.StartsWith(Zip))
        {
            return FindInZip(file);
        }

        return file.StartsWith(Hdf5) ? Keras
            : file.StartsWith(Npy) ? NumPy
            : file is [Pickle, >= 2 and <= 5, ..] ? PyTorch
            : IsOnnx(file) ? Onnx
            : null;
    }

    /// <summary>PyTorch, NumPy and Keras all write zip files; the name of the first file in it distinguishes them.</summary>
    private static FormattableString FindInZip(ReadOnlySpan<byte> file)
    {
        const int NameLength = 26;
        const int Name = 30;
        int length = file.Length < Name ? 0 : BinaryPrimitives.ReadUInt16LittleEndian(file[NameLength..]);
        ReadOnlySpan<byte> name = file[Math.Min(Name, file.Length)..];
        name = name[..Math.Min(length, name.Length)];
        return name.EndsWith(".npy"u8) ? NumPy
            : name.EndsWith(".json"u8) || name.EndsWith(".h5"u8) ? Keras
            : name.EndsWith("data.pkl"u8) ? PyTorch
            : $"a zip archive, as PyTorch, NumPy and Keras write them";
    }

    /// <summary>A protobuf message whose first field is a small version, and whose second field is one that follows it in ONNX.</summary>
    private static bool IsOnnx(ReadOnlySpan<byte> file)
    {
        const byte Version = 0x08;
        const byte Producer = 0x12;
        const byte Graph = 0x3A;
        const byte OperatorSet = 0x42;
        return file is [Version, >= 1 and <= 50, Producer or Graph or OperatorSet, ..];
    }
}
