namespace RnnGen.Generator.Cells;

/// <summary>The gated recurrent unit (Cho et al. 2014), with PyTorch's names.</summary>
internal static class Gru
{
    /// <param name="linearBeforeReset">
    /// Whether the reset gate acts on the projected state, as PyTorch has it, or on the state itself, ONNX's default.
    /// </param>
    public static Cell Create(int inputSize, int size, bool linearBeforeReset, bool bias = true) =>
        Cell.Define("GRU", inputSize, size, bias, cell =>
        {
            Leaf h = cell.State("h");
            Expression r = cell.Sigmoid(cell.Gate("r")).Named("r");
            Expression z = cell.Sigmoid(cell.Gate("z")).Named("z");
            Expression fromState = linearBeforeReset
                ? r * cell.FromState("n", h).Named("hn")
                : cell.FromState("n", (r * h).Named("rh"));
            Expression n = cell.Tanh(cell.FromInput("n") + fromState).Named("n");
            Expression next = (((1 - z) * n) + (z * h)).Named("h'");
            cell.Next(h, next);
            cell.Output(next);
        });
}
