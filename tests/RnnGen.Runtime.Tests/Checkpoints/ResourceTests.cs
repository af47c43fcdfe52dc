using System.Reflection;
using RnnGen.Tests.Compatibility;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Checkpoints;

/// <summary>Weights that are a resource of an assembly.</summary>
public class ResourceTests
{
    private static readonly Assembly Assembly = typeof(ResourceTests).Assembly;

    [Fact]
    public void A_resource_is_loaded_as_its_file()
    {
        KeptLetters expected = KeptLetters.Load(Path.Combine(AppContext.BaseDirectory, "compatibility", "3fa0c90", "KeptLetters.safetensors"));
        var model = new KeptLetters(seed: 1);

        ((IRnnModel)model).Weights.LoadResource(Assembly, "weights/letters");

        Same.Bits(expected.Parameters, model.Parameters, "weights");
        Assert.Equal(expected.Metadata, model.Metadata);
    }

    [Theory]
    [InlineData("weights/absent", CheckpointReason.File, "not a resource of the assembly RnnGen.Runtime.Tests")]
    [InlineData("weights/text", CheckpointReason.Container, "at byte 0")]
    [InlineData("weights/sensor", CheckpointReason.MissingTensor, "Hidden.weight_ih_l0")]
    public void What_does_not_fit_is_refused_by_its_name_and_changes_nothing(string name, CheckpointReason reason, string mention)
    {
        var model = new KeptLetters(seed: 1);
        float[] weights = model.Parameters.ToArray();

        CheckpointException e = Assert.Throws<CheckpointException>(() => ((IRnnModel)model).Weights.LoadResource(Assembly, name));

        Assert.Equal((reason, name), (e.Reason, e.Path));
        Assert.Contains(mention, e.Message, StringComparison.Ordinal);
        Same.Bits(weights, model.Parameters, "weights");
    }
}
