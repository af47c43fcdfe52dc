using RnnGen.Fuzz;
using static RnnGen.Formats.Tests.Assertions;

namespace RnnGen.Formats.Tests.Torch;

public class TorchTests
{
    private static readonly byte[] Six = NpyBuilder.Floats(1, 2, 3, 4, 5, 6);

    [Fact]
    public void TensorsAreNamedByTheirPath()
    {
        PickleBuilder pickle = new PickleBuilder().Do("}(")
            .Text("model").Do("}(").Text("a.w").Tensor("0", 6, [2, 3], [3, 1]).Do("u")
            .Text("list").Do("](").Tensor("0", 6, [1], [1], 5).Do("N").Tensor("0", 6, [], [], 4).Do("e")
            .Text("state").Do("}").Number(7).Do("}").Text("m").Tensor("0", 6, [0], [1]).Do("ss")
            .Text("tuple").Tensor("0", 6, [1], [1]).Do("\u0085")
            .Text("epoch").Do("K\u0003").Text("loss").Do("G").Do("\u003f\u00f0\0\0\0\0\0\0").Do("u");
        TensorFile file = TensorFiles.Read(pickle.Archive(("data/0", Six)));
        Assert.Equal("PyTorch file", file.Format);
        Assert.Equal(["model.a.w", "list.0", "list.2", "state.7.m", "tuple.0"], file.Tensors.Select(tensor => tensor.Name));
        Has(file.Find("model.a.w"), "F32", [2, 3], 1, 2, 3, 4, 5, 6);
        Has(file.Find("list.0"), "F32", [1], 6);
        Has(file.Find("list.2"), "F32", [], 5);
        Has(file.Find("state.7.m"), "F32", [0]);
        Has(file.Find("tuple.0"), "F32", [1], 1);
    }

    [Fact]
    public void ViewsAreGathered()
    {
        TensorFile file = TensorFiles.Read(new PickleBuilder().Do("](")
            .Tensor("0", 6, [3, 2], [1, 3])
            .Tensor("0", 6, [2, 2], [3, 1], 1)
            .Tensor("0", 6, [2, 3], [0, 2])
            .Tensor("0", 6, [1, 6], [99, 1])
            .Do("e").Archive(("data/0", Six)));
        Has(file.Find("0"), "F32", [3, 2], 1, 4, 2, 5, 3, 6);
        Has(file.Find("1"), "F32", [2, 2], 2, 3, 5, 6);
        Has(file.Find("2"), "F32", [2, 3], 1, 3, 5, 1, 3, 5);
        Has(file.Find("3"), "F32", [1, 6], 1, 2, 3, 4, 5, 6);
    }

    [Fact]
    public void ATransposedMatrixLongerThanABuffer()
    {
        const int Rows = 301, Columns = 211;
        byte[] data = NpyBuilder.Floats([.. Enumerable.Range(0, Rows * Columns).Select(k => (float)k)]);
        float[] values = TensorFiles.Read(new PickleBuilder().Tensor("0", Rows * Columns, [Columns, Rows], [1, Columns]).Archive(("data/0", data)))
            .Find("tensor")!.Values.ToArray();
        Assert.Equal(Enumerable.Range(0, Rows * Columns).Select(k => (float)(((k % Rows) * Columns) + (k / Rows))), values);
    }

    [Fact]
    public void EqualViewsShareMemory()
    {
        TensorFile file = TensorFiles.Read(new PickleBuilder().Do("](").Tensor("0", 6, [6], [1]).Tensor("0", 6, [6], [1]).Do("e").Archive(("data/0", Six)));
        Assert.True(file.Tensors[0].Values.Equals(file.Tensors[1].Values));
    }

