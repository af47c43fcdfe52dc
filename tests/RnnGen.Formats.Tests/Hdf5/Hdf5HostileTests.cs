namespace RnnGen.Formats.Tests;

/// <summary>Files that no program writes.</summary>
public class Hdf5HostileTests
{
    [Fact]
    public void Names_may_have_any_characters()
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(1), Hdf5Builder.Float32(), Hdf5Builder.Compact([0, 0, 128, 63]));
        TensorFile file = TensorFiles.Read(builder.Build(builder.AddObject(Hdf5Builder.Link("a\n\u001b[2J\0ü", data), Hdf5Builder.Link("../../b", data))));
        Assert.Equal(["../../b", "a\n\u001b[2J\0ü"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([1f], file.Tensors[0].Values.ToArray());
    }

    [Fact]
    public void Messages_escape_names()
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(1), Hdf5Builder.Float32(), Hdf5Builder.Contiguous(-1, 4));
        CheckpointException e = Refused(builder, Hdf5Builder.Link("a\n\u001b", data));
        Assert.Equal("a\n\u001b", e.Tensor);
        Assert.DoesNotContain(e.Message, char.IsControl);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("g/a", "g/a")]
    [InlineData("", "b")]
    public void Refuses_two_of_one_name(string first, string second)
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(1), Hdf5Builder.Float32(), Hdf5Builder.Compact([0, 0, 128, 63]));
        Assert.Contains("every name once", Refused(builder, Hdf5Builder.Link(first, data), Hdf5Builder.Link(second, data)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(100_000L, 100_000L)]
    [InlineData(30_000L, 30_000L)]
    [InlineData(long.MaxValue, long.MaxValue, 2L)]
    public void Refuses_shapes_that_the_file_has_no_bytes_for(params long[] shape)
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(shape), Hdf5Builder.Float32(), Hdf5Builder.Contiguous(100, long.MaxValue));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Refused(builder, Hdf5Builder.Link("x", data));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
    }

    [Fact]
    public void Zero_elements_need_no_bytes()
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(1_000_000, 1_000_000, 0), Hdf5Builder.Float32(), Hdf5Builder.Contiguous(-1, 0));
        TensorFile file = TensorFiles.Read(builder.Build(builder.AddObject(Hdf5Builder.Link("x", data))));
        Assert.Equal([1_000_000, 1_000_000, 0], file.Find("x")!.Shape);
    }

    [Fact]
    public void Refuses_tensors_that_share_bytes()
    {
        var builder = new Hdf5Builder();
        long bytes = builder.Add(new byte[4096]);
        long[] tensors = [.. Enumerable.Range(0, 100).Select(_ => builder.AddObject(Hdf5Builder.Shape(1024), Hdf5Builder.Float32(), Hdf5Builder.Contiguous(bytes, 4096)))];
        Assert.Contains("bytes of their own", Refused(builder, [.. tensors.Select((at, k) => Hdf5Builder.Link($"x{k}", at))]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_headers_that_go_on_in_themselves()
    {
        var builder = new Hdf5Builder();
        long here = builder.Position;
        long header = builder.AddObject((0x10, [.. Hdf5Builder.Number(here, 8), .. Hdf5Builder.Number(60, 8)]));
        Assert.Equal(here, header);
        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(builder.Build(header)));
        Assert.Equal(CheckpointReason.Container, e.Reason);
    }

    [Fact]
    public void Refuses_doors_to_more_objects_than_a_network_has()
    {
        var builder = new Hdf5Builder();
        long data = builder.AddObject(Hdf5Builder.Shape(1), Hdf5Builder.Float32(), Hdf5Builder.Compact([0, 0, 128, 63]));
        long[] groups = [.. Enumerable.Range(0, 4).Select(_ => builder.AddObject([.. Enumerable.Range(0, 9000).Select(k => Hdf5Builder.Link($"x{k}", data))]))];
        Assert.Contains("at most", Refused(builder, [.. groups.Select((at, k) => Hdf5Builder.Link($"g{k}", at))]).Message, StringComparison.Ordinal);
    }

    private static CheckpointException Refused(Hdf5Builder builder, params (int Type, byte[] Content)[] root)
    {
        byte[] file = builder.Build(builder.AddObject(root));
        return Assert.Throws<CheckpointException>(() => TensorFiles.Read(file));
    }
}
