using System.Buffers.Binary;
using System.Text;
using RnnGen.Checkpoints;

namespace RnnGen.Tests.Checkpoints;

public sealed class SafetensorsRoundTripTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read()
    {
        string path = _folder.File("model.safetensors");
        float[] weights = [1, -0f, float.NaN, float.Epsilon, float.MaxValue, float.NegativeInfinity];
        double[] losses = [0.1, 1e300];
        long[] steps = [long.MinValue, 7];
        TensorFile.Write(
            path,
            [
                new TensorToWrite("lstm.weight_ih_l0", [2, 3], weights),
                new TensorToWrite("losses", [2], losses),
                new TensorToWrite("steps", [1, 2, 1], steps),
                new TensorToWrite("nothing", [0, 4], Array.Empty<float>()),
                new TensorToWrite("single", [], [42f]),
            ],
            new Dictionary<string, string> { ["model"] = "Größe \"1\"\n𝄞", [""] = "" });

        SafetensorsFile file = SafetensorsFile.Read(path);

        Assert.Equal(5, file.Tensors.Count);
        Assert.Equal("Größe \"1\"\n𝄞", file.Metadata["model"]);
        Assert.Equal("", file.Metadata[""]);
        Assert.Equal([2L, 3], file["lstm.weight_ih_l0"].Shape);
        Assert.Equal("F32", file["lstm.weight_ih_l0"].Dtype);
        Assert.Equal(weights.Select(BitConverter.SingleToInt32Bits), Values<float>(file["lstm.weight_ih_l0"]).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(losses, Values<double>(file["losses"]));
        Assert.Equal(steps, Values<long>(file["steps"]));
        Assert.Equal(0, file["nothing"].Count);
        Assert.Equal([42f], Values<float>(file["single"]));
        Assert.Equal(["model.safetensors"], _folder.Names);
    }

    [Fact]
    public void Bytes_are_exactly_these()
    {
        string path = _folder.File("model.safetensors");
        TensorFile.Write(path, [new TensorToWrite("b", [1], [1f]), new TensorToWrite("a", [2], [2f, 3f])], new Dictionary<string, string> { ["z"] = "1", ["k"] = "2" });

        // Checksums that another program has computed.
        const string Header =
            """{"__metadata__":{"k":"2","rnngen.crc32c":"44806490","rnngen.crc32c.a":"0515039c","rnngen.crc32c.b":"dd54c4ab","z":"1"}"""
            + ""","b":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""";
        int padded = (Header.Length + 7) / 8 * 8;
        byte[] length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, padded);
        byte[] expected = [.. length, .. Encoding.UTF8.GetBytes(Header.PadRight(padded)), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40, 0, 0, 0x40, 0x40];
        Assert.Equal(expected, File.ReadAllBytes(path));
    }

    [Fact]
    public void Data_starts_aligned()
    {
        for (int k = 0; k < 9; k++)
        {
            string path = _folder.File("model.safetensors");
            TensorFile.Write(path, [new TensorToWrite(new string('n', k), [1], [1f])], new Dictionary<string, string>());
            Assert.Equal(0, SafetensorsFile.Read(path).Tensors.Values.Single().Offset % 8);
        }
    }

    [Fact]
    public void A_file_without_tensors_is_a_file()
    {
        string path = _folder.File("empty.safetensors");
        TensorFile.Write(path, [], new Dictionary<string, string>());

        SafetensorsFile file = SafetensorsFile.Read(path);

        Assert.Empty(file.Tensors);
        Assert.Empty(file.Metadata);
    }

    [Fact]
    public void Files_of_other_programs_are_read()
    {
        SafetensorsFile file = SafetensorsFile.Read(Path.Combine(AppContext.BaseDirectory, "goldens", "lstm.safetensors"));

        Assert.NotEmpty(file.Metadata);
        Assert.Equal([20L, 3], file["rnn.weight_ih_l0"].Shape);
        float[] single = Values<float>(file["out"]);
        double[] exact = Values<double>(file["f64.out"]);
        Assert.Equal(7 * 5, single.Length);
        Assert.All(single.Zip(exact), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.Equal("I64", file["target"].Dtype);
    }

    [Fact]
    public void The_wrong_type_length_or_name_is_refused()
    {
        string path = _folder.File("model.safetensors");
        TensorFile.Write(path, [new TensorToWrite("w", [2], [1f, 2f])], new Dictionary<string, string>());
        SafetensorsFile file = SafetensorsFile.Read(path);

        var type = Assert.Throws<CheckpointException>(() => file["w"].CopyTo<double>(new double[2]));
        var length = Assert.Throws<CheckpointException>(() => file["w"].CopyTo<float>(new float[3]));
        var name = Assert.Throws<CheckpointException>(() => file["v"]);

        Assert.Contains("expected elements of type F64, found F32", type.Message, StringComparison.Ordinal);
        Assert.Contains("expected 3 elements, found 2", length.Message, StringComparison.Ordinal);
        Assert.Equal("v", name.Tensor);
        Assert.Equal(path, name.Path);
        Assert.Equal(file["w"].Offset, length.Offset);
    }

    [Fact]
    public void Names_that_cannot_be_written_are_the_callers_mistake()
    {
        Assert.Throws<ArgumentException>(() => new TensorToWrite("__metadata__", [1], [1f]));
        Assert.Throws<ArgumentException>(() => new TensorToWrite("w", [2], [1f]));
        Assert.Throws<ArgumentException>(() => TensorFile.Write(
            _folder.File("model.safetensors"), [new TensorToWrite("w", [1], [1f]), new TensorToWrite("w", [1], [1f])], new Dictionary<string, string>()));
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void Big_endian_machines_turn_the_bytes_round()
    {
        byte[] bytes = [1, 2, 3, 4, 5, 6, 7, 8];
        ByteOrder.Reverse(bytes, 4);
        Assert.Equal([4, 3, 2, 1, 8, 7, 6, 5], bytes);
        ByteOrder.Reverse(bytes, 8);
        Assert.Equal([5, 6, 7, 8, 1, 2, 3, 4], bytes);
    }

    private static T[] Values<T>(SafetensorsTensor tensor)
        where T : unmanaged
    {
        var values = new T[tensor.Count];
        tensor.CopyTo<T>(values);
        return values;
    }
}
