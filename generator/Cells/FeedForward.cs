using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The layers without a state: cells too, so that they need no kernels of their own.</summary>
internal static class FeedForward
{
    public static Cell Dense(int inputSize, int size, bool bias = true) =>
        Cell.Define("Dense", inputSize, size, bias, cell =>
        {
            Initializer initializer = Initializer.Uniform(inputSize);
            Expression sum = cell.Project("weight", "W", cell.Input, size, initializer);
            cell.Output((bias ? sum + cell.Vector("bias", "b", size, initializer) : sum).Named("y"));
        });

    public static Cell Activation(int size, FunctionSpec function) =>
        Cell.Define("Activation", size, size, bias: false, cell => cell.Output(Functions.Of(function, cell.Input).Named("y")));

    public static Cell LayerNorm(int size, bool bias = true) =>
        Cell.Define("Layer normalisation", size, size, bias, cell =>
        {
            Expression scaled = cell.Normalize(cell.Input) * cell.Vector("weight", "γ", size, Initializer.Ones);
            cell.Output((bias ? scaled + cell.Vector("bias", "β", size, Initializer.Zeros) : scaled).Named("y"));
        });

    /// <summary>A product with a one-hot vector: the column of the token. The checkpoint stores one row per token.</summary>
    public static Cell Embedding(int vocabulary, int size) =>
        Cell.Define("Embedding", vocabulary, size, bias: false, cell =>
            cell.Output(cell.Project("weight", "E", cell.Input, size, Initializer.Normal, transposed: true).Named("y")));
}
