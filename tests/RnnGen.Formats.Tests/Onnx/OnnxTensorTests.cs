using System.Globalization;
using RnnGen.Formats.Onnx;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Tests;

/// <summary>ONNX files made by hand.</summary>
public sealed class OnnxTensorTests
{
    [Fact]
    public void Floats_keep_their_bits_in_both_ways_of_writing()
    {
        float[] odd = [0f, -0f, float.NaN, BitConverter.Int32BitsToSingle(0x7FC12345), BitConverter.Int32BitsToSingle(unchecked((int)0xFFA00001)), float.Epsilon, float.PositiveInfinity];
        byte[] raw = new byte[4 * odd.Length];
        Buffer.BlockCopy(odd, 0, raw, 0, raw.Length);

        SameBits.Check(odd, ReadOne(Tensor(1, odd.Length).Bytes(9, raw)).Values.Span);
        SameBits.Check(odd, ReadOne(Tensor(1, odd.Length).Floats(4, odd)).Values.Span);
        ProtobufWriter unpacked = Tensor(1, odd.Length);
        Array.ForEach(odd, value => unpacked.Float(4, value));
        SameBits.Check(odd, ReadOne(unpacked).Values.Span);
    }

    [Theory]
    [InlineData(2, 5, new long[] { 0, 255 }, "U8", new float[] { 0, 255 })]
    [InlineData(3, 5, new long[] { -1, 127 }, "I8", new float[] { -1, 127 })]
    [InlineData(5, 5, new long[] { -32768 }, "I16", new float[] { -32768 })]
    [InlineData(6, 5, new long[] { -5, 5 }, "I32", new float[] { -5, 5 })]
    [InlineData(7, 7, new long[] { long.MinValue, 3 }, "I64", new float[] { -9223372036854775808f, 3 })]
    [InlineData(9, 5, new long[] { 0, 1 }, "BOOL", new float[] { 0, 1 })]
    [InlineData(10, 5, new long[] { 0x3C00, 0xC000 }, "F16", new float[] { 1, -2 })]
    [InlineData(16, 5, new long[] { 0x3F80, 0xC000 }, "BF16", new float[] { 1, -2 })]
    [InlineData(12, 11, new long[] { 4294967295 }, "U32", new float[] { 4294967295f })]
    [InlineData(13, 11, new long[] { -1 }, "U64", new float[] { 18446744073709551615f })]
    public void Numbers_are_read_from_the_field_of_their_type(int type, int field, long[] written, string elementType, float[] expected)
    {
        FileTensor tensor = ReadOne(Tensor(type, written.Length).Packed(field, written));
        Assert.Equal(elementType, tensor.ElementType);
        Assert.Equal(expected, tensor.Values.ToArray());
    }

    [Fact]
    public void Whole_numbers_are_exact()
    {
        OnnxModel model = Read(new ProtobufWriter().Message(5, Tensor(7, 2).Packed(7, long.MaxValue, -1)));
        Assert.Equal([long.MaxValue, -1], model.Graph.FindInitializer("w")!.ToLongs());

        OnnxModel floats = Read(new ProtobufWriter().Message(5, Tensor(1, 1).Floats(4, 1)));
        CheckpointException e = Assert.Throws<CheckpointException>(() => floats.Graph.FindInitializer("w")!.ToLongs());
        Assert.Equal(CheckpointReason.Type, e.Reason);
    }

