using RnnGen.Checkpoints;

namespace RnnGen.Formats.Tests;

/// <summary>Files of h5py, with the values that h5py finds in them.</summary>
public class Hdf5LayoutTests
{
    [Theory]
    [InlineData("layouts.h5", "layouts.safetensors")]
    [InlineData("layouts_latest.h5", "layouts.safetensors")]
    [InlineData("layouts_user_block.h5", "layouts.safetensors")]
    [InlineData("many.h5", "many.safetensors")]
    [InlineData("many_latest.h5", "many_latest.safetensors")]
    [InlineData("cut_names.h5", "cut_names.safetensors")]
    public void Has_the_tensors_of_h5py(string name, string expected)
    {
        SafetensorsFile tensors = SafetensorsFile.Read(Hdf5Files.Path(expected));
        TensorFile file = TensorFiles.Read(Hdf5Files.Path(name));
        Assert.Equal(tensors.Tensors.Keys.Order(StringComparer.Ordinal), file.Tensors.Select(tensor => tensor.Name).Order(StringComparer.Ordinal));
        Assert.All(tensors.Tensors, pair => Hdf5Files.AssertSame(pair.Value, file.Find(pair.Key)));
    }

    [Fact]
    public void Knows_the_types_of_elements()
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Path("layouts.h5"));
        (string Name, string Type)[] expected =
        [
            ("contiguous", "F32"), ("big", "F32"), ("f2", "F16"), ("f8", "F64"), ("bf16", "BF16"), ("i1", "I8"), ("u1", "U8"), ("li2", "I16"),
            ("bu2", "U16"), ("bi4", "I32"), ("lu4", "U32"), ("li8", "I64"), ("bu8", "U64"), ("bool", "I8"),
        ];
        Assert.All(expected, pair => Assert.Equal(pair.Type, file.Find(pair.Name)!.ElementType));
    }

    [Theory]
    [InlineData("layouts.h5")]
    [InlineData("layouts_latest.h5")]
    [InlineData("layouts_user_block.h5")]
    public void Has_the_texts(string name)
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Path(name));
        Assert.Equal("3.1.0", file.Texts["keras_version"]);
        Assert.Equal("jax", file.Texts["backend"]);
        Assert.Equal("[]", file.Texts["layer_names"]);
        Assert.Equal("[]", file.Texts["weight_names"]);
        Assert.False(file.Texts.ContainsKey("number"));
    }

    [Fact]
    public void Keeps_the_order_in_which_groups_were_made()
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Path("many.h5"));
        Assert.Equal(Enumerable.Range(0, 60).Select(k => $"layers/dense_{59 - k}/vars/0"), file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal("3.9.0", file.Texts["keras_version"]);
        Assert.Equal(new string('x', 9000), file.Texts["model_config"]);
    }

    [Fact]
    public void Joins_lists_that_were_cut()
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Path("cut_names.h5"));
        Assert.Equal("""["one","two","three"]""", file.Texts["layer_names"]);
        Assert.Equal(
            """[["one/one/kernel:0","one/one/bias:0"],["two/two/kernel:0","two/two/bias:0"],["three/three/kernel:0","three/three/bias:0"]]""", file.Texts["weight_names"]);
        Assert.Equal(["one", "two", "three"], KerasModel.Read(file).Layers.Select(layer => layer.Name));
    }

    [Fact]
    public void Links_to_one_dataset_give_tensors_with_the_same_elements()
    {
        TensorFile file = TensorFiles.Read(Hdf5Files.Path("hard_link.h5"));
        Assert.True(file.Find("x")!.Values.Equals(file.Find("y")!.Values));
    }

    [Fact]
    public void Reads_streams_and_bytes()
    {
        byte[] bytes = File.ReadAllBytes(Hdf5Files.Path("layouts.h5"));
        Assert.Equal("(bytes)", TensorFiles.Read(bytes).Path);
        Assert.Equal(TensorFiles.Read(bytes).Tensors.Count, TensorFiles.Read(new MemoryStream(bytes)).Tensors.Count);
    }

    [Theory]
    [InlineData("extensible.h5", "libver='latest'")]
    [InlineData("paged.h5", "libver='latest'")]
    [InlineData("lzf.h5", "compression='gzip'")]
    [InlineData("unwritten.h5", "were not written")]
    [InlineData("long_double.h5", "Convert it to float32")]
    [InlineData("bomb.h5", "Write it without compression")]
    public void Refuses_what_is_not_read(string name, string cure)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(Hdf5Files.Path(name)));
        Assert.Contains(cure, e.Message, StringComparison.Ordinal);
        Assert.Equal("x", e.Tensor);
        Assert.Equal(Hdf5Files.Path(name), e.Path);
    }

    [Theory]
    [InlineData("circle.h5", "in one place")]
    [InlineData("deep.h5", "at most 64 deep")]
    public void Refuses_circles_and_deep_groups(string name, string problem)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(Hdf5Files.Path(name)));
        Assert.Contains(problem, e.Message, StringComparison.Ordinal);
        Assert.NotNull(e.Offset);
    }

    [Fact]
    public void Refuses_files_that_are_cut_off()
    {
        byte[] bytes = File.ReadAllBytes(Hdf5Files.Path("layouts.h5"));
        for (int length = 8; length < bytes.Length; length += 211)
        {
            CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(bytes[..length]));
            Assert.Contains("incomplete", e.Message, StringComparison.Ordinal);
        }
    }
}
