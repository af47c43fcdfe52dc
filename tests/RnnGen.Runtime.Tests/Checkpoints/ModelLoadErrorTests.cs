using System.Runtime.InteropServices;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>A file that is not exactly the model's is refused, and the model stays as it was. The fault is always in the last tensor.</summary>
public sealed class ModelLoadErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_missing_tensor(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        string missing = tensors[^1].Name;
        tensors.RemoveAt(tensors.Count - 1);
        Write(path, tensors);

        AssertRefused(name, path, CheckpointReason.MissingTensor, missing, "expected this tensor", "found none");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tensor_too_many(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        Write(path, [.. tensors, new TensorToWrite("Later.weight", [1], [1f])]);

        AssertRefused(name, path, CheckpointReason.SurplusTensor, "Later.weight", "expected only", tensors[0].Name, "found one more");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tensor_of_another_name(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        TensorToWrite last = tensors[^1];
        tensors[^1] = new TensorToWrite(last.Name.ToUpperInvariant(), last.Shape, new float[last.Size / sizeof(float)]);
        Write(path, tensors);

        AssertRefused(name, path, CheckpointReason.MissingTensor, last.Name, "expected this tensor", "found none");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tensor_of_another_size(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        TensorToWrite last = tensors[^1];
        tensors[^1] = new TensorToWrite(last.Name, [last.Shape[0] + 1], new float[last.Shape[0] + 1]);
        Write(path, tensors);

        AssertRefused(name, path, CheckpointReason.Shape, last.Name, $"expected shape [{last.Shape[0]}]", $"found [{last.Shape[0] + 1}]");
    }

    // As many numbers, in another arrangement.
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tensor_of_another_shape(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        int k = tensors.FindLastIndex(tensor => tensor.Shape.Count == 2);
        TensorToWrite matrix = tensors[k];
        int[] transposed = [matrix.Shape[1], matrix.Shape[0]];
        tensors[k] = new TensorToWrite(matrix.Name, transposed, new float[matrix.Size / sizeof(float)]);
        Write(path, tensors);

        AssertRefused(
            name, path, CheckpointReason.Shape, matrix.Name, $"expected shape [{transposed[1]}, {transposed[0]}]", $"found [{transposed[0]}, {transposed[1]}]");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_tensor_of_another_type(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        TensorToWrite last = tensors[^1];
        tensors[^1] = new TensorToWrite(last.Name, last.Shape, new double[last.Size / sizeof(float)]);
        Write(path, tensors);

        AssertRefused(name, path, CheckpointReason.Type, last.Name, "expected elements of type F32", "found F64");
    }

    [Fact]
    public void Every_truncation()
    {
        (string path, _) = Saved(nameof(Plain));
        byte[] bytes = File.ReadAllBytes(path);
        for (int length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(path, bytes[..length]);
            AssertRefused(nameof(Plain), path, CheckpointReason.Container, tensor: null);
        }
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_file_that_lost_its_last_bytes(string name)
    {
        (string path, List<TensorToWrite> tensors) = Saved(name);
        byte[] bytes = File.ReadAllBytes(path);
        File.WriteAllBytes(path, bytes[..^4]);

        AssertRefused(name, path, CheckpointReason.Container, tensors[^1].Name, "expected", "found");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_file_of_anything_else(string name)
    {
        string path = _folder.File("model", [.. MemoryMarshal.AsBytes("This is a letter to my aunt, and no model."u8)]);

        AssertRefused(name, path, CheckpointReason.Container, null, "expected", "found");
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_file_of_another_model(string name)
    {
        (string path, _) = Saved(name == nameof(ShortLstm) ? nameof(GruStack) : nameof(ShortLstm));

        AssertRefused(name, path, CheckpointReason.MissingTensor, tensor: null);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_file_that_does_not_exist(string name)
    {
        CheckpointException e = AssertRefused(name, _folder.File("absent.safetensors"), CheckpointReason.File, null, "cannot be read");

        Assert.IsType<FileNotFoundException>(e.InnerException);
    }

    [Fact]
    public void A_directory() => AssertRefused(nameof(Plain), _folder.FullName, CheckpointReason.File, null, "cannot be read");

    [Fact]
    public void No_path()
    {
        var model = new Plain(seed: 1);

        Assert.Throws<ArgumentNullException>(() => model.LoadWeights((string)null!));
        Assert.Throws<ArgumentNullException>(() => Plain.Load((string)null!));
        Assert.Throws<ArgumentNullException>(() => model.Save((string)null!));
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_not_written_to()
    {
        string path = _folder.File("absent/model");

        var e = Assert.Throws<CheckpointException>(() => new Plain(seed: 1).Save(path));

        Assert.Equal(path, e.Path);
        Assert.IsType<DirectoryNotFoundException>(e.InnerException);
    }

    [Fact]
    public void A_folder_without_permission_is_not_written_to()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Skip("Permissions do not bind this user.");
            return;
        }

        string path = _folder.File("model", [1, 2, 3]);
        File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            var e = Assert.Throws<CheckpointException>(() => new Plain(seed: 1).Save(path));

            Assert.IsType<UnauthorizedAccessException>(e.InnerException);
            Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        }
        finally
        {
            File.SetUnixFileMode(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>A valid file of the model, and its tensors to be tampered with.</summary>
    private (string Path, List<TensorToWrite> Tensors) Saved(string name)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name, seed: 21);
        string path = _folder.File("model.safetensors");
        subject.Model.Save(path);
        return (path, [.. subject.Parameters.Select(p => new TensorToWrite(p.Name, p.Parameter.Shape, TestNumbers.Values(p.Parameter)))]);
    }

    private static void Write(string path, IReadOnlyList<TensorToWrite> tensors) =>
        TensorFile.Write(path, tensors, new Dictionary<string, string>());

    private static CheckpointException AssertRefused(string name, string path, CheckpointReason reason, string? tensor, params string[] parts)
    {
        ModelUnderTest subject = ModelsUnderTest.Create(name, seed: 22);
        float[] weights = subject.Model.Parameters.ToArray();
        Tape tape = subject.RunningTape(2);

        var e = Assert.Throws<CheckpointException>(() => subject.Model.LoadWeights(path));

        Same.Bits(weights, subject.Model.Parameters, "weights");
        Assert.Equal(reason, e.Reason);
        Assert.Equal(path, e.Path);
        Assert.Contains(path, e.Message, StringComparison.Ordinal);
        if (tensor is not null)
        {
            Assert.Equal(tensor, e.Tensor);
            Assert.Contains($"'{tensor}'", e.Message, StringComparison.Ordinal);
        }

        Assert.All(parts, part => Assert.Contains(part, e.Message, StringComparison.Ordinal));

        // The recording is of these weights, so it is still good.
        subject.Backward(tape, subject.OutputGradients(2), null);

        Assert.Equal(e.Message, Assert.Throws<CheckpointException>(() => subject.Load(path)).Message);
        return e;
    }
}
