using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

public sealed class AtomicWriteTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string> NoMetadata = new Dictionary<string, string>();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_existing_file_is_replaced()
    {
        string path = _folder.File("model", new byte[100_000]);

        TensorFile.Write(path, [new TensorToWrite("w", [1], [1f])], NoMetadata);

        Assert.Single(SafetensorsFile.Read(path).Tensors);
        Assert.Equal(["model"], _folder.Names);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error()
    {
        var e = Assert.Throws<CheckpointException>(() => Write(_folder.File("absent/model")));

        Assert.Equal(CheckpointReason.File, e.Reason);
        Assert.IsType<DirectoryNotFoundException>(e.InnerException);
        Assert.Contains($"The folder '{_folder.File("absent")}' does not exist", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(".tmp", e.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void A_directory_as_target_is_an_error_and_stays()
    {
        Directory.CreateDirectory(_folder.File("model"));
        _folder.File("model/inside", [1]);

        var e = Assert.Throws<CheckpointException>(() => Write(_folder.File("model")));

        Assert.Contains("directory", e.Message, StringComparison.Ordinal);
        Assert.Equal(["model"], _folder.Names);
        Assert.True(File.Exists(_folder.File("model/inside")));
    }

    [Fact]
    public void A_file_as_folder_is_an_error()
    {
        _folder.File("file", [1]);

        Assert.Throws<CheckpointException>(() => Write(_folder.File("file/model")));

        Assert.Equal(["file"], _folder.Names);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    public void An_impossible_path_is_an_error(string path) =>
        Assert.Equal(path, Assert.Throws<CheckpointException>(() => Write(path)).Path);

    [Fact]
    public void The_longest_file_name_works()
    {
        string path = _folder.File(new string('n', 255));

        Write(path);

        Assert.Single(SafetensorsFile.Read(path).Tensors);
    }

    [Fact]
    public void A_failure_half_way_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("model", [1, 2, 3]);

        var e = Assert.Throws<CheckpointException>(() => AtomicFile.Write(path, 1000, stream =>
        {
            stream.Write(new byte[500]);
            throw new IOException("The disk is full.");
        }));

        Assert.Contains("The disk is full.", e.Message, StringComparison.Ordinal);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["model"], _folder.Names);
    }

    [Fact]
    public void A_mistake_half_way_leaves_the_old_file_and_nothing_else()
    {
        string path = _folder.File("model", [1, 2, 3]);

        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(path, 1000, _ => throw new InvalidOperationException()));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        Assert.Equal(["model"], _folder.Names);
    }

    [Fact]
    public void A_null_path_is_the_callers_mistake() => Assert.Throws<ArgumentNullException>(() => Write(null!));

    private static void Write(string path) => TensorFile.Write(path, [new TensorToWrite("w", [1], [1f])], NoMetadata);
}
