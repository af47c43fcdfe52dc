using System.IO.Compression;

namespace RnnGen.Formats.Tests;

/// <summary>Archives of Keras, packed in other ways.</summary>
public class KerasArchiveTests
{
    [Fact]
    public void Reads_what_Keras_packed()
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Keras("keras3.keras"));
        Assert.Equal("Keras archive", file.Format);
        Assert.Equal("3.5.0", file.Texts["keras_version"]);
        Assert.StartsWith("{", file.Texts["model_config"], StringComparison.Ordinal);
        Assert.NotNull(file.Find("layers/lstm/cell/vars/0"));
    }

    [Fact]
    public void Reads_an_archive_that_was_compressed_afterwards()
    {
        TensorFile expected = TensorFiles.Read(Hdf5Files.Keras("keras3.keras"));
        TensorFile file = TensorFiles.Read(Repack(_ => true));
        Assert.Equal(expected.Tensors.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
        Assert.All(expected.Tensors, tensor => Hdf5Files.AssertSameBits(tensor.Values.Span, file.Find(tensor.Name)!.Values.Span));
    }

    [Fact]
    public void Refuses_an_archive_without_weights() =>
        Assert.Contains("model.weights.h5", Assert.Throws<CheckpointException>(() => TensorFiles.Read(Repack(name => name != "model.weights.h5"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Other_files_in_the_archive_are_left_alone()
    {
        TensorFile file = TensorFiles.Read(Repack(_ => true, ("../../evil", "x"), ("assets/words.txt", "one")));
        Assert.NotNull(file.Find("layers/dense/vars/0"));
    }

    [Fact]
    public void Refuses_an_archive_that_is_cut_off()
    {
        byte[] file = File.ReadAllBytes(Hdf5Files.Keras("keras3.keras"));
        for (int length = 100; length < file.Length; length += 1009)
        {
            Assert.Contains("incomplete", Assert.Throws<CheckpointException>(() => TensorFiles.Read(file[..length])).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Places_in_messages_are_places_of_the_archive()
    {
        byte[] file = File.ReadAllBytes(Hdf5Files.Keras("keras3.keras"));
        int start = file.AsSpan().IndexOf("HDF\r\n"u8);
        int table = start + file.AsSpan(start).IndexOf("SNOD"u8);
        byte[] h5 = file[(start - 1)..];
        h5[table - start + 1] = (byte)'X';
        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(h5));
        Assert.Equal(table - start + 1, e.Offset);
    }

    private static byte[] Repack(Func<string, bool> isKept, params (string Name, string Text)[] more)
    {
        var packed = new MemoryStream();
        using (ZipArchive from = ZipFile.OpenRead(Hdf5Files.Keras("keras3.keras")))
        using (var to = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (ZipArchiveEntry entry in from.Entries.Where(entry => isKept(entry.FullName)))
            {
                using Stream source = entry.Open();
                using Stream target = to.CreateEntry(entry.FullName, CompressionLevel.Optimal).Open();
                source.CopyTo(target);
            }

            foreach ((string name, string text) in more)
            {
                using var writer = new StreamWriter(to.CreateEntry(name).Open());
                writer.Write(text);
            }
        }

        return packed.ToArray();
    }
}
