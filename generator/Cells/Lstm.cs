namespace RnnGen.Generator.Cells;

/// <summary>The long short-term memory cell (Hochreiter and Schmidhuber 1997, with forget gate), with PyTorch's equations.</summary>
internal static class Lstm
{
    public static Cell Create(int inputSize, int size, bool bias = true) =>
        Cell.Define("LSTM", inputSize, size, bias, cell =>
        {
            Leaf h = cell.State("h");
            Leaf c = cell.State("c");
            Expression i = cell.Sigmoid(cell.Gate("i")).Named("i");
            Expression f = cell.Sigmoid(cell.Gate("f")).Named("f");
            Expression g = cell.Tanh(cell.Gate("g")).Named("g");
            Expression o = cell.Sigmoid(cell.Gate("o")).Named("o");
            Expression nextC = ((f * c) + (i * g)).Named("c'");
            Expression nextH = (o * cell.Tanh(nextC).Named("tanhC")).Named("h'");
            cell.Next(c, nextC);
            cell.Next(h, nextH);
            cell.Output(nextH);
        });
}
