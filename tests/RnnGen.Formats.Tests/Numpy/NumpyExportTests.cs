using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using RnnGen.Checkpoints;
using RnnGen.Formats.Tests.Exports;
using RnnGen.Interop;

namespace RnnGen.Formats.Tests.Numpy;

public sealed class NumpyExportTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("rnngen-numpy-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void An_array_has_the_name_and_the_shape_of_its_parameter_and_the_bytes_of_NumPy()
    {
        var model = new LstmLevels(1);

        using var archive = new ZipArchive(new MemoryStream(Written(model)));

        Assert.Equal(Saved(model).Tensors.Select(tensor => tensor.Name + ".npy"), archive.Entries.Select(entry => entry.FullName));
        Assert.All(archive.Entries, entry => Assert.Equal(entry.Length, entry.CompressedLength));
        byte[] array = Content(archive.GetEntry("Memory.weight_ih_l0.npy")!);
        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0, 118, 0], array[..10]);
        Assert.Equal("{'descr': '<f4', 'fortran_order': False, 'shape': (24, 3), }".PadRight(117) + "\n", Encoding.ASCII.GetString(array[10..128]));
        Assert.Equal(128 + (4 * 24 * 3), array.Length);
        SameBits.Check(RecurrentPart.ValuesOf(model.Memory["weight_ih_l0"]), MemoryMarshal.Cast<byte, float>(array.AsSpan(128)));
        Assert.Contains("'shape': (24,), ", Encoding.ASCII.GetString(Content(archive.GetEntry("Memory.bias_ih_l0.npy")!)), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_weights_give_the_same_bytes_in_a_stream_and_in_a_file()
    {
        byte[] first = Written(new LstmLevels(1));
        string path = Path.Combine(_folder, "a.npz");
        File.WriteAllText(path, "old");

        new LstmLevels(1).ExportNumpy(path);

        Assert.Equal(first, File.ReadAllBytes(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void Errors_are_those_of_every_export()
    {
        var model = new LstmLevels(1);
        Assert.Throws<ArgumentNullException>("model", () => ((IRnnModel)null!).ExportNumpy(new MemoryStream()));
        Assert.Throws<ArgumentNullException>("path", () => model.ExportNumpy((string)null!));
        Assert.Throws<ArgumentException>("path", () => model.ExportNumpy(""));
        Assert.Throws<ArgumentNullException>("stream", () => model.ExportNumpy((Stream)null!));
        Assert.Equal(CheckpointReason.File, Assert.Throws<CheckpointException>(() => model.ExportNumpy(Path.Combine(_folder, "absent", "a"))).Reason);
        CheckpointException e = Assert.Throws<CheckpointException>(() => model.ExportNumpy(new MemoryStream([], writable: false)));
        Assert.IsType<NotSupportedException>(e.InnerException);
    }

    [Fact]
    public void Shapes_and_names_of_any_kind_come_back()
    {
        (string Name, int[] Shape, float[] Values)[] tensors =
            [("", [], [-0f]), ("../ä\n", [0, 3], []), (new string('n', 60_000), [1, 1, 2], [1, float.NaN]), ("deep", [.. Enumerable.Repeat(1, 64)], [7])];

        TensorFile file = TensorFiles.Read(NumpyArchiveWriter.Write("x", [.. tensors.Select(tensor => new TensorToWrite(tensor.Name, tensor.Shape, tensor.Values))]));

        Assert.Equal(tensors.Select(tensor => tensor.Name), file.Tensors.Select(tensor => tensor.Name));
        Assert.All(tensors, tensor => SameBits.Check(new FileTensor(tensor.Name, "F32", tensor.Shape, tensor.Values), file.Find(tensor.Name)!));
    }

    [Theory]
    [InlineData(65_532)]
    [InlineData(-1)]
    public void Names_that_no_archive_has_are_refused(int length)
    {
        string name = length < 0 ? "\ud800" : new string('n', length);
        CheckpointException e = Assert.Throws<CheckpointException>(() => NumpyArchiveWriter.Write("x", [new TensorToWrite(name, [1], [1f])]));
        Assert.Equal(name, e.Tensor);
    }

    private static byte[] Written(IRnnModel model)
    {
        var stream = new MemoryStream();
        model.ExportNumpy(stream);
        return stream.ToArray();
    }

    private static TensorFile Saved(IRnnModel model)
    {
        var stream = new MemoryStream();
        model.Save(stream);
        return TensorFiles.Read(stream.ToArray());
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] content = new byte[entry.Length];
        stream.ReadExactly(content);
        return content;
    }
}
