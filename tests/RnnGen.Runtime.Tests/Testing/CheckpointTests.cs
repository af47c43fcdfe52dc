using RnnGen.Testing;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Testing;

public class CheckpointTests
{
    [Theory]
    [MemberData(nameof(ModelsUnderTest.All), MemberType = typeof(ModelsUnderTest))]
    public void A_saved_model_is_the_same(string name) => Checkpoint.Same(ModelsUnderTest.Create(name).Model);

    [Fact]
    public void Statistics_and_metadata_belong_to_it()
    {
        var model = new Scaled(seed: 1);
        model.Metadata["label"] = "kitchen";
        Checkpoint.Same(model);

        Scaled other = model.Clone();
        other.Metadata["label"] = "bath";
        CheckException error = Assert.Throws<CheckException>(() => Checkpoint.Same(model, other));
        Assert.Equal("Metadata 'label': expected 'kitchen', found 'bath'.", error.Message);
    }

    [Fact]
    public void A_file_of_another_training_is_found_out()
    {
        string path = Path.GetTempFileName();
        try
        {
            new ShortLstm(seed: 1).Save(path);
            Checkpoint.Same(new ShortLstm(seed: 1), path);

            CheckException error = Assert.Throws<CheckException>(() => Checkpoint.Same(new ShortLstm(seed: 2), path));
            Assert.Matches(@"^\w+\.weight_ih_l0\[0, 0\]: expected -?[0-9.E-]+, found -?[0-9.E-]+\.$", error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Models_of_other_shapes_differ() =>
        Assert.Contains("Expected the parameters", Assert.Throws<CheckException>(() => Checkpoint.Same(new ShortLstm(seed: 1), new HeadlessGru(seed: 1))).Message);
}
