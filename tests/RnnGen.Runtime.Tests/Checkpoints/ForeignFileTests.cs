using System.IO.Compression;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>A file of another program that is given to a model by mistake is called by its name.</summary>
public sealed class ForeignFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model/data.pkl", "PyTorch")]
    [InlineData("archive/data.pkl", "torch.load")]
    [InlineData("weight.npy", "NumPy")]
    [InlineData("metadata.json", "Keras")]
    [InlineData("model.weights.h5", "Keras")]
    [InlineData("readme.txt", "a zip archive")]
    public void A_zip_file_is_known_by_what_is_in_it(string entry, string says)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream stream = zip.CreateEntry(entry).Open();
            stream.Write(new byte[100]);
        }

        byte[] file = memory.ToArray();
        Refused(file, says);

        // Also where it is cut.
        Refused(file[..29], "a zip archive");
        Refused(file[..8], "a zip archive");
    }

    [Theory]
    [InlineData(new byte[] { 0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A, 0 }, "HDF5")]
    [InlineData(new byte[] { 0x93, 0x4E, 0x55, 0x4D, 0x50, 0x59, 1, 0, 0 }, "NumPy")]
    [InlineData(new byte[] { 0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9 }, "PyTorch")]
    [InlineData(new byte[] { 8, 7, 0x12, 7, 0x70, 0x79, 0x74, 0x6F, 0x72, 0x63, 0x68 }, "ONNX")]
    [InlineData(new byte[] { 8, 10, 0x3A, 7, 0x70, 0x79, 0x74, 0x6F, 0x72, 0x63, 0x68 }, "ONNX")]
    public void Others_are_known_by_their_first_bytes(byte[] start, string says) => Refused([.. start, .. new byte[100]], says);

    [Fact]
    public void A_sound_file_is_never_taken_for_another()
    {
        // Its length is what a zip file begins with, were it not for the bytes behind.
        Assert.NotNull(ForeignFormat.Find("PK\x03\x04"u8));
        Assert.Null(ForeignFormat.Find([0x60, 0, 0, 0, 0, 0, 0, 0, (byte)'{']));
        Assert.Null(ForeignFormat.Find([]));
        Assert.Null(ForeignFormat.Find([8, 7]));
    }

    private void Refused(byte[] file, string says)
    {
        string path = _folder.File("model", file);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Plain.Load(path));

        Assert.Equal(CheckpointReason.Container, e.Reason);
        Assert.Contains("expected a safetensors file, found ", e.Message, StringComparison.Ordinal);
        Assert.Contains(says, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("characters)", e.Message, StringComparison.Ordinal);
    }
}
