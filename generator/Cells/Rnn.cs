using RnnGen.Generator.Model;

namespace RnnGen.Generator.Cells;

/// <summary>The vanilla (Elman) cell, with PyTorch's equations.</summary>
internal static class Rnn
{
    public static Cell Create(int inputSize, int size, FunctionSpec activation, bool bias = true) =>
        Create(inputSize, size, activation, bias, new CellOptions());

    /// <param name="inputSize">Numbers that come in.</param>
    /// <param name="size">Units.</param>
    /// <param name="activation">The function.</param>
    /// <param name="bias">Whether there are biases.</param>
    /// <param name="options">What else is asked for: a bound of the sum.</param>
    public static Cell Create(int inputSize, int size, FunctionSpec activation, bool bias, CellOptions options) =>
        Cell.Define("RNN", inputSize, size, bias, cell =>
        {
            Leaf h = cell.State("h");
            Expression next = cell.Zoneout(h, Functions.Of(activation, cell.Clip(cell.Let("sum", cell.Gate("h", cell.Dropped(h, options.RecurrentDropout))), options.Clip)), options.Zoneout);
            cell.LearnInitialState(options.LearnInitialState);
            cell.Next(h, next);
            cell.Output(next);
        });
}
