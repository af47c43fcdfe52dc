namespace RnnGen.Tool.Import;

/// <summary>The kind of a recurrent layer.</summary>
internal enum CellKind
{
    /// <summary>Vanilla RNN.</summary>
    Rnn,

    /// <summary>Gated recurrent unit.</summary>
    Gru,

    /// <summary>Long short-term memory.</summary>
    Lstm,
}

/// <summary>A cell with its weights, in PyTorch's layout: gates i, f, g, o or r, z, n as blocks of rows.</summary>
internal sealed record CellWeights
{
    /// <summary>The kind.</summary>
    public required CellKind Kind { get; init; }

    /// <summary>The number of units.</summary>
    public required int Units { get; init; }

    /// <summary>What the matrices of the inputs read, [Gates * Units, number of inputs].</summary>
    public required double[] InputWeights { get; init; }

    /// <summary>The matrices of the state, [Gates * Units, Units].</summary>
    public required double[] StateWeights { get; init; }

    /// <summary>The first bias, [Gates * Units]; null without biases.</summary>
    public double[]? InputBias { get; init; }

    /// <summary>The second bias.</summary>
    public double[]? StateBias { get; init; }

    /// <summary>The weights of the peepholes c to i, f and o, [Units] each and without f where it is coupled; null without.</summary>
    public double[][]? Peepholes { get; init; }

    /// <summary>Whether f = 1 - i.</summary>
    public bool IsCoupled { get; init; }

    /// <summary>Whether the reset gate of a GRU acts on the projected state.</summary>
    public bool LinearBeforeReset { get; init; } = true;

    /// <summary>The limit of the sums of the gates; 0 for none.</summary>
    public double Clip { get; init; }

    /// <summary>The functions: of an RNN; of the gates and the candidate of a GRU; of gates, cell and output of an LSTM.</summary>
    public required Function[] Functions { get; init; }

    /// <summary>The number of gates.</summary>
    public int Gates => Kind switch { CellKind.Rnn => 1, CellKind.Gru => 3, _ => IsCoupled ? 3 : 4 };

    /// <summary>The blocks of some gates in another order: of rows of a matrix, or of the numbers of a bias.</summary>
    /// <param name="values">All blocks.</param>
    /// <param name="start">Where the first one starts.</param>
    /// <param name="gates">Which block comes next.</param>
    /// <param name="length">Numbers of a block.</param>
    public static double[] Blocks(double[] values, int start, int[] gates, int length) =>
        [.. gates.SelectMany(gate => new ArraySegment<double>(values, start + (gate * length), length))];

    /// <summary>Whether two cells differ only in their weights.</summary>
    public bool HasOptionsOf(CellWeights other) => Kind == other.Kind && Units == other.Units && IsCoupled == other.IsCoupled
        && LinearBeforeReset == other.LinearBeforeReset && Clip == other.Clip && Functions.SequenceEqual(other.Functions)
        && Peepholes is null == other.Peepholes is null && InputBias is null == other.InputBias is null;
}

/// <summary>The initial value of a state: zero, the same numbers for every row, or elements of an input.</summary>
/// <param name="Numbers">Numbers, one per unit.</param>
/// <param name="Elements">Elements of an input, row by row.</param>
internal sealed record InitialState(double[]? Numbers = null, Element[]? Elements = null);

/// <summary>One direction of a recurrent layer: its output h at every step.</summary>
internal sealed class RecurrentSignal(string origin, object node, CellWeights cell, Wire[] operand, int positions, bool isReverse) : Signal(origin, cell.Units, positions)
{
    /// <summary>What both directions of one node share.</summary>
    public object Node { get; } = node;

    /// <summary>The cell.</summary>
    public CellWeights Cell { get; } = cell;

    /// <summary>The inputs.</summary>
    public Wire[] Operand { get; } = operand;

    /// <summary>Whether it runs from the last step to the first.</summary>
    public bool IsReverse { get; } = isReverse;

    /// <summary>The initial h.</summary>
    public InitialState InitialH { get; init; } = new();

    /// <summary>The initial c of an LSTM.</summary>
    public InitialState InitialC { get; init; } = new();

    public override IEnumerable<Wire> Reads => Operand;
}

/// <summary>A state of a recurrent layer after the last step that it computes, once per row.</summary>
/// <param name="layer">The layer.</param>
/// <param name="state">h or c.</param>
/// <param name="rows">The number of rows.</param>
internal sealed class FinalStateSignal(RecurrentSignal layer, char state, int rows) : Signal(layer.Origin, layer.Width, rows)
{
    /// <summary>The layer.</summary>
    public RecurrentSignal Layer { get; } = layer;

    /// <summary>h or c.</summary>
    public char State { get; } = state;

    public override IEnumerable<Wire> Reads => Layer.Wires();
}