    [Theory]
    [InlineData("DoubleStorage", "F64", "000000000000F03F", 1)]
    [InlineData("HalfStorage", "F16", "00C0", -2)]
    [InlineData("BFloat16Storage", "BF16", "803F", 1)]
    [InlineData("LongStorage", "I64", "FEFFFFFFFFFFFFFF", -2)]
    [InlineData("IntStorage", "I32", "FEFFFFFF", -2)]
    [InlineData("ShortStorage", "I16", "FEFF", -2)]
    [InlineData("CharStorage", "I8", "FE", -2)]
    [InlineData("ByteStorage", "U8", "FE", 254)]
    [InlineData("BoolStorage", "BOOL", "01", 1)]
    public void EveryElementTypeInBothByteOrders(string storage, string type, string hex, float expected)
    {
        byte[] bytes = Convert.FromHexString(hex);
        PickleBuilder pickle = new PickleBuilder().Tensor("0", 1, [1], [1], type: storage);
        Has(TensorFiles.Read(pickle.Archive(("data/0", bytes), ("byteorder", "little"u8.ToArray()))).Tensors[0], type, [1], expected);
        Has(TensorFiles.Read(pickle.Archive(("data/0", [.. bytes.Reverse()]), ("byteorder", "big"u8.ToArray()))).Tensors[0], type, [1], expected);
        Refused(pickle.Archive(("data/0", bytes), ("byteorder", "middle"u8.ToArray())), "byteorder");
    }

    [Fact]
    public void TypesWithoutAStorageOfTheirOwn()
    {
        byte[] V3(string more) => new PickleBuilder().Global("torch._utils", "_rebuild_tensor_v3").Do("(").Storage("0", 6, "UntypedStorage")
            .Number(1).Numbers(2).Numbers(1).Do("\u0089N").Do(more).Do("tR").Archive(("data/0", [9, 9, 1, 0, 2, 0]));
        Has(TensorFiles.Read(V3("ctorch\nuint16\n")).Tensors[0], "U16", [2], 1, 2);
        Refused(V3("ctorch\nuint32\n"), "inside of its storage");
        Refused(V3("ctorch\ncomplex64\n"), "torch.complex64");
        Refused(V3(""), "element type");
    }

    [Fact]
    public void NamesWithControlCharactersAreKept()
    {
        TensorFile file = TensorFiles.Read(new PickleBuilder().Do("}").Text("a\u001b[2J").Tensor("0", 6, [6], [1]).Do("s").Archive(("data/0", Six)));
        Assert.Equal("a\u001b[2J", file.Tensors[0].Name);
    }

    [Fact]
    public void TwoTensorsOfOneNameAreRefused()
    {
        byte[] file = new PickleBuilder().Do("}(").Text("a").Do("}").Text("b").Tensor("0", 6, [6], [1]).Do("s").Text("a.b").Tensor("0", 6, [1], [1]).Do("u")
            .Archive(("data/0", Six));
        Assert.Equal("a.b", Refused(file, "two tensors of that name").Tensor);
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("__main__", "Net")]
    [InlineData("__torch__", "Net")]
    [InlineData("torch._utils", "_rebuild_qtensor")]
    [InlineData("torch._utils", "_rebuild_sparse_tensor")]
    [InlineData("torch.storage", "_load_from_bytes")]
    public void OtherGlobalsAreRefusedByName(string module, string name)
    {
        byte[] file = new PickleBuilder().Global(module, name).Text("echo").Do("\u0085R").Archive();
        CheckpointException e = Refused(file, $"{module}.{name}", "torch.save(model.state_dict(), path)", "at byte");
        Assert.Equal((byte)'c', file[(int)e.Offset!]);
        Refused(new PickleBuilder().Text(module).Text(name).Do("\u0093").Archive(), $"{module}.{name}");
    }

    [Theory]
    [InlineData(")R", "")]
    [InlineData("N)R", "None")]
    [InlineData("ctorch\nFloatStorage\n)R", "torch.FloatStorage")]
    [InlineData("ctorch\nfloat32\n)\u0081", "torch.float32")]
    [InlineData("}}R", "a dictionary")]
    [InlineData("Nb", "")]
    [InlineData("N}b", "None")]
    [InlineData("NQ", "something else")]
    [InlineData("(X\u0006\0\0\0moduleNtQ", "'module'")]
    [InlineData("]N]s", "")]
    [InlineData("}(Nu", "1 objects")]
    [InlineData("Na", "")]
    [InlineData("NNa", "None")]
    [InlineData("t", "mark")]
    [InlineData("0", "none")]
    [InlineData("(0", "none")]
    [InlineData("NN", "one object")]
    [InlineData("h\u0001", "memo")]
    [InlineData("Nr\u00ff\u00ff\u00ff\u00ff", "memo")]
    [InlineData("X\u00ff\u00ff\u00ff\u00ff", "4294967295")]
    [InlineData("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615")]
    [InlineData("\u0095\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", "18446744073709551615")]
    [InlineData("\u0080\u0006", "protocol")]
    [InlineData("I12x\n", "12x")]
    [InlineData("P1\n", "50")]
    [InlineData("\u0082\u0001", "82")]
    public void BrokenPicklesAreRefused(string instructions, string problem) => Refused(new PickleBuilder().Do(instructions).Archive(), problem);

