namespace RnnGen.Fuzz;

/// <summary>Graphs to be damaged: small ones of every operator, and published ones where they are there.</summary>
internal static class SoundGraphs
{
    private static readonly float[] Weights = [.. Enumerable.Range(0, 256).Select(k => MathF.Cos(k) / 3)];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SoundFile> All { get; } = [.. Small().Select(file => new SoundFile(file)), .. SoundFile.Published("onnx", ".onnx")];

    private static IEnumerable<byte[]> Small()
    {
        yield return Recurrent("LSTM", 4).Output("y").Output("h").ToArray();
        yield return Recurrent("GRU", 3).Node("Squeeze", "y", "s").Node("Softmax", "s", "p", ("axis", -1)).Output("p").ToArray();
        yield return Recurrent("RNN", 1).Vector("shape", 0, 0, -1).Node("Transpose", "y", "t", ("perm", new[] { 0, 2, 1, 3 })).Node("Reshape", "t shape", "r")
            .Node("Sigmoid", "r", "g").Node("Concat", "r g", "c", ("axis", 2)).Vector("starts", 0).Vector("ends", 3).Vector("axes", 2)
            .Node("Slice", "c starts ends axes", "l").Node("Split", "c", "m n", ("axis", 2)).Node("Add", "m n", "o").Output("l").Output("o").ToArray();
        yield return new OnnxWriter().Input("ids", isInteger: true, 0, 5).Tensor("E", [7, 2], Weights[..14]).Node("Gather", "E ids", "e").Node("Transpose", "e", "x", ("perm", new[] { 1, 0, 2 }))
            .Tensor("W", [1, 2, 2], Weights[..4]).Tensor("R", [1, 2, 2], Weights[4..8]).Vector("zero", 0)
            .Node("RNN", "x W R", "y h", ("hidden_size", 2)).Node("Squeeze", "h zero", "s").Tensor("D", [3, 2], Weights[..6]).Tensor("d", [3], Weights[..3])
            .Node("Gemm", "s D d", "z", ("transB", 1), ("alpha", 0.5f)).Output("z").ToArray();
        yield return new OnnxWriter().Input("x", isInteger: false, 0, 0, 4).Vector("k", 1).Node("Shape", "x", "size").Node("Gather", "size k", "n").Vector("one", 1).Vector("two", 2)
            .Node("Concat", "one n two", "states", ("axis", 0)).Node("ConstantOfShape", "states", "h0").Tensor("W", [1, 2, 4], Weights[..8]).Tensor("R", [1, 2, 2], Weights[..4])
            .Node("RNN", "x W R - - h0", "y", ("hidden_size", 2)).Node("Expand", "h0 states", "unused").Node("Tile", "one two", "tiled").Output("y").ToArray();
    }

    private static OnnxWriter Recurrent(string type, int gates) => new OnnxWriter().Input("x", isInteger: false, 3, 2, 4)
        .Tensor("W", [2, gates * 2, 4], Weights[..(gates * 16)]).Tensor("R", [2, gates * 2, 2], Weights[..(gates * 8)]).Tensor("B", [2, gates * 4], Weights[..(gates * 8)])
        .Node(type, "x W R B", "y h", ("hidden_size", 2), ("direction", "bidirectional"));
}
