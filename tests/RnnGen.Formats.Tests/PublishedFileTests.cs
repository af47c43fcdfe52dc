using RnnGen.Fuzz;
using static RnnGen.Formats.Tests.Assertions;

namespace RnnGen.Formats.Tests;

/// <summary>Files that others published, and files in the formats that people save.</summary>
public class PublishedFileTests
{
    [Fact]
    public void EverySafetensorsFileHasWhatTheIndexSays()
    {
        IReadOnlyList<IndexEntry> entries = IndexEntry.ReadAll();
        Assert.NotEmpty(entries);
        foreach (IndexEntry entry in entries)
        {
            TensorFile file = TensorFiles.Read(SharedFiles.Find(entry.File.Split('/')));
            Assert.Equal(entry.Tensors.OrderBy(pair => pair.Key), file.Tensors.ToDictionary(t => t.Name, IndexEntry.Describe).OrderBy(pair => pair.Key));
        }
    }

    [Theory]
    [InlineData("own_torch_bigru.pt", "F32")]
    [InlineData("own_torch_bigru_parameters.pt", "F32")]
    [InlineData("own_torch_bigru_views.pt", "F32")]
    [InlineData("own_torch_bigru_legacy.pth", "F32")]
    [InlineData("own_torch_bigru_script.pt", "F32")]
    [InlineData("own_torch_bigru_f64.pt", "F64")]
    [InlineData("own_torch_bigru_f16.pt", "F16")]
    [InlineData("own_torch_bigru_bf16.pt", "BF16")]
    [InlineData("own_bigru.npz", "F32")]
    [InlineData("own_bigru_mixed.npz", null, "step")]
    [InlineData("own_torch_bigru_checkpoint.pt", "F32", "optimizer_state_dict.state.0.step", "optimizer_state_dict.state.0.exp_avg")]
    [InlineData("own_torch_bigru_sequential.pt", "F32")]
    public void EveryFormatHasTheSameWeights(string name, string? type, params string[] others)
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", name));
        TensorFile weights = TensorFiles.Read(SharedFiles.Find("original", "own_torch_bigru.expected.safetensors"));
        const string Prefix = "weights.";
        int count = 0;
        foreach (FileTensor expected in weights.Tensors.Where(tensor => tensor.Name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            string own = NameIn(name, expected.Name[Prefix.Length..]);
            FileTensor? actual = file.Find(own);
            Assert.True(actual is not null, $"{own} of {string.Join(", ", file.Tensors.Select(t => t.Name))}");
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.Equal(type ?? actual.ElementType, actual.ElementType);
            SameBits(expected.Values.ToArray().Select(value => Rounded(value, type)).ToArray(), actual.Values);
            count++;
        }

        Assert.Equal(20, count);
        Assert.All(others, other => Assert.NotNull(file.Find(other)));
        Assert.Equal(count + others.Length, file.Tensors.Count);
    }

    [Fact]
    public void TensorsBesideTheNetworkAreThere()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "own_torch_lstmcell.pt"));
        Assert.Equal(
            [
                "encoder.weight [12, 5]", "decoder.cell.weight_ih [32, 5]", "decoder.cell.weight_hh [32, 8]", "decoder.cell.bias_ih [32]",
                "decoder.cell.bias_hh [32]", "decoder.out.weight [12, 8]", "decoder.out.bias [12]", "decoder.steps []",
            ],
            file.Tensors.Select(tensor => $"{tensor.Name} [{string.Join(", ", tensor.Shape)}]"));
        Assert.Equal("I64", file.Find("decoder.steps")!.ElementType);
    }

    [Fact]
    public void WeightsOfKerasInTheirOrder()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "own_keras_get_weights.npz"));
        Assert.Equal(Enumerable.Range(0, file.Tensors.Count).Select(k => $"arr_{k}"), file.Tensors.Select(tensor => tensor.Name));
        const string Expected = "original/own_keras2.expected.safetensors";
        TensorFile weights = TensorFiles.Read(SharedFiles.Find(Expected.Split('/')));

        // The index has the order of the layers.
        string[] names = [.. IndexEntry.ReadAll().First(entry => entry.File == Expected).Tensors.Keys.Where(name => name.StartsWith("weights.", StringComparison.Ordinal))];
        Assert.Equal(names.Length, file.Tensors.Count);
        Assert.All(names.Zip(file.Tensors), pair =>
        {
            Assert.Equal(weights.Find(pair.First)!.Shape, pair.Second.Shape);
            SameBits(weights.Find(pair.First)!.Values, pair.Second.Values);
        });
    }

    [Fact]
    public void HostileFilesAreRefused()
    {
        Refused(File.ReadAllBytes(SharedFiles.Find("original", "own_torch_hostile.pt")), "posix.system", "torch.save(model.state_dict(), path)");
        CheckpointException e = Refused(File.ReadAllBytes(SharedFiles.Find("original", "own_object.npz")), "Python objects", "pickle");
        Assert.Equal("weights", e.Tensor);
    }

    [Theory]
    [InlineData("own_torch_bigru.pt")]
    [InlineData("own_torch_bigru_script.pt")]
    [InlineData("own_torch_bigru_views.pt")]
    [InlineData("own_bigru.npz")]
    public void ArchivesThatWereCompressedLater(string name)
    {
        byte[] bytes = File.ReadAllBytes(SharedFiles.Find("original", name));
        TensorFile expected = TensorFiles.Read(bytes);
        TensorFile actual = TensorFiles.Read(ZipBuilder.Compress(bytes));
        Assert.Equal(expected.Tensors.Select(t => t.Name), actual.Tensors.Select(t => t.Name));
        Assert.All(expected.Tensors.Zip(actual.Tensors), pair => SameBits(pair.First.Values, pair.Second.Values));
    }

    private static string NameIn(string file, string name) => file switch
    {
        "own_torch_bigru_checkpoint.pt" => $"model_state_dict.module.{name}",
        "own_torch_bigru_sequential.pt" => name.Replace("rnn.", "0.").Replace("norm.", "1.").Replace("head.", "3."),
        _ => name,
    };

    private static float Rounded(float value, string? type) => type switch
    {
        "F16" => (float)(Half)value,
        "BF16" => RoundedToBFloat16(value),
        _ => value,
    };

    private static float RoundedToBFloat16(float value)
    {
        // To the nearest, ties to even.
        uint bits = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((bits + 0x7FFF + ((bits >> 16) & 1)) & 0xFFFF0000);
    }
}
