using RnnGen.Generator.Cells;

namespace RnnGen.Numerics.Tests.Reference;

using Initializer = RnnGen.Generator.Cells.Initializer;

/// <summary>Cells that have no layer, and prove that the graph is not made for three cells only.</summary>
internal static class TestCells
{
    /// <summary>An LSTM whose output is projected down, PyTorch's <c>proj_size</c>: h and c differ in size.</summary>
    public static Cell ProjectionLstm(int inputSize, int size, int projection) => Cell.Define("LSTM with projection", inputSize, size, bias: true, cell =>
    {
        Leaf h = cell.State("h", projection);
        Leaf c = cell.State("c");
        Expression next = (cell.Sigmoid(cell.Gate("f")) * c) + (cell.Sigmoid(cell.Gate("i")) * cell.Tanh(cell.Gate("g")));
        Expression output = cell.Project("weight_hr_l0", "W_hr", cell.Sigmoid(cell.Gate("o")) * cell.Tanh(next), projection, Initializer.Uniform(size));
        cell.Next(c, next);
        cell.Next(h, output);
        cell.Output(output, projection);
    });

    /// <summary>An LSTM with layer normalization of its sums and of c (Ba et al. 2016), with gains and biases.</summary>
    public static Cell NormalizedLstm(int inputSize, int size) => Cell.Define("LSTM with layer normalization", inputSize, size, bias: false, cell =>
    {
        Leaf h = cell.State("h");
        Leaf c = cell.State("c");
        Expression Norm(string name, Expression value) =>
            (cell.Normalize(value) * cell.Vector("gain_" + name, "γ_" + name, size, Initializer.Ones)) + cell.Vector("shift_" + name, "β_" + name, size, Initializer.Zeros);
        Expression Gate(string gate) => Norm(gate, cell.FromInput(gate) + cell.FromState(gate, h));
        Expression next = (cell.Sigmoid(Gate("f")) * c) + (cell.Sigmoid(Gate("i")) * cell.Tanh(Gate("g")));
        Expression output = cell.Sigmoid(Gate("o")) * cell.Tanh(Norm("c", next));
        cell.Next(c, next);
        cell.Next(h, output);
        cell.Output(output);
    });

    /// <summary>Nearly everything at once: three phases, a shared projection, U(s·s), ReLU, U h - W x, a diagonal, an output that is not a state.</summary>
    /// <param name="inputSize">Numbers that go in.</param>
    /// <param name="size">Units.</param>
    public static Cell Odd(int inputSize, int size) => Cell.Define("Odd", inputSize, size, bias: true, cell =>
    {
        Leaf h = cell.State("h");
        Leaf s = cell.State("s");
        Expression shared = cell.Project("shared", "S", h, size, Initializer.Uniform(size));
        Expression first = cell.Let("a", cell.Tanh((shared * s) + cell.FromInput("a")));
        Expression difference = cell.FromState("d", h) - cell.Project("input", "V", cell.Input, size, Initializer.Uniform(size));
        Expression second = cell.Let("b", cell.Relu(difference + cell.Project("square", "Q", s * s, size, Initializer.Uniform(size))));
        Expression sum = cell.FromState("t", first * second);
        Expression third = cell.Let("t", cell.Sigmoid(sum + (cell.Vector("diagonal", "p", size, Initializer.Uniform(size)) * s)));
        Expression nextS = (third * s) + ((1 - third) * first);
        cell.Next(h, cell.Tanh(cell.Project("last", "L", third * first, size, Initializer.Uniform(size)) + shared));
        cell.Next(s, nextS);
        cell.Output(nextS * second);
    });

    /// <summary>A state that stays as it is, one that becomes a constant, and one that becomes the input.</summary>
    public static Cell Still(int inputSize, int size) => Cell.Define("Still", inputSize, size, bias: true, cell =>
    {
        Leaf h = cell.State("h");
        Leaf kept = cell.State("k");
        Leaf constant = cell.State("q");
        Leaf last = cell.State("p", inputSize);
        Expression sum = cell.Tanh(cell.Gate("g") + (kept * constant) + cell.Project("last", "L", last, size, Initializer.Uniform(size)));
        cell.Next(h, sum);
        cell.Next(kept, kept);
        cell.Next(constant, (sum * 0) + 0.5);
        cell.Next(last, cell.Input);
        cell.Output(kept);
    });
}