    [Fact]
    public void Constants_may_be_numbers_and_lists()
    {
        ProtobufWriter graph = new ProtobufWriter()
            .Message(1, Constant("a", new ProtobufWriter().Text(1, "value_int").Varint(3, -7).Varint(20, 2)))
            .Message(1, Constant("b", new ProtobufWriter().Text(1, "value_floats").Floats(7, 1.5f, -2).Varint(20, 6)))
            .Message(1, Constant("c", new ProtobufWriter().Text(1, "value_ints").Packed(8, 1, 2, 3).Varint(20, 7)))
            .Message(1, Constant("d", new ProtobufWriter().Text(1, "value_string").Text(4, "x").Varint(20, 3)))
            .Message(1, Constant("e", new ProtobufWriter().Text(1, "value_float").Float(2, 0.5f).Varint(20, 1)));
        TensorFile file = TensorFiles.Read(Model(graph));

        Assert.Equal(["a", "b", "c", "e"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([-7f], file.Find("a")!.Values.ToArray());
        Assert.Empty(file.Find("a")!.Shape);
        Assert.Equal([1.5f, -2], file.Find("b")!.Values.ToArray());
        Assert.Equal([3], file.Find("c")!.Shape);
    }

    [Fact]
    public void A_name_in_two_branches_gets_a_number_and_one_twice_in_a_graph_is_refused()
    {
        ProtobufWriter Branch(float value) => new ProtobufWriter().Message(5, Tensor(1, 1).Floats(4, value));
        ProtobufWriter node = new ProtobufWriter().Text(4, "If")
            .Message(5, new ProtobufWriter().Text(1, "then_branch").Message(6, Branch(1)).Varint(20, 5))
            .Message(5, new ProtobufWriter().Text(1, "else_branch").Message(6, Branch(2)).Varint(20, 5));
        TensorFile file = TensorFiles.Read(Model(new ProtobufWriter().Message(1, node)));
        Assert.Equal(["w", "w#2"], file.Tensors.Select(tensor => tensor.Name));
        Assert.Equal([2f], file.Find("w#2")!.Values.ToArray());

        byte[] twice = Model(new ProtobufWriter().Message(5, Tensor(1, 1).Floats(4, 1)).Message(5, Tensor(1, 1).Floats(4, 1)));
        Assert.Equal("w", Assert.Throws<CheckpointException>(() => TensorFiles.Read(twice)).Tensor);
    }

    [Fact]
    public void Names_with_control_characters_stay_as_they_are_and_are_escaped_in_messages()
    {
        const string Name = "a\u001B[31m\n\u202E";
        ProtobufWriter Named(int count) => new ProtobufWriter().Varint(1, count).Varint(2, 1).Text(8, Name).Floats(4, 1);
        Assert.Equal(Name, TensorFiles.Read(Model(new ProtobufWriter().Message(5, Named(1)))).Tensors.Single().Name);

        CheckpointException e = Assert.Throws<CheckpointException>(() => TensorFiles.Read(Model(new ProtobufWriter().Message(5, Named(2)))));
        Assert.Equal(Name, e.Tensor);
        Assert.DoesNotContain('\u001B', e.Message);
        Assert.Contains("expected 2 elements for F32 [2], found 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Attributes_have_types()
    {
        ProtobufWriter node = new ProtobufWriter().Text(1, "x").Text(1, "").Text(2, "y").Text(3, "rnn").Text(4, "LSTM").Text(7, "ai.onnx")
            .Message(5, new ProtobufWriter().Text(1, "hidden_size").Varint(3, 5).Varint(20, 2))
            .Message(5, new ProtobufWriter().Text(1, "clip").Float(2, 2.5f))
            .Message(5, new ProtobufWriter().Text(1, "direction").Text(4, "reverse").Varint(20, 3))
            .Message(5, new ProtobufWriter().Text(1, "activations").Text(9, "Tanh").Text(9, "Relu").Varint(20, 8))
            .Message(5, new ProtobufWriter().Text(1, "empty").Varint(20, 7));
        ProtobufWriter input = new ProtobufWriter().Text(1, "x").Message(2, new ProtobufWriter().Message(1, new ProtobufWriter().Varint(1, 1).Message(
            2, new ProtobufWriter().Message(1, new ProtobufWriter().Text(2, "batch")).Message(1, new ProtobufWriter().Varint(1, 4)))));
        OnnxModel model = Read(new ProtobufWriter().Text(2, "g").Message(1, node).Message(11, input));
        OnnxNode lstm = model.Graph.Nodes.Single();

        Assert.Equal(["x", ""], lstm.Inputs);
        Assert.Equal("", lstm.Domain);
        Assert.Equal("node 'rnn' (LSTM)", lstm.Description);
        Assert.Equal(5, lstm.Int("hidden_size", 0));
        Assert.Equal(1, lstm.Int("layout", 1));
        Assert.Equal(2.5f, lstm.Float("clip", 0));
        Assert.Equal("reverse", lstm.Text("direction", "forward"));
        Assert.Equal(["Tanh", "Relu"], lstm.Texts("activations"));
        Assert.Empty(lstm.Ints("empty")!);
        Assert.Null(lstm.Floats("activation_alpha"));
        CheckpointException e = Assert.Throws<CheckpointException>(() => lstm.Int("direction", 0));
        Assert.Contains("expected attribute 'direction' of node 'rnn' (LSTM) as Int, found String", e.Message, StringComparison.Ordinal);
        Assert.Equal(14, model.OperatorSets[""]);
        Assert.Equal([new OnnxDimension(null, "batch"), new OnnxDimension(4, "")], model.Graph.Inputs.Single().Shape);
    }

    [Theory]
    [InlineData(17, "FLOAT8E4M3FN")]
    [InlineData(15, "COMPLEX128")]
    [InlineData(99, "type 99")]
    public void Types_that_are_not_read_are_refused_by_name(int type, string name)
    {
        CheckpointException e = Assert.Throws<CheckpointException>(() => ReadOne(Tensor(type, 1).Bytes(9, new byte[16])));
        Assert.Equal((CheckpointReason.Type, "w"), (e.Reason, e.Tensor));
        Assert.Contains(name, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_are_left_out() => Assert.Empty(TensorFiles.Read(Model(new ProtobufWriter().Message(5, Tensor(8, 1).Text(6, "label")))).Tensors);

    [Fact]
    public void Bombs_are_refused()
    {
        // A huge shape, nesting without end, a node in every two bytes, a list that takes more memory than the file.
        Refuse(Model(new ProtobufWriter().Message(5, new ProtobufWriter().Packed(1, 1 << 30, 1 << 30).Varint(2, 1).Text(8, "w").Floats(4, 1))));
        Refuse(Model(new ProtobufWriter().Message(5, new ProtobufWriter().Packed(1, [.. Enumerable.Repeat(1L, 65)]).Varint(2, 1).Floats(4, 1))));
        Refuse(Model(new ProtobufWriter().Message(5, new ProtobufWriter().Packed(1, -1).Varint(2, 1).Floats(4, 1))));
        ProtobufWriter graph = new();
        for (int depth = 0; depth < 1000; depth++)
        {
            graph = new ProtobufWriter().Message(1, new ProtobufWriter().Message(5, new ProtobufWriter().Text(1, "g").Message(6, graph)));
        }

        Refuse(Model(graph));
        Refuse(Model(Repeat(new ProtobufWriter().Bytes(1, []), 4_000_000)));
        Refuse(Model(new ProtobufWriter().Message(1, new ProtobufWriter().Message(5, new ProtobufWriter().Text(1, "l").Bytes(8, new byte[8_000_000])))));
        Refuse([.. Model(new ProtobufWriter()), 0x0B]);

        static void Refuse(byte[] file)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Throws<CheckpointException>(() => TensorFiles.Read(file));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 32 << 20);
        }
    }

    [Fact]
    public void Every_file_that_is_cut_off_is_refused()
    {
        byte[] file = Model(new ProtobufWriter().Message(1, Constant("c", new ProtobufWriter().Text(1, "value_ints").Packed(8, 1, 2, 3))).Message(5, Tensor(1, 3).Floats(4, 1, 2, 3)));
        int shortest = file.Length;
        for (int length = 0; length < shortest; length++)
        {
            Assert.Throws<CheckpointException>(() => TensorFiles.Read(file.AsMemory(0, length)));
        }
    }

    [Fact]
    public void Messages_are_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
            CheckpointException e = Assert.Throws<CheckpointException>(() => ReadOne(Tensor(1, 1234567).Floats(4, 1)));
            Assert.Contains("expected 1234567 elements for F32 [1234567], found 1", e.Message, StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static ProtobufWriter Tensor(int type, int count) => new ProtobufWriter().Varint(1, count).Varint(2, type).Text(8, "w");

    private static ProtobufWriter Constant(string output, ProtobufWriter attribute) => new ProtobufWriter().Text(2, output).Text(4, "Constant").Message(5, attribute);

    private static ProtobufWriter Repeat(ProtobufWriter message, int count)
    {
        byte[] one = message.ToArray();
        byte[] all = new byte[one.Length * count];
        for (int k = 0; k < all.Length; k++)
        {
            all[k] = one[k % one.Length];
        }

        return new ProtobufWriter().Raw(all);
    }

    // The version of the operators comes first, so that a file that is cut off lacks a part of the graph.
    private static byte[] Model(ProtobufWriter graph) =>
        new ProtobufWriter().Varint(1, 8).Text(2, "hand").Message(8, new ProtobufWriter().Varint(2, 14)).Message(7, graph).ToArray();

    private static OnnxModel Read(ProtobufWriter graph) => OnnxModel.Read("hand.onnx", Model(graph));

    private static FileTensor ReadOne(ProtobufWriter tensor) => TensorFiles.Read(Model(new ProtobufWriter().Message(5, tensor))).Tensors.Single();
}
