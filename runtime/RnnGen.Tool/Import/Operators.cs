using RnnGen.Formats.Onnx;

namespace RnnGen.Tool.Import;

/// <summary>Computes the outputs of a node.</summary>
/// <param name="call">The node and its inputs.</param>
internal delegate Value[] Operator(NodeCall call);

/// <summary>ONNX's operators that a class can express, one row each.</summary>
internal static class Operators
{
    private static readonly Dictionary<string, Operator> All = new(StringComparer.Ordinal)
    {
        // Elements that move.
        ["Identity"] = Moves.Identity,
        ["Dropout"] = Moves.Identity,
        ["Cast"] = Moves.Cast,
        ["Transpose"] = Moves.Transpose,
        ["Reshape"] = Moves.Reshape,
        ["Flatten"] = Moves.Flatten,
        ["Squeeze"] = Moves.Squeeze,
        ["Unsqueeze"] = Moves.Unsqueeze,
        ["Expand"] = Moves.Expand,
        ["Tile"] = Moves.Tile,
        ["Pad"] = Moves.Pad,
        ["Slice"] = Moves.Slice,
        ["Split"] = Moves.Split,
        ["Concat"] = Moves.Concat,
        ["Gather"] = Moves.Gather,

        // Numbers.
        ["Constant"] = Constants.Constant,
        ["ConstantOfShape"] = Constants.ConstantOfShape,
        ["Shape"] = Constants.Shape,
        ["Size"] = Constants.Size,
        ["Range"] = Constants.Range,
        ["Where"] = Constants.Where,
        ["Equal"] = call => Constants.Compare(call, (a, b) => a == b),
        ["Greater"] = call => Constants.Compare(call, (a, b) => a > b),
        ["GreaterOrEqual"] = call => Constants.Compare(call, (a, b) => a >= b),
        ["Less"] = call => Constants.Compare(call, (a, b) => a < b),
        ["LessOrEqual"] = call => Constants.Compare(call, (a, b) => a <= b),
        ["And"] = call => Constants.Compare(call, (a, b) => a != 0 && b != 0),
        ["Or"] = call => Constants.Compare(call, (a, b) => a != 0 || b != 0),
        ["Not"] = Constants.Not,

        // Arithmetic.
        ["Add"] = call => Arithmetic.Binary(call, (a, b) => a + b),
        ["Sub"] = call => Arithmetic.Binary(call, (a, b) => a - b),
        ["Mul"] = call => Arithmetic.Binary(call, (a, b) => a * b),
        ["Div"] = call => Arithmetic.Binary(call, (a, b) => a / b),
        ["Pow"] = call => Arithmetic.Binary(call, Math.Pow),
        ["Neg"] = call => Arithmetic.Unary(call, x => -x),
        ["Sqrt"] = call => Arithmetic.Unary(call, Math.Sqrt),
        ["Reciprocal"] = call => Arithmetic.Unary(call, x => 1 / x),
        ["ReduceMean"] = Arithmetic.Mean,

        // Layers.
        ["MatMul"] = Layers.MatMul,
        ["Gemm"] = Layers.Gemm,
        ["Conv"] = Layers.Convolution,
        ["LayerNormalization"] = Layers.LayerNormalization,
        ["BatchNormalization"] = Layers.BatchNormalization,
        ["Softmax"] = Layers.Softmax,
        ["Tanh"] = Layers.Function,
        ["Sigmoid"] = Layers.Function,
        ["Relu"] = Layers.Function,
        ["LeakyRelu"] = Layers.Function,
        ["ThresholdedRelu"] = Layers.Function,
        ["HardSigmoid"] = Layers.Function,
        ["Elu"] = Layers.Function,
        ["Softsign"] = Layers.Function,
        ["Softplus"] = Layers.Function,
        ["RNN"] = RecurrentNodes.Rnn,
        ["GRU"] = RecurrentNodes.Gru,
        ["LSTM"] = RecurrentNodes.Lstm,
    };

    /// <summary>The names, for messages.</summary>
    public static string Names => $"RNN, GRU, LSTM, Gemm, MatMul, Gather, and {All.Count - 6} others";

    /// <summary>Finds the operator of a node; null if no class can express it.</summary>
    public static Operator? Find(OnnxNode node) => node.Domain.Length == 0 ? All.GetValueOrDefault(node.OperatorType) : null;
}
