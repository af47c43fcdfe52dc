using System.IO.Compression;
using System.Text;

namespace RnnGen.Formats;

/// <summary>Writes archives of NumPy, as <c>numpy.savez</c> does: one array of 32-bit floats for each tensor, without compression.</summary>
internal static class NumpyArchiveWriter
{
    // What a zip archive needs for a member besides its content and twice its name, at most.
    private const int EntrySize = 128;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // The first moment that an archive can have: the same tensors give the same bytes.
    private static readonly DateTimeOffset Time = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Builds an archive.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="tensors">Tensors of floats with different names.</param>
    /// <returns>The content of the file.</returns>
    /// <exception cref="CheckpointException">It would be too long, or a name cannot be one in an archive.</exception>
    public static ReadOnlyMemory<byte> Write(string path, IReadOnlyList<TensorToWrite> tensors)
    {
        string[] names = [.. tensors.Select(tensor => NameOf(path, tensor))];
        byte[][] headers = [.. tensors.Select(tensor => new NumpyHeader("<f4", IsFortranOrder: false, [.. tensor.Shape]).ToBytes())];
        long length = EntrySize + tensors.Select((tensor, k) => EntrySize + (2L * Utf8.GetByteCount(names[k])) + headers[k].Length + tensor.Size).Sum();
        if (length > Array.MaxLength)
        {
            throw new CheckpointException(CheckpointReason.File, path, $"expected a file of at most {Array.MaxLength} bytes, found {length}.");
        }

        var file = new MemoryStream((int)length);
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (int k = 0; k < tensors.Count; k++)
            {
                ZipArchiveEntry entry = archive.CreateEntry(names[k], CompressionLevel.NoCompression);
                entry.LastWriteTime = Time;
                using Stream array = entry.Open();
                array.Write(headers[k]);
                array.Write(tensors[k].Bytes);
            }
        }

        return file.GetBuffer().AsMemory(0, (int)file.Length);
    }

    private static string NameOf(string path, TensorToWrite tensor)
    {
        string name = tensor.Name + NumpyArchiveFormat.Extension;
        try
        {
            int length = Utf8.GetByteCount(name);
            return length <= ushort.MaxValue
                ? name
                : throw new CheckpointException(CheckpointReason.File, path, tensor.Name, null, $"expected a name of at most {ushort.MaxValue} bytes with its ending, found {length}.");
        }
        catch (EncoderFallbackException e)
        {
            throw new CheckpointException(CheckpointReason.File, path, tensor.Name, null, $"expected a name of valid Unicode, found unpaired surrogates.", e);
        }
    }
}
