using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The gated recurrent unit (Cho et al. 2014), with PyTorch's names. Clipping and functions are ONNX's.</summary>
internal static class Gru
{
    public static Cell Create(int inputSize, int size, bool linearBeforeReset, bool bias = true) =>
        Create(inputSize, size, linearBeforeReset, bias, new CellOptions());

    /// <param name="inputSize">Numbers that come in.</param>
    /// <param name="size">Units.</param>
    /// <param name="linearBeforeReset">
    /// Whether the reset gate acts on the projected state, as PyTorch has it, or on the state itself, ONNX's default.
    /// </param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="options">What else is asked for.</param>
    public static Cell Create(int inputSize, int size, bool linearBeforeReset, bool bias, CellOptions options) =>
        Cell.Define("GRU", inputSize, size, bias, cell =>
        {
            FunctionSpec gate = options.Gate ?? new FunctionSpec(ActivationKind.Sigmoid);
            FunctionSpec candidate = options.Candidate ?? new FunctionSpec(ActivationKind.Tanh);
            Leaf h = cell.State("h");
            Expression seen = cell.Dropped(h, options.RecurrentDropout);
            Expression r = cell.Let("r", Functions.Of(gate, cell.Clip(cell.Gate("r", seen), options.Clip)));
            Expression z = cell.Let("z", Functions.Of(gate, cell.Clip(cell.Gate("z", seen), options.Clip)));
            Expression fromState = linearBeforeReset
                ? r * cell.Let("hn", cell.FromState("n", seen))
                : cell.FromState("n", cell.Let("rh", r * seen));
            Expression n = cell.Let("n", Functions.Of(candidate, cell.Clip(cell.FromInput("n") + fromState, options.Clip)));
            Expression next = cell.Zoneout(h, ((1 - z) * n) + (z * h), options.Zoneout);
            cell.LearnInitialState(options.LearnInitialState);
            cell.Next(h, next);
            cell.Output(next);
        });
}
