namespace RnnGen.Tool.Import;

/// <summary>An operand whose last axis is read as a whole: the same columns at every position.</summary>
/// <param name="Wires">The columns, in the order of the last axis.</param>
/// <param name="Positions">The position of every row.</param>
/// <param name="PositionCount">The number of positions that the signals have.</param>
internal sealed record RowsOf(Wire[] Wires, int[] Positions, int PositionCount)
{
    /// <summary>Reads an operand.</summary>
    /// <param name="call">The node.</param>
    /// <param name="value">The operand.</param>
    /// <param name="rowLength">How many elements are one row; by default those of the last axis.</param>
    public static RowsOf Read(Call call, Value value, int? rowLength = null)
    {
        int length = rowLength ?? (value.Shape is [.., var last] ? last : 1);
        if (value is not SignalValue signals || value.Count == 0)
        {
            throw call.Refuse($"expected an operand that depends on an input of the graph, found one of numbers in the file, or an empty one.");
        }

        foreach (InputSignal input in signals.Elements.Select(element => element.Signal).OfType<InputSignal>().Distinct())
        {
            input.Resolve(signals, length);
        }

        var wires = new Wire[length];
        var positions = new int[value.Count / length];
        int count = -1;
        for (int k = 0; k < value.Count; k++)
        {
            (int row, int column) = Math.DivRem(k, length);
            Element element = call.Context.Real(signals.Elements[k]);
            (int position, int place) = element.Signal.Locate(element.Index);
            var wire = new Wire(element.Signal, place);
            if (row == 0)
            {
                wires[column] = wire;
            }

            if (column == 0)
            {
                positions[row] = position;
            }

            count = count < 0 ? element.Signal.Positions : count;
            if (wire != wires[column] || position != positions[row] || element.Signal.Positions != count)
            {
                throw call.Refuse($"expected features of one step along the last axis, the same ones at every step, found those of several steps or rows, or others at each. A layer reads only the present step.");
            }
        }

        return new RowsOf(wires, positions, count);
    }

    /// <summary>A result with as many rows as the operand.</summary>
    /// <param name="signal">The signal.</param>
    /// <param name="shape">The shape.</param>
    public SignalValue Result(Signal signal, int[] shape)
    {
        var elements = new Element[Positions.Length * signal.Width];
        for (int k = 0; k < elements.Length; k++)
        {
            (int row, int column) = Math.DivRem(k, signal.Width);
            elements[k] = new Element(signal, (Positions[row] * signal.Width) + column);
        }

        return new SignalValue(shape, elements);
    }
}