    [Theory]
    [InlineData(new long[] { 7 }, new long[] { 1 }, 0)]
    [InlineData(new long[] { 2 }, new long[] { 6 }, 0)]
    [InlineData(new long[] { 6 }, new long[] { 1 }, 1)]
    [InlineData(new long[] { 6 }, new long[] { 1 }, -1)]
    [InlineData(new long[] { 6 }, new long[] { -1 }, 5)]
    [InlineData(new long[] { 6 }, new long[] { 1, 1 }, 0)]
    [InlineData(new long[] { -1 }, new long[] { 1 }, 0)]
    [InlineData(new long[] { 1L << 40, 0 }, new long[] { 1, 1 }, 0)]
    [InlineData(new long[] { 2, 2 }, new long[] { long.MaxValue, long.MaxValue }, 0)]
    [InlineData(new long[] { 0 }, new long[] { 1 }, long.MaxValue)]
    [InlineData(new long[] { 65536, 65536 }, new long[] { 0, 0 }, 0)]
    public void ImpossibleViewsAreRefused(long[] shape, long[] strides, long offset) =>
        Assert.Equal(CheckpointReason.Shape, Refused(new PickleBuilder().Tensor("0", 6, shape, strides, offset).Archive(("data/0", Six)), "expected").Reason);

    [Fact]
    public void RepeatedElementsAreBounded()
    {
        byte[] Repeated(long count) => new PickleBuilder().Tensor("0", 6, [count], [0], 1).Archive(("data/0", Six));
        Assert.Equal(Enumerable.Repeat(2f, 1000), TensorFiles.Read(Repeated(1000)).Tensors[0].Values.ToArray());
        Refused(Repeated(1 << 30), "clone()");
    }

    [Fact]
    public void StoragesMustBeThere()
    {
        PickleBuilder pickle = new PickleBuilder().Do("}").Text("w").Tensor("0", 6, [6], [1]).Do("s");
        Assert.Equal("w", Refused(pickle.Archive(), "'m/data/0'").Tensor);
        Assert.Equal("w", Refused(pickle.Archive(("data/0", Six[..20])), "24 bytes", "found 20").Tensor);
        Refused(new PickleBuilder().Tensor("../../x", long.MaxValue, [1], [1]).Archive(("data/0", Six)), "'m/data/../../x'");
        Refused(new PickleBuilder().Do("](").Tensor("0", 6, [1], [1]).Tensor("0", 3, [1], [1]).Do("e").Archive(("data/0", Six)), "storage '0'");
    }

    [Fact]
    public void DeepAndCyclicObjectsAreRefused()
    {
        Refused(new PickleBuilder().Do(new string('(', 100)).Archive(), "64 levels");
        Refused(new PickleBuilder().Do("]" + string.Concat(Enumerable.Repeat("\u0085", 100))).Archive(), "64 levels");
        Refused(new PickleBuilder().Do("]q\0h\0a").Archive(), "inside of itself");

        // Each list has the one before it twice.
        string doubling = string.Concat(Enumerable.Range(0, 60).Select(k => $"]q{(char)(k + 1)}(h{(char)k}h{(char)k}e"));
        Refused(new PickleBuilder().Do("](]q\0" + doubling + "e").Archive(), "memory");
    }

