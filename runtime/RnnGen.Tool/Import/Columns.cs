namespace RnnGen.Tool.Import;

/// <summary>
/// Operands of a node as columns of signals: which columns it reads, and at which position each element of the result is. Whatever order the axes have,
/// an operation that treats all positions alike becomes one on columns.
/// </summary>
internal sealed class Columns
{
    private readonly int[] _shape;
    private readonly int[] _elements;

    private Columns(int[] shape, int positions, int width, int[] elements)
    {
        _shape = shape;
        _elements = elements;
        Positions = positions;
        Width = width;
    }

    /// <summary>The number of positions.</summary>
    public int Positions { get; }

    /// <summary>The number of different columns.</summary>
    public int Width { get; }

    /// <summary>The columns of each operand; null where it is constant.</summary>
    public required Wire[]?[] Wires { get; init; }

    /// <summary>The numbers of each operand, one per column; null where it is a signal.</summary>
    public required double[]?[] Numbers { get; init; }

    /// <summary>Reads operands that are combined element by element.</summary>
    /// <param name="call">The node.</param>
    /// <param name="operands">One or two tensors, not all of them constant.</param>
    public static Columns Of(Call call, params ReadOnlySpan<Value> operands)
    {
        int[] shape = operands[0].Shape;
        foreach (Value operand in operands[1..])
        {
            shape = Shapes.Broadcast(shape, operand.Shape)
                ?? throw call.Refuse($"expected tensors that fit, found {Shapes.Show(operands[0].Shape)} and {Shapes.Show(operand.Shape)}.");
        }

        call.Take(shape);
        var places = new int[operands.Length][];
        for (int k = 0; k < operands.Length; k++)
        {
            Resolve(operands[k]);
            places[k] = Shapes.Repeat(operands[k].Shape, shape);
        }

        var found = new Dictionary<(Cell, Cell), int>();
        var cells = new List<Cell[]>();
        var elements = new int[Shapes.Count(shape)];
        var positionOf = new int[elements.Length];
        int positions = -1;
        for (int element = 0; element < elements.Length; element++)
        {
            var key = new Cell[2];
            int position = -1;
            for (int k = 0; k < operands.Length; k++)
            {
                key[k] = Cell.Of(call.Context, operands[k], places[k][element], out int place, out int count);
                if (place < 0)
                {
                    continue;
                }

                if ((position >= 0 && place != position) || (positions >= 0 && count != positions))
                {
                    throw call.Refuse($"expected operands that are of the same step and row, found others. A layer reads only the present step.");
                }

                position = place;
                positions = count;
            }

            if (!found.TryGetValue((key[0], key[1]), out int column))
            {
                column = found.Count;
                found.Add((key[0], key[1]), column);
                cells.Add(key);
            }

            elements[element] = column;
            positionOf[element] = position;
        }

        for (int element = 0; element < elements.Length; element++)
        {
            elements[element] += positionOf[element] * cells.Count;
        }

        var wires = new Wire[]?[operands.Length];
        var numbers = new double[]?[operands.Length];
        for (int k = 0; k < operands.Length; k++)
        {
            int operand = k;
            wires[k] = operands[k] is SignalValue ? [.. cells.Select(cell => cell[operand].Wire)] : null;
            numbers[k] = operands[k] is SignalValue ? null : [.. cells.Select(cell => cell[operand].Number)];
        }

        return new Columns(shape, positions, cells.Count, elements) { Wires = wires, Numbers = numbers };
    }

    /// <summary>The result: a signal whose columns are in the order of <see cref="Wires"/>.</summary>
    public SignalValue Result(Signal signal) => new(_shape, Array.ConvertAll(_elements, index => new Element(signal, index)));

    private static void Resolve(Value operand)
    {
        if (operand is SignalValue value)
        {
            foreach (InputSignal input in value.Elements.Select(element => element.Signal).OfType<InputSignal>().Distinct())
            {
                input.Resolve(value, value.Shape is [.., > 0 and var last] ? last : 1);
            }
        }
    }

    /// <summary>A column of an operand, or the number that it has there.</summary>
    private readonly record struct Cell(Wire Wire, double Number)
    {
        public static Cell Of(ImportContext context, Value operand, int place, out int position, out int positions)
        {
            if (operand is ConstantValue constant)
            {
                position = -1;
                positions = -1;
                return new Cell(default, constant.Numbers[place]);
            }

            Element element = context.Real(((SignalValue)operand).Elements[place]);
            (position, int column) = element.Signal.Locate(element.Index);
            positions = element.Signal.Positions;
            return new Cell(new Wire(element.Signal, column), 0);
        }
    }
}
