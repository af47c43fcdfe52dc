using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

/// <summary>A refusal has everything that is wrong, and what would help.</summary>
public sealed class LoadProblemTests
{
    private static readonly Sensor Saved = new(seed: 1);

    [Fact]
    public void All_problems_are_said_at_once()
    {
        FileTensor[] tensors = Foreign.Tensors(Saved, tensor => tensor.Name switch
        {
            "Memory.weight_ih_l0" => tensor.Shaped(3, 16),
            "Memory.weight_hh_l0" => tensor.Named("hidden"),
            "Memory.bias_ih_l0" => new FileTensor(tensor.Name, "C64", tensor.Shape, tensor.Values),
            "Answer.bias" => new FileTensor(tensor.Name, "F32", tensor.Shape, new[] { 0, float.NaN }),
            _ => tensor,
        });

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File([.. tensors, new FileTensor("steps", "I64", [], new float[1])]));

        string[] lines = e.Message.Split('\n');
        Assert.Equal("Checkpoint 'a file' does not fit model 'Sensor' for 5 reasons:", lines[0]);
        Assert.StartsWith("  tensor 'Memory.weight_hh_l0': expected this tensor, [16, 4], found none", lines[1], StringComparison.Ordinal);
        Assert.Equal("  tensor 'Memory.weight_ih_l0': expected shape [16, 3], found [3, 16], its transpose: the file has rows where PyTorch has columns.", lines[2]);
        Assert.Equal("  tensor 'Memory.bias_ih_l0': expected elements that become floats, found C64.", lines[3]);
        Assert.StartsWith("  tensor 'Answer.bias': expected finite weights, found NaN at index [1].", lines[4], StringComparison.Ordinal);
        Assert.StartsWith("  expected only the tensors of model 'Sensor' (", lines[5], StringComparison.Ordinal);
        Assert.EndsWith("), found 2 more: 'hidden', 'steps'.", lines[5], StringComparison.Ordinal);
        Assert.Equal((CheckpointReason.MissingTensor, "Memory.weight_hh_l0"), (e.Reason, e.Tensor));
    }

    [Fact]
    public void A_plain_load_says_all_at_once_too()
    {
        byte[] file = Foreign.Safetensors([.. Foreign.Tensors(Saved).Select(tensor => (tensor.Name + "x", "F64", tensor.Shape.ToArray(), new byte[tensor.Values.Length * 8]))]);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Sensor.Load(file));

        Assert.Contains("for 7 reasons", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_nearest_names_come_first()
    {
        TensorFile file = Foreign.Named(Saved, name => name.Replace("Memory", "memory", StringComparison.Ordinal));

        string line = Foreign.Refused<Sensor>(file).Message.Split('\n').Single(line => line.StartsWith("  tensor 'Memory.weight_hh_l0'", StringComparison.Ordinal));

        Assert.Contains(
            "Nearest of 4 left in the file: 'memory.weight_hh_l0' [16, 4], 'memory.weight_ih_l0' [16, 3], 'memory.bias_hh_l0' [16].", line, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_shape_is_nearer_than_a_like_name()
    {
        TensorFile file = Foreign.Named(Saved, name => name == "Answer.weight" ? "head" : name == "Answer.bias" ? "Answer.weights" : name);

        Assert.Contains("'head' [2, 4], 'Answer.weights' [2]", Foreign.Refused<Sensor>(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_renames_that_would_do_are_shown_and_do()
    {
        TensorFile file = Foreign.Named(Saved, name => name.Replace("Memory", "rnn", StringComparison.Ordinal).Replace("Answer", "fc", StringComparison.Ordinal));

        CheckpointException e = Foreign.Refused<Sensor>(file);

        Assert.Contains("new LoadOptions { Rename = { [\"Memory\"] = \"rnn\", [\"Answer\"] = \"fc\" } }", e.Message, StringComparison.Ordinal);
        Sensor.Load(file, new LoadOptions { Rename = { ["Memory"] = "rnn", ["Answer"] = "fc" } });
    }

    [Fact]
    public void The_prefix_that_would_do_is_shown_and_does()
    {
        TensorFile file = Foreign.Named(Saved, name => "state_dict.net." + name.Replace("Memory", "rnn", StringComparison.Ordinal));

        CheckpointException e = Foreign.Refused<Sensor>(file);

        Assert.Contains("new LoadOptions { Prefix = \"state_dict.net.\", Rename = { [\"Memory\"] = \"rnn\" } }", e.Message, StringComparison.Ordinal);
        Sensor.Load(file, new LoadOptions { Prefix = "state_dict.net.", Rename = { ["Memory"] = "rnn" } });
    }

    [Fact]
    public void A_prefix_that_would_lose_other_layers_is_not_shown()
    {
        var saved = new Alike(seed: 1);
        TensorFile file = Foreign.Named(saved, name => name.StartsWith("First", StringComparison.Ordinal) ? name : "net." + name);

        CheckpointException e = Foreign.Refused<Alike>(file);

        Assert.DoesNotContain("Prefix", e.Message, StringComparison.Ordinal);
        Assert.Contains("Rename = { [\"Second\"] = \"net.Second\" or \"net.Third\"", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_prefix_is_shown_whole()
    {
        TensorFile file = Foreign.Named(Saved, name => "a.b.c." + name);

        Assert.Contains("new LoadOptions { Prefix = \"a.b.c.\" }", Foreign.Refused<Sensor>(file, new LoadOptions { Prefix = "a." }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_module_for_two_layers_is_no_way_out()
    {
        FileTensor[] tensors = Foreign.Tensors(new Alike(seed: 1));

        CheckpointException e = Foreign.Refused<Alike>(Foreign.File([.. tensors[..2], tensors[2].Named("a.weight"), tensors[3].Named("a.bias")]));

        Assert.DoesNotContain("new LoadOptions", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Renames_behind_a_wrapper_are_shown_without_it()
    {
        TensorFile file = Foreign.Named(Saved, name => "module." + name.Replace("Memory", "rnn", StringComparison.Ordinal));

        CheckpointException e = Foreign.Refused<Sensor>(file);

        Assert.Contains("new LoadOptions { Rename = { [\"Memory\"] = \"rnn\" } }", e.Message, StringComparison.Ordinal);
        Sensor.Load(file, new LoadOptions { Rename = { ["Memory"] = "rnn" } });
    }

    [Fact]
    public void What_could_be_one_or_the_other_is_said_to_be()
    {
        var alike = new Alike(seed: 1);
        TensorFile file = Foreign.Named(alike, name => name.Replace("First", "a", StringComparison.Ordinal).Replace("Second", "b", StringComparison.Ordinal));

        CheckpointException e = Foreign.Refused<Alike>(file);

        Assert.Contains("Rename = { [\"First\"] = \"a\" or \"b\", [\"Second\"] = \"a\" or \"b\" }", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_that_is_taken_is_left_to_no_other()
    {
        // The head can only be c: it alone has a matrix of this shape. What remains is clear.
        var saved = new Funnel(seed: 1);
        TensorFile file = Foreign.Named(saved, name => name.Replace("Wide", "a", StringComparison.Ordinal).Replace("Head", "c", StringComparison.Ordinal));

        Assert.Contains("Rename = { [\"Wide\"] = \"a\", [\"Head\"] = \"c\" }", Foreign.Refused<Funnel>(file).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_surplus_tensors_are_counted()
    {
        IEnumerable<FileTensor> more = Enumerable.Range(0, 5000).Select(k => new FileTensor($"extra{k}", "F32", [1], new float[1]));

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File([.. Foreign.Tensors(Saved), .. more]));

        Assert.Contains("found 5000 more: 'extra0', 'extra1'", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("'extra99' and others. LoadOptions.Ignore can leave them out.", e.Message, StringComparison.Ordinal);
        Assert.Equal((CheckpointReason.SurplusTensor, null), (e.Reason, e.Tensor));
    }

    [Fact]
    public void Hostile_names_cost_nothing_and_stay_on_their_line()
    {
        IEnumerable<FileTensor> more = Enumerable.Range(0, 2000).Select(k => new FileTensor(new string('\n', 5000) + k, "F32", [1], new float[1]));

        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File(more));

        Assert.InRange(e.Message.Length, 1, 200_000);
        Assert.All(e.Message.Split('\n')[1..], line => Assert.StartsWith("  ", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_without_tensors_is_refused() => Assert.Contains("for 6 reasons", Foreign.Refused<Sensor>(Foreign.File()).Message, StringComparison.Ordinal);
}

[RnnModel(inputSize: 4, sequenceLength: 4)]
internal sealed partial class Funnel
{
    [Dense(4)]
    public partial Layer Wide { get; }

    [Linear(2)]
    public partial Layer Head { get; }
}
