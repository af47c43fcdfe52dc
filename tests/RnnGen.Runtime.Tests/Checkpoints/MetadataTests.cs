using RnnGen.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Texts that travel with the weights.</summary>
public sealed class MetadataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void Texts_come_back(string name)
    {
        ModelUnderTest saved = ModelsUnderTest.Create(name);
        Assert.Empty(saved.Model.Metadata);
        saved.Model.Metadata["labels"] = "cat,dog";
        saved.Model.Metadata["empty"] = "";

        IRnnModel loaded = SaveAndLoad(saved).Model;

        Assert.Equal(new Dictionary<string, string> { ["labels"] = "cat,dog", ["empty"] = "" }, loaded.Metadata);
        Same.Bits(saved.Model.Parameters, loaded.Parameters, "weights");
    }

    [Theory]
    [InlineData("", "no key")]
    [InlineData("ключ 键 \U0001F511", "\U0001F600 漢字, Ünïcödé ✓ e\u0301")]
    [InlineData("quotes \" and \\", "\"\\/{}[]:,")]
    [InlineData("controls", "\0\u0001\t\r\n\u001F\u007F\u0085\u2028\uFEFF\uFFFF")]
    [InlineData("__metadata__", "{\"dtype\":\"F32\"}")]
    [InlineData("Value.weight", "<script>&amp;'+")]
    [InlineData("RNNGEN.model", "keys are as they are")]
    [InlineData("rnngenious", "no dot")]
    public void Any_text_comes_back(string key, string value)
    {
        ModelUnderTest saved = ModelsUnderTest.Create(nameof(Plain));
        saved.Model.Metadata[key] = value;

        Assert.Equal(new KeyValuePair<string, string>(key, value), Assert.Single(SaveAndLoad(saved).Model.Metadata));
    }

    [Fact]
    public void Long_and_many_texts_come_back()
    {
        ModelUnderTest saved = ModelsUnderTest.Create(nameof(Plain));
        for (int k = 0; k < 1000; k++)
        {
            saved.Model.Metadata[$"key {k}"] = new string((char)('a' + (k % 26)), k);
        }

        Assert.Equal(saved.Model.Metadata, SaveAndLoad(saved).Model.Metadata);
    }

    [Fact]
    public void A_vocabulary_comes_back()
    {
        var model = new TokenRnn(seed: 1);
        model.Metadata[Vocabulary.MetadataKey] = Vocabulary.Of("\"a\n\U0001F600\uFFFD", size: 5).Alphabet;
        model.Save(_folder.File("model"));

        Assert.Equal([1, 0, 2, 4, 3], new Vocabulary(TokenRnn.Load(_folder.File("model")).Metadata[Vocabulary.MetadataKey]).Encode("\"\na\U0001F600?"));
    }

    [Fact]
    public void Keys_of_the_library_are_not_kept()
    {
        var model = new Plain(seed: 1);
        model.Metadata["rnngen.model"] = "Other";
        model.Metadata["rnngen.mine"] = "x";
        model.Metadata["rnngen."] = "x";
        model.Metadata["mine"] = "y";
        string path = _folder.File("model");

        model.Save(path);

        Assert.Equal(new Dictionary<string, string> { ["mine"] = "y" }, Plain.Load(path).Metadata);
        Assert.Equal(new Dictionary<string, string> { ["rnngen.model"] = "Plain", ["mine"] = "y" }, SafetensorsFile.Read(path).Metadata);
        Assert.Equal(4, model.Metadata.Count);
    }

    [Fact]
    public void Texts_of_a_file_that_another_program_wrote_are_there()
    {
        var model = new Plain(seed: 1);
        string path = _folder.File("model");
        TensorFile.Write(
            path,
            [.. model.Value.Parameters.Select(p => new TensorToWrite($"Value.{p.Name}", p.Shape, TestNumbers.Values(p)))],
            new Dictionary<string, string> { ["format"] = "pt", ["rnngen.model"] = "Else" });

        Assert.Equal(new Dictionary<string, string> { ["format"] = "pt" }, Plain.Load(path).Metadata);
    }

    [Fact]
    public void The_order_of_keys_does_not_change_the_file()
    {
        var one = new Plain(seed: 1) { Metadata = { ["a"] = "1", ["b"] = "2" } };
        var other = new Plain(seed: 1) { Metadata = { ["b"] = "2", ["a"] = "1" } };

        one.Save(_folder.File("one"));
        other.Save(_folder.File("other"));

        Assert.Equal(File.ReadAllBytes(_folder.File("one")), File.ReadAllBytes(_folder.File("other")));
    }

    [Fact]
    public void LoadWeights_replaces_all_texts()
    {
        var model = new Plain(seed: 1) { Metadata = { ["kept"] = "old", ["gone"] = "old" } };
        new Plain(seed: 2) { Metadata = { ["kept"] = "new", ["added"] = "new" } }.Save(_folder.File("model"));

        model.LoadWeights(_folder.File("model"));

        Assert.Equal(new Dictionary<string, string> { ["kept"] = "new", ["added"] = "new" }, model.Metadata);
    }

    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_copy_has_its_own_texts(string name)
    {
        ModelUnderTest original = ModelsUnderTest.Create(name);
        original.Model.Metadata["a"] = "1";
        ModelUnderTest copy = original.Clone();
        Assert.Equal(original.Model.Metadata, copy.Model.Metadata);

        copy.Model.Metadata["a"] = "2";
        original.Model.Metadata["b"] = "3";

        Assert.Equal(new Dictionary<string, string> { ["a"] = "1", ["b"] = "3" }, original.Model.Metadata);
        Assert.Equal(new Dictionary<string, string> { ["a"] = "2" }, copy.Model.Metadata);
    }

    [Fact]
    public void A_load_that_fails_leaves_the_texts()
    {
        ModelUnderTest subject = ModelsUnderTest.Create(nameof(Plain));
        subject.Model.Metadata["a"] = "1";
        string path = _folder.File("model");
        foreach (Action write in (Action[])
        [
            () => new ShortLstm(seed: 1) { Metadata = { ["a"] = "2" } }.Save(path),
            () => TensorFile.Write(path, [], new Dictionary<string, string> { ["a"] = "2" }),
            () => TensorFile.Write(path, TooMany(), new Dictionary<string, string> { ["a"] = "2" }),
            () => File.WriteAllBytes(path, [1, 2, 3]),
            () => File.Delete(path),
        ])
        {
            write();

            Assert.Throws<CheckpointException>(() => subject.Model.LoadWeights(path));
            Assert.Equal(new Dictionary<string, string> { ["a"] = "1" }, subject.Model.Metadata);
        }

        TensorToWrite[] TooMany() =>
            [.. subject.Parameters.Select(p => new TensorToWrite(p.Name, p.Parameter.Shape, TestNumbers.Values(p.Parameter))), new("more", [1], [1f])];
    }

    [Fact]
    public void A_training_file_has_the_texts()
    {
        var model = new Plain(seed: 1) { Metadata = { ["a"] = "1" } };
        Plain.Trainer trainer = model.CreateTrainer(new Adam());
        trainer.Train([1, 2], [3]);
        trainer.Save(_folder.File("training"));
        model.Metadata["a"] = "2";

        Assert.Equal("1", Plain.Load(_folder.File("training")).Metadata["a"]);
        trainer.Resume(_folder.File("training"));
        Assert.Equal(new Dictionary<string, string> { ["a"] = "1" }, model.Metadata);
    }

    private ModelUnderTest SaveAndLoad(ModelUnderTest subject)
    {
        string path = _folder.File("model.safetensors");
        subject.Model.Save(path);
        return subject.Load(path);
    }
}
