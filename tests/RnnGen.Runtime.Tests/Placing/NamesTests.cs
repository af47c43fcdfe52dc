using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

/// <summary>The names of a file are found, or said to be another's; never guessed.</summary>
public sealed class NamesTests
{
    private static readonly Sensor Saved = new(seed: 1);

    [Fact]
    public void The_models_own_names_need_no_options() => AssertLoads(Foreign.File(Saved), options: null, "as is");

    [Fact]
    public void Layers_have_other_names() => AssertLoads(
        Foreign.Named(Saved, name => name.Replace("Memory", "net.rnn", StringComparison.Ordinal).Replace("Answer", "fc", StringComparison.Ordinal)),
        new LoadOptions { Rename = { ["Memory"] = "net.rnn", ["Answer"] = "fc" } },
        "renamed");

    [Fact]
    public void The_tensors_of_a_layer_have_no_module() => AssertLoads(
        Foreign.Named(Saved, name => name.Replace("Memory.", "", StringComparison.Ordinal)),
        new LoadOptions { Rename = { ["Memory"] = "" } },
        "renamed");

    [Fact]
    public void A_tensor_has_another_name_than_its_layer() => AssertLoads(
        Foreign.Named(Saved, name => name switch
        {
            "Memory.weight_ih_l0" => "W",
            _ => name.Replace("Memory", "rnn", StringComparison.Ordinal),
        }),
        new LoadOptions { Rename = new() { ["Memory"] = "rnn", ["Memory.weight_ih_l0"] = "W" } },
        "renamed");

