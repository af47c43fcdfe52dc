using RnnGen.Tests.Models;

namespace RnnGen.Tests.Placing;

/// <summary>Shapes, biases and element types that are not those of the model, in so far as they are clear.</summary>
public sealed class ConversionTests
{
    private static readonly Sensor Saved = new(seed: 1);

    [Theory]
    [InlineData(new[] { 2, 4, 1 })]
    [InlineData(new[] { 1, 2, 4 })]
    [InlineData(new[] { 1, 2, 4, 1, 1 })]
    public void Dimensions_of_1_around_a_matrix_are_dropped(int[] shape)
    {
        TensorFile file = Foreign.File(Saved, tensor => tensor.Name == "Answer.weight" ? tensor.Shaped(shape) : tensor);

        Sensor loaded = Sensor.Load(file, null, out LoadResult result);

        Same.Bits(Saved.Parameters, loaded.Parameters, "weights");
        LoadedTensor row = result.Tensors.Single(tensor => tensor.Name == "Answer.weight");
        Assert.Equal("dimensions of 1 dropped for [2, 4]", row.Conversion);
        Assert.Equal(shape, row.FileShape);
    }

    [Theory]
    [InlineData(new[] { 4, 2 })]
    [InlineData(new[] { 2, 1, 4 })]
    [InlineData(new[] { 8 })]
    [InlineData(new[] { 2, 2, 2 })]
    [InlineData(new[] { 8, 1 })]
    public void Other_shapes_are_refused(int[] shape)
    {
        TensorFile file = Foreign.File(Saved, tensor => tensor.Name == "Answer.weight" ? tensor.Shaped(shape) : tensor);

        CheckpointException e = Foreign.Refused<Sensor>(file);

        Assert.Equal((CheckpointReason.Shape, "Answer.weight"), (e.Reason, e.Tensor));
        Assert.Contains($"expected shape [2, 4], found [{string.Join(", ", shape)}]", e.Message, StringComparison.Ordinal);
        Assert.Equal(shape is [4, 2], e.Message.Contains("its transpose", StringComparison.Ordinal));
    }

