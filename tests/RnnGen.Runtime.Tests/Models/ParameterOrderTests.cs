namespace RnnGen.Tests.Models;

[RnnModel(inputSize: 3, sequenceLength: 4)]
internal sealed partial class ManyParameters
{
    [Lstm(4, Layers = 2, Direction = Direction.Bidirectional, ProjectionSize = 2, Peepholes = true)]
    public partial Layer Memory { get; }

    [Gru(3, LearnInitialState = true)]
    public partial Layer Last { get; }

    [Linear(2)]
    public partial Layer Value { get; }
}

/// <summary>Parameters are listed in PyTorch's order, and drawn in their own, so that a seed gives the same model for ever.</summary>
public class ParameterOrderTests
{
    [Fact]
    public void Each_level_and_direction_has_matrices_before_biases()
    {
        string[] parts = ["_l0", "_l0_reverse", "_l1", "_l1_reverse"];
        string[] each = ["weight_ih", "weight_hh", "bias_ih", "bias_hh", "weight_hr"];
        IReadOnlyList<Parameter> memory = new ManyParameters(seed: 1).Memory.Parameters;

        // Behind PyTorch's own come the peepholes, which it does not have.
        Assert.Equal(parts, memory.Chunk(8).Select(part => part[0].Name["weight_ih".Length..]));
        Assert.All(memory.Chunk(8).Zip(parts), pair => Assert.Equal(each.Select(name => name + pair.Second), pair.First[..5].Select(parameter => parameter.Name)));
        Assert.Equal(["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0", "initial_h_l0"], new ManyParameters(seed: 1).Last.Parameters.Select(p => p.Name));
        Assert.Equal(["weight", "bias"], new ManyParameters(seed: 1).Value.Parameters.Select(p => p.Name));
    }

    // The first numbers of each parameter, as of the first version.
    [Fact]
    public void A_seed_gives_the_model_that_it_always_gave()
    {
        var model = new ShortLstm(seed: 1);

        Assert.Equal(["weight_ih_l0", "bias_ih_l0", "weight_hh_l0", "bias_hh_l0"], model.Layers[0].Stored.Select(parameter => parameter.Name));
        Assert.Equal([0.044374384f, 0.2710662f, 0.23187014f, 0.064369634f, 0.114480466f, -0.17393541f], model.Layers[0].Parameters.Concat(model.Layers[1].Parameters).Select(parameter => TestNumbers.Values(parameter)[0]));
    }
}