    [Theory]
    [InlineData("Wrong")]
    [InlineData("memory")]
    [InlineData("Memory.weight")]
    [InlineData("")]
    public void What_is_renamed_exists(string key)
    {
        ArgumentException e = Assert.Throws<ArgumentException>(() => Sensor.Load(Foreign.File(Saved), new LoadOptions { Rename = { [key] = "x" } }));

        Assert.Contains($"'{key}'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Memory, Answer", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_is_no_null() =>
        Assert.Throws<ArgumentException>(() => Sensor.Load(Foreign.File(Saved), new LoadOptions { Rename = { ["Memory"] = null! } }));

    [Fact]
    public void A_prefix_is_taken_off_and_others_are_not_looked_at()
    {
        TensorFile file = Foreign.File([.. Foreign.Tensors(Saved, tensor => tensor.Named("net." + tensor.Name)), new FileTensor("optimizer.step", "F32", [], new float[1])]);

        AssertLoads(file, new LoadOptions { Prefix = "net." }, "prefix net. taken off");
        Assert.Equal(CheckpointReason.MissingTensor, Foreign.Refused<Sensor>(file).Reason);
        Assert.Equal(CheckpointReason.MissingTensor, Foreign.Refused<Sensor>(file, new LoadOptions { Prefix = "other." }).Reason);
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("_orig_mod.")]
    [InlineData("model.")]
    [InlineData("module.module.")]
    [InlineData("module._orig_mod.model.")]
    public void Wrappers_are_found(string wrapper)
    {
        AssertLoads(Foreign.Named(Saved, name => wrapper + name), options: null, $"prefix {wrapper} taken off");
        AssertLoads(
            Foreign.Named(Saved, name => "state." + wrapper + name.Replace("Memory", "rnn", StringComparison.Ordinal)),
            new LoadOptions { Prefix = "state.", Rename = { ["Memory"] = "rnn" } },
            $"prefix state.{wrapper} taken off");
    }

    [Fact]
    public void A_wrapper_is_in_front_of_all_names()
    {
        FileTensor[] wrapped = Foreign.Tensors(Saved, tensor => tensor.Named("module." + tensor.Name));
        var more = new FileTensor("steps", "I64", [], new float[1]);

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File([.. wrapped, more]));

        Assert.Equal((CheckpointReason.SurplusTensor, "steps"), (e.Reason, e.Tensor));
        AssertLoads(Foreign.File([.. wrapped, more]), new LoadOptions { Ignore = "steps" }, "prefix module. taken off");
        e = Foreign.Refused<Sensor>(Foreign.File([.. wrapped[..^1], wrapped[^1].Named("Answer.bias")]));
        Assert.Equal((CheckpointReason.MissingTensor, "module.Answer.bias"), (e.Reason, e.Tensor));
    }

    [Fact]
    public void Unknown_wrappers_are_not_guessed() =>
        Assert.Contains("Prefix = \"net.\"", Foreign.Refused<Sensor>(Foreign.Named(Saved, name => "net." + name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Names_without_a_wrapper_win()
    {
        FileTensor[] copies = Foreign.Tensors(new Sensor(seed: 2), tensor => tensor.Named("module." + tensor.Name));

        AssertLoads(Foreign.File([.. copies, .. Foreign.Tensors(Saved)]), new LoadOptions { Ignore = "module.*" }, "as is");
    }

    [Fact]
    public void Two_wrappers_are_ambiguous()
    {
        FileTensor[] copies = Foreign.Tensors(new Sensor(seed: 2), tensor => tensor.Named("module." + tensor.Name));
        TensorFile file = Foreign.File([.. copies, .. Foreign.Tensors(Saved, tensor => tensor.Named("model." + tensor.Name))]);

        CheckpointException e = Foreign.Refused<Sensor>(file, new LoadOptions { Ignore = "*" });

        Assert.Contains("'model.', 'module.'", e.Message, StringComparison.Ordinal);
        AssertLoads(file, new LoadOptions { Prefix = "model." }, "prefix model. taken off");
    }

    [Fact]
    public void Cells_have_no_levels()
    {
        AssertLoads(Foreign.Named(Saved, name => name.Replace("_l0", "", StringComparison.Ordinal)), options: null, "named as in a cell");

        // A layer of two levels is no cell.
        var stack = new GruStack(seed: 1);
        Assert.NotNull(GruStack.Load(Foreign.Named(stack, name => name.Replace("_l0", "", StringComparison.Ordinal))));
        CheckpointException e = Foreign.Refused<Levels>(Foreign.Named(new Levels(seed: 1), name => name.Replace("_l0", "", StringComparison.Ordinal)));
        Assert.Equal((CheckpointReason.MissingTensor, "Gru.weight_ih_l0"), (e.Reason, e.Tensor));
    }

    [Fact]
    public void A_cell_and_a_layer_are_one_too_many()
    {
        FileTensor[] tensors = Foreign.Tensors(Saved);

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File([.. tensors, tensors[0].Named("Memory.weight_ih")]));

        Assert.Equal((CheckpointReason.SurplusTensor, "Memory.weight_ih"), (e.Reason, e.Tensor));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("extra.*;steps")]
    [InlineData(" extra.w ; extra.b ; step?")]
    [InlineData("*w;*b;*steps")]
    public void What_the_model_has_no_place_for_is_left_out_on_request(string ignore)
    {
        TensorFile file = Foreign.File(
        [
            .. Foreign.Tensors(Saved), new FileTensor("extra.w", "F32", [1], new float[1]), new FileTensor("extra.b", "C64", [1], new float[1]),
            new FileTensor("steps", "I64", [], new[] { float.NaN }),
        ]);

        Sensor.Load(file, new LoadOptions { Ignore = ignore }, out LoadResult result);

        Assert.Equal(["extra.w", "extra.b", "steps"], result.Ignored);
        Assert.Equal(CheckpointReason.SurplusTensor, Foreign.Refused<Sensor>(file).Reason);
        Assert.Equal("steps", Foreign.Refused<Sensor>(file, new LoadOptions { Ignore = "extra.*; STEPS" }).Tensor);
        Assert.Contains("found 3 more: 'extra.w', 'extra.b', 'steps'. LoadOptions.Ignore", Foreign.Refused<Sensor>(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_weight_is_never_ignored()
    {
        Sensor.Load(Foreign.File(Saved), new LoadOptions { Ignore = "*" }, out LoadResult result);
        Assert.Empty(result.Ignored);

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File(Foreign.Tensors(Saved)[1..]), new LoadOptions { Ignore = "*" });
        Assert.Equal((CheckpointReason.MissingTensor, "Memory.weight_ih_l0"), (e.Reason, e.Tensor));
    }

    private static void AssertLoads(TensorFile file, LoadOptions? options, string conversion)
    {
        Sensor loaded = Sensor.Load(file, options, out LoadResult result);

        Same.Bits(Saved.Parameters, loaded.Parameters, "weights");
        Assert.Contains(result.Tensors, tensor => tensor.Conversion.Contains(conversion, StringComparison.Ordinal));
        Assert.Equal(Saved.Layers.SelectMany(layer => layer.Parameters).Select(parameter => parameter.FullName).Order(), result.Tensors.Select(tensor => tensor.Name).Order());
        Assert.All(result.Tensors, tensor => Assert.NotNull(file.Find(tensor.FileName!)));
    }
}

[RnnModel(inputSize: 2, sequenceLength: 4), Gru(3, Layers = 2)]
internal sealed partial class Levels;
