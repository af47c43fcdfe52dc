using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The layers without a state: cells too, so that they need no kernels of their own.</summary>
internal static class FeedForward
{
    /// <param name="inputSize">Numbers that come in.</param>
    /// <param name="size">Numbers that go out.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="isTied">Whether the matrix is another layer's parameter.</param>
    public static Cell Dense(int inputSize, int size, bool bias = true, bool isTied = false) =>
        Cell.Define("Dense", inputSize, size, bias, cell =>
        {
            Initializer initializer = Initializer.Uniform(inputSize);
            Expression sum = cell.Project("weight", "W", cell.Input, size, initializer, isTied ? TensorRole.Tied : TensorRole.Trained);
            cell.Output(cell.Let("y", bias ? sum + cell.Vector("bias", "b", size, initializer) : sum));
        });

    public static Cell Activation(int size, FunctionSpec function) =>
        Cell.Define("Activation", size, size, bias: false, cell => cell.Output(cell.Let("y", cell.Own(Functions.Of(function, cell.Input)))));

    public static Cell LayerNorm(int size, bool bias = true) =>
        Cell.Define("Layer normalisation", size, size, bias, cell =>
        {
            Expression scaled = cell.Normalize(cell.Input) * cell.Vector("weight", "γ", size, Initializer.Ones);
            cell.Output(cell.Let("y", bias ? scaled + cell.Vector("bias", "β", size, Initializer.Zeros) : scaled));
        });

    /// <summary>Keras' Normalization, whose √variance is at least 1e-7.</summary>
    public static Cell Normalization(int size) =>
        Cell.Define("Normalization", size, size, bias: false, cell =>
        {
            Expression mean = cell.Vector("mean", "mean", size, Initializer.Zeros, role: TensorRole.Constant);
            Expression variance = cell.Vector("variance", "variance", size, Initializer.Ones, role: TensorRole.Constant);
            Expression bounded = cell.Apply(ElementFunction.Clip(1e-14, float.MaxValue), variance);
            cell.Output(cell.Let("y", (cell.Input - mean) * cell.Let("scale", cell.Apply(ElementFunction.ReciprocalSqrt, bounded))));
        });

    /// <summary>A product with a one-hot vector: the column of the token. The checkpoint stores one row per token.</summary>
    public static Cell Embedding(int vocabulary, int size) =>
        Cell.Define("Embedding", vocabulary, size, bias: false, cell =>
            cell.Output(cell.Let("y", cell.Project("weight", "E", cell.Input, size, Initializer.Normal, transposed: true))));
}