    [Theory]
    [InlineData("}")]
    [InlineData("\u0088\u0085")]
    [InlineData("X\0\0\0\0")]
    [InlineData("ccollections\nOrderedDict\n)R")]
    [InlineData("(t0")]
    [InlineData("Nq\u00010")]
    public void ManyObjectsDoNotTakeMemory(string instructions)
    {
        byte[] file = new PickleBuilder().Do("](").Do(string.Concat(Enumerable.Repeat(instructions, 1_000_000))).Do("e").Archive();
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            TensorFiles.Read(file);
        }
        catch (CheckpointException)
        {
        }

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 << 20);
    }

    [Fact]
    public void WhatScriptsPutBesideTheWeightsIsIgnored()
    {
        TensorFile file = TensorFiles.Read(new PickleBuilder().Do("}(")
            .Text("w").Tensor("0", 6, [6], [1])
            .Text("args").Global("argparse", "Namespace").Do(")\u0081}").Text("hidden").Do("K\u0009sb")
            .Text("loss").Global("numpy.core.multiarray", "scalar").Global("numpy", "dtype").Text("f8").Do("\u0085R").Text("x").Do("\u0086R")
            .Text("shape").Global("torch", "Size").Numbers(2, 3).Do("\u0085R")
            .Text("set").Global("builtins", "set").Do("](NNe\u0085R").Do("u").Archive(("data/0", Six)));
        Assert.Equal(["w"], file.Tensors.Select(tensor => tensor.Name));
    }

    [Fact]
    public void ScriptArchives()
    {
        byte[] constants = new PickleBuilder().Do("(").Tensor("0", 1, [1], [1]).Do("t").Build();
        byte[] file = new PickleBuilder().Global("__torch__", "Net").Do(")\u0081}(").Text("training").Do("\u0089").Text("rnn").Global("__torch__.torch.nn", "GRU").Do(")\u0081}")
            .Text("weight").Tensor("0", 6, [6], [1]).Do("s").Text("_flat_weights").Do("]").Tensor("0", 6, [6], [1]).Do("asbub").Archive(("data/0", Six), ("constants.pkl", constants), ("constants/0", NpyBuilder.Floats(9)), ("code/x.py", [1, 2, 3]));
        TensorFile read = TensorFiles.Read(file);
        Assert.Equal(["rnn.weight", "constants.0"], read.Tensors.Select(tensor => tensor.Name));
        Has(read.Find("constants.0"), "F32", [1], 9);
    }

    [Fact]
    public void ArchivesWithoutChecksums()
    {
        PickleBuilder pickle = new PickleBuilder().Tensor("0", 6, [6], [1]);
        byte[] file = pickle.Archive(("data/0", Six));
        int data = file.AsSpan().IndexOf(Six);
        file[data] ^= 1;
        Assert.Equal(CheckpointReason.Digest, Refused(file, "checksum").Reason);

        // Where the version has no checksum, none has one.
        file[file.AsSpan().IndexOf("3\n"u8)]++;
        Assert.Equal(6, TensorFiles.Read(file).Tensors[0].Values.Length);
    }

    [Fact]
    public void OtherPicklesAreRefused() => Refused(new PickleBuilder().Do("}").Build(), "torch.save", "another pickle");

    [Fact]
    public void LegacyFiles()
    {
        byte[] Legacy(string more, byte[] data, string keys) =>
        [
            0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.',
            .. new PickleBuilder().Number(1001).Build(),
            .. new PickleBuilder().Do("}").Build(),
            .. new PickleBuilder().Global("torch._utils", "_rebuild_tensor").Do("(").Storage("7", 6, more: more).Number(1).Numbers(2).Numbers(1).Do("tR").Build(),
            .. new PickleBuilder().Do("]").Text(keys).Do("a").Build(),
            .. data,
        ];
        byte[] storage = [.. BitConverter.GetBytes(6L), .. Six];
        TensorFile file = TensorFiles.Read(Legacy("N", storage, "7"));
        Assert.Equal("legacy PyTorch file", file.Format);
        Has(file.Find("tensor"), "F32", [2], 2, 3);

        // A part of a storage: from its third element, three elements.
        Has(TensorFiles.Read(Legacy("(NK\u0002K\u0003t", storage, "7")).Tensors[0], "F32", [2], 4, 5);
        Refused(Legacy("(NK\u0002K\u0002t", storage, "7"), "inside of its storage");
        Refused(Legacy("(NK\u0004K\u0003t", storage, "7"), "part of a storage");
        Refused(Legacy("N", storage, "8"), "found '8'");
        Refused(Legacy("N", [.. storage, 1], "7"), "1 bytes more");
        Refused(Legacy("N", [.. BitConverter.GetBytes(5L), .. Six], "7"), "found 5");
        byte[] whole = Legacy("N", storage, "7");
        for (int length = 0; length < whole.Length; length++)
        {
            Refused(whole[..length]);
        }
    }
}
