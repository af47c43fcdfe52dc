namespace RnnGen.Generator.Cells;

/// <summary>The vanilla (Elman) cell, with PyTorch's equations.</summary>
internal static class Rnn
{
    public static Cell Create(int inputSize, int size, ElementFunction activation, bool bias = true) =>
        Cell.Define("RNN", inputSize, size, bias, cell =>
        {
            Leaf h = cell.State("h");
            Expression next = cell.Apply(activation, cell.Gate("h").Named("sum")).Named("h'");
            cell.Next(h, next);
            cell.Output(next);
        });
}
