using RnnGen.Checkpoints;
using RnnGen.Formats.Protobuf;

namespace RnnGen.Formats.Tests;

/// <summary>Frozen graphs of TensorFlow 1.</summary>
public sealed class TensorFlowGraphTests
{
    [Fact]
    public void Published_graphs_have_their_layers()
    {
        TensorFile gru = TensorFiles.Read(SharedFiles.Find("original", "kws_GRU_S.pb"));
        Assert.Equal("frozen graph of TensorFlow", gru.Format);
        Assert.Equal(33, gru.Tensors.Count);
        Check(gru, "rnn/multi_rnn_cell/cell_0/gru_cell/gates/kernel", 164, 308);
        Check(gru, "rnn/multi_rnn_cell/cell_0/gru_cell/gates/bias", 308);
        Check(gru, "rnn/multi_rnn_cell/cell_0/gru_cell/candidate/kernel", 164, 154);
        Check(gru, "rnn/multi_rnn_cell/cell_0/gru_cell/candidate/bias", 154);
        Check(gru, "W_o", 154, 12);
        Check(gru, "b_o", 12);
        Assert.Equal([154f], gru.Find("rnn/MultiRNNCellZeroState/GRUCellZeroState/Const_1")!.Values.ToArray());

        TensorFile crnn = TensorFiles.Read(SharedFiles.Find("original", "kws_CRNN_S.pb"));
        Check(crnn, "W", 10, 4, 1, 48);
        Check(crnn, "Variable", 48);
        Check(crnn, "fcw", 60, 84);
        Check(crnn, "Variable_1", 84);
        Check(crnn, "Variable_2", 84, 12);
        Check(crnn, "Variable_3", 12);
        Check(crnn, "rnn/multi_rnn_cell/cell_1/gru_cell/gates/kernel", 120, 120);
    }

    [Fact]
    public void A_published_graph_gives_the_words_that_were_said()
    {
        TensorFile file = TensorFiles.Read(SharedFiles.Find("original", "kws_GRU_S.pb"));
        SafetensorsFile expected = SafetensorsFile.Read(SharedFiles.Find("original", "kws_gru_s.expected.safetensors"));
        ReadOnlySpan<float> features = expected["features"].Floats();
        double[] probabilities = new double[48];
        expected["prob.f64"].CopyTo(probabilities.AsSpan());
        const string Cell = "rnn/multi_rnn_cell/cell_0/gru_cell/";
        for (int word = 0; word < 4; word++)
        {
            var h = new double[154];
            for (int t = 0; t < 25; t++)
            {
                ReadOnlySpan<float> x = features.Slice(((word * 25) + t) * 10, 10);
                double[] gates = SmallNetwork.Dense(file.Find(Cell + "gates/kernel")!, file.Find(Cell + "gates/bias")!, [.. SmallNetwork.Widen(x), .. h]);
                double[] reset = [.. h.Select((value, k) => value * SmallNetwork.Sigmoid(gates[k]))];
                double[] candidate = SmallNetwork.Dense(file.Find(Cell + "candidate/kernel")!, file.Find(Cell + "candidate/bias")!, [.. SmallNetwork.Widen(x), .. reset]);
                for (int k = 0; k < h.Length; k++)
                {
                    double u = SmallNetwork.Sigmoid(gates[154 + k]);
                    h[k] = (u * h[k]) + ((1 - u) * Math.Tanh(candidate[k]));
                }
            }

            double[] actual = SmallNetwork.Softmax(SmallNetwork.Dense(file.Find("W_o")!, file.Find("b_o")!, h));
            Assert.All(actual, (value, k) => Assert.Equal(probabilities[(12 * word) + k], value, 1e-4));
        }
    }

    [Fact]
    public void The_last_element_stands_for_those_that_are_missing()
    {
        Assert.Equal([1f, 2, 2, 2], ReadOne(Tensor(1, 2, 2).Floats(5, 1, 2)).Values.ToArray());
        Assert.Equal([0f, 0, 0], ReadOne(Tensor(1, 3)).Values.ToArray());
        Assert.Equal([-3f, -3], ReadOne(Tensor(3, 2).Packed(7, -3)).Values.ToArray());
        Assert.Equal([1f], ReadOne(Tensor(10, 1).Packed(11, 1)).Values.ToArray());
        Assert.Equal([1f, -2], ReadOne(Tensor(19, 2).Packed(13, 0x3C00, 0xC000)).Values.ToArray());
        Assert.Equal([0.5f], ReadOne(Tensor(2, 1).Bytes(4, BitConverter.GetBytes(0.5))).Values.ToArray());
        Assert.Equal([-9f], ReadOne(Tensor(9).Packed(10, -9)).Values.ToArray());
        SameBits.Check([-0f, -0f], ReadOne(Tensor(1, 2).Float(5, -0f)).Values.Span);
    }

    [Fact]
    public void What_is_no_frozen_graph_of_numbers_is_refused()
    {
        Refuse(Graph(Const(Tensor(1, 2).Floats(5, 1, 2, 3))), "at most 2 elements");
        Refuse(Graph(Const(Tensor(1, 3).Bytes(4, new byte[8]))), "expected 12 bytes");
        Refuse(Graph(Const(Tensor(8, 1))), "element type 8");
        Refuse(Graph(Const(Tensor(1, 1L << 40))), "shape");
        Refuse(Graph(Const(Tensor(1, 1 << 30).Floats(5, 1))), "repeated values");
        Refuse(Graph(Const(Tensor(1)), Const(Tensor(1))), "again");
        Refuse(Graph(new ProtobufWriter().Text(1, "v").Text(2, "VariableV2")), "convert_variables_to_constants");
        Refuse(Graph(new ProtobufWriter().Text(1, "c").Text(2, "Const")), "found none");
        Refuse(new ProtobufWriter().Varint(1, 1).Message(2, new ProtobufWriter().Text(1, "meta")).ToArray(), "SavedModel");
        Assert.Empty(TensorFiles.Read(Graph(Const(Tensor(7, 1).Text(8, "label")))).Tensors);

        static void Refuse(byte[] file, string part) =>
            Assert.Contains(part, Assert.Throws<CheckpointException>(() => TensorFiles.Read(file)).Message, StringComparison.Ordinal);
    }

    private static void Check(TensorFile file, string name, params int[] shape)
    {
        FileTensor tensor = file.Find(name)!;
        Assert.Equal("F32", tensor.ElementType);
        Assert.Equal(shape, tensor.Shape);
    }

    private static ProtobufWriter Tensor(int type, params long[] shape)
    {
        var sizes = new ProtobufWriter();
        Array.ForEach(shape, size => sizes.Message(2, new ProtobufWriter().Varint(1, size)));
        return new ProtobufWriter().Varint(1, type).Message(2, sizes);
    }

    private static ProtobufWriter Const(ProtobufWriter tensor) => new ProtobufWriter().Text(1, "c").Text(2, "Const")
        .Message(5, new ProtobufWriter().Text(1, "dtype").Message(2, new ProtobufWriter().Varint(6, 1)))
        .Message(5, new ProtobufWriter().Text(1, "value").Message(2, new ProtobufWriter().Message(8, tensor)));

    private static byte[] Graph(params ProtobufWriter[] nodes)
    {
        var graph = new ProtobufWriter();
        Array.ForEach(nodes, node => graph.Message(1, node));
        return graph.ToArray();
    }

    private static FileTensor ReadOne(ProtobufWriter tensor) => TensorFiles.Read(Graph(Const(tensor))).Tensors.Single();
}
