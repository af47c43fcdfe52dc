using System.Text;
using System.Text.Json.Nodes;
using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

public sealed class ChecksumTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Plain _model = new(seed: 1) { Metadata = { ["labels"] = "yes no" } };

    private string Path => _folder.File("model");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_is_CRC_32C()
    {
        // The check value of the catalogue of CRCs, and one of RFC 3720.
        Assert.Equal(0xE3069283, Checksum.Of("123456789"u8));
        Assert.Equal(0x8A9136AA, Checksum.Of(new byte[32]));
        Assert.Equal(0u, Checksum.Of([]));
        Assert.Equal(Checksum.Of(Encoding.UTF8.GetBytes(new string('ü', 700) + "𝄞")), Checksum.Of(new string('ü', 700) + "𝄞"));
    }

    [Fact]
    public void Every_flipped_bit_of_a_model_is_noticed()
    {
        _model.Save(Path);
        AssertNoticed(bytes => Checkpoint.Load(((IRnnModel)_model).Weights, SafetensorsFile.Parse(Path, bytes)));
    }

    [Fact]
    public void Every_flipped_bit_of_a_training_is_noticed()
    {
        Plain.Trainer trainer = _model.CreateTrainer(new Adam());
        trainer.Train([1, 2], [3]);
        trainer.Save(Path);
        AssertNoticed(bytes => trainer.Resume(SafetensorsFile.Parse(Path, bytes)));
    }

    [Fact]
    public void Damaged_data_name_their_tensor()
    {
        _model.Save(Path);
        byte[] file = File.ReadAllBytes(Path);
        file[^1] ^= 1;
        File.WriteAllBytes(Path, file);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Plain.Load(Path));

        Assert.Equal(CheckpointReason.Digest, e.Reason);
        Assert.Equal("Value.bias", e.Tensor);
        Assert.Contains("rnngen.crc32c", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_them_loads()
    {
        _model.Save(Path);
        File.WriteAllBytes(Path, HeaderText.WithoutChecksums(File.ReadAllBytes(Path)));

        Plain loaded = Plain.Load(Path);

        Assert.True(loaded.Parameters.SequenceEqual(_model.Parameters));
        Assert.Equal(_model.Metadata, loaded.Metadata);
    }

    [Fact]
    public void A_file_has_all_of_them_or_none()
    {
        _model.Save(Path);
        byte[] file = File.ReadAllBytes(Path);

        Assert.Contains("'Other'", Refused(file, texts => texts["rnngen.crc32c.Other"] = "00000000"), StringComparison.Ordinal);
        Assert.Contains("found none", Refused(file, texts => texts.Remove("rnngen.crc32c.Value.bias")), StringComparison.Ordinal);
        Assert.Contains("(none)", Refused(file, texts => texts.Remove("rnngen.crc32c")), StringComparison.Ordinal);
        Refused(file, texts => texts["rnngen.crc32c"] = "");
        Refused(file, texts => texts["labels"] = "no yes");
        Refused(file, texts => texts.Remove("labels"));
        Refused(file, texts => texts["more"] = "");
    }

    [Fact]
    public void The_order_of_tensors_and_texts_does_not_matter()
    {
        _model.Save(Path);
        byte[] turned = HeaderText.Edit(File.ReadAllBytes(Path), header =>
        {
            Turn(HeaderText.Texts(header));
            Turn(header);
        });
        File.WriteAllBytes(Path, turned);

        Assert.True(Plain.Load(Path).Parameters.SequenceEqual(_model.Parameters));

        static void Turn(JsonObject values)
        {
            foreach ((string key, JsonNode? value) in values.Reverse().ToArray())
            {
                values.Remove(key);
                values.Add(key, value);
            }
        }
    }

    private string Refused(byte[] file, Action<JsonObject> edit)
    {
        File.WriteAllBytes(Path, HeaderText.Edit(file, header => edit(HeaderText.Texts(header))));
        CheckpointException e = Assert.Throws<CheckpointException>(() => Plain.Load(Path));
        Assert.Equal(CheckpointReason.Digest, e.Reason);
        return e.Message;
    }

    private void AssertNoticed(Action<byte[]> read)
    {
        byte[] file = File.ReadAllBytes(Path);
        float[] before = _model.Parameters.ToArray();
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            Exception? e = Record.Exception(() => read(damaged));
            Assert.True(e is CheckpointException, $"Bit {bit % 8} of byte {bit / 8} of {file.Length}: {e?.Message ?? "nothing was noticed"}");
        }

        Same.Bits(before, _model.Parameters, "weights");
    }
}