    // A vector has its elements in the same order either way, but a file with such a matrix has the others transposed, too.
    [Fact]
    public void A_matrix_of_one_row_is_none_of_one_column()
    {
        var saved = new Single(seed: 1);
        TensorFile file = Foreign.File(saved, tensor => tensor.Name == "Value.weight" ? tensor.Shaped(1, 5) : tensor);

        Assert.Contains("its transpose", Foreign.Refused<Single>(file).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Memory.bias_hh_l0")]
    [InlineData("Memory.bias_ih_l0")]
    public void The_second_of_two_biases_is_zero(string missing)
    {
        TensorFile file = Foreign.File(Foreign.Tensors(Saved).Where(tensor => tensor.Name != missing));

        Sensor loaded = Sensor.Load(file, null, out LoadResult result);

        foreach (Parameter parameter in loaded.Layers.SelectMany(layer => layer.Parameters))
        {
            float[] expected = parameter.FullName == missing ? new float[parameter.Count] : TestNumbers.Values(Saved.Layers.SelectMany(layer => layer.Parameters).Single(p => p.FullName == parameter.FullName));
            Same.Bits(expected, TestNumbers.Values(parameter), parameter.FullName);
        }

        LoadedTensor row = result.Tensors.Single(tensor => tensor.Name == missing);
        Assert.Equal((null, null, null, "zero: the file has one bias"), (row.FileName, row.FileShape, row.ElementType, row.Conversion));
    }

    [Fact]
    public void No_bias_at_all_is_refused()
    {
        CheckpointException e = Foreign.Refused<Sensor>(Foreign.File(Foreign.Tensors(Saved).Where(tensor => !tensor.Name.Contains("bias_", StringComparison.Ordinal))));

        Assert.Equal(CheckpointReason.MissingTensor, e.Reason);
        Assert.Contains("'Memory.bias_ih_l0'", e.Message, StringComparison.Ordinal);
        Assert.Contains("'Memory.bias_hh_l0'", e.Message, StringComparison.Ordinal);
        Assert.Contains("Bias = false", e.Message, StringComparison.Ordinal);
    }

    // Its sums have one bias, but the file may mean something else by the second: nothing is added without a word.
    [Fact]
    public void Two_biases_for_a_layer_with_one_are_refused()
    {
        var saved = new Minimal(seed: 1);
        FileTensor[] tensors = Foreign.Tensors(saved);

        CheckpointException e = Foreign.Refused<Minimal>(Foreign.File([.. tensors, tensors.Single(t => t.Name == "MinGru.bias_ih_l0").Named("MinGru.bias_hh_l0")]));

        Assert.Equal((CheckpointReason.SurplusTensor, "MinGru.bias_hh_l0"), (e.Reason, e.Tensor));
    }

    [Fact]
    public void Other_element_types_become_floats()
    {
        foreach ((byte[] file, string conversion, Func<float, float> rounded) in ((byte[], string, Func<float, float>)[])
        [
            (Foreign.Safetensors(Saved, "F64", value => value + 1e-12), "rounded from F64", value => (float)(value + 1e-12)),
            (Foreign.Safetensors(Saved, "F16", value => (Half)value), "widened from F16", value => (float)(Half)value),
            (Foreign.Safetensors(Saved, "BF16", value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)), "widened from BF16",
                value => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) & 0xFFFF_0000)),
        ])
        {
            Sensor loaded = Sensor.Load(file, new LoadOptions(), out LoadResult result);

            foreach ((Parameter from, Parameter to) in Saved.Layers.SelectMany(layer => layer.Parameters).Zip(loaded.Layers.SelectMany(layer => layer.Parameters)))
            {
                Same.Bits([.. TestNumbers.Values(from).Select(rounded)], TestNumbers.Values(to), from.FullName);
            }

            Assert.All(result.Tensors, tensor => Assert.Equal(conversion, tensor.Conversion));
            CheckpointException e = Assert.Throws<CheckpointException>(() => Sensor.Load(file));
            Assert.Equal(CheckpointReason.Type, e.Reason);
            Assert.Contains("LoadOptions", e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Elements_that_are_no_numbers_are_refused()
    {
        byte[] file = Foreign.Safetensors(Saved, "C64", value => (long)value);

        CheckpointException e = Assert.Throws<CheckpointException>(() => Sensor.Load(file, new LoadOptions()));

        Assert.Equal(CheckpointReason.Type, e.Reason);
        Assert.Contains("found C64", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN, "NaN")]
    [InlineData(float.PositiveInfinity, "Infinity")]
    [InlineData(float.NegativeInfinity, "-Infinity")]
    public void Weights_that_are_not_finite_are_refused_unless_allowed(float value, string shown)
    {
        var saved = new Sensor(seed: 1);
        float[] weights = TestNumbers.Values(saved.Memory["weight_hh_l0"]);
        weights[7] = value;
        saved.Memory["weight_hh_l0"].CopyFrom(weights);
        var stream = new MemoryStream();
        saved.Save(stream);

        foreach (Action load in (Action[])[() => Sensor.Load(stream.ToArray()), () => Sensor.Load(stream.ToArray(), new LoadOptions())])
        {
            CheckpointException e = Assert.Throws<CheckpointException>(load);
            Assert.Equal((CheckpointReason.NotFinite, "Memory.weight_hh_l0"), (e.Reason, e.Tensor));
            Assert.Contains($"found {shown} at index [1, 3].", e.Message, StringComparison.Ordinal);
            Assert.Contains("AllowNonFinite", e.Message, StringComparison.Ordinal);
        }

        Same.Bits(saved.Parameters, Sensor.Load(stream.ToArray(), new LoadOptions { AllowNonFinite = true }).Parameters, "weights");
    }

    [Fact]
    public void A_double_beyond_all_floats_is_infinite() =>
        Assert.Equal(
            CheckpointReason.NotFinite,
            Assert.Throws<CheckpointException>(() => Sensor.Load(Foreign.Safetensors(Saved, "F64", value => value * 1e100), new LoadOptions())).Reason);

    [Fact]
    public void A_training_that_diverged_is_resumed_as_it_is()
    {
        var model = new Sensor(seed: 1);
        model.Answer["bias"].CopyFrom([float.NaN, float.PositiveInfinity]);
        var stream = new MemoryStream();
        model.CreateTrainer(new Adam()).Save(stream);
        Sensor.Trainer trainer = new Sensor(seed: 2).CreateTrainer(new Adam());

        trainer.Resume(stream.ToArray());

        Same.Bits(model.Parameters, trainer.Model.Parameters, "weights");
        Assert.Equal(CheckpointReason.NotFinite, Assert.Throws<CheckpointException>(() => Sensor.Load(stream.ToArray())).Reason);
        Same.Bits(model.Parameters, Sensor.Load(stream.ToArray(), new LoadOptions { AllowNonFinite = true }).Parameters, "weights");
    }
}

[RnnModel(inputSize: 1, sequenceLength: 4)]
internal sealed partial class Single
{
    [Dense(5)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 2, sequenceLength: 4), MinGru(3)]
internal sealed partial class Minimal;
