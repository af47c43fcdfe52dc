namespace RnnGen.Interop;

/// <summary>
/// Matrices or vectors of all gates, in one array or several, against the layer's own array, [gates x units, columns] in the layer's order. Reading and
/// writing visit the same places.
/// </summary>
/// <param name="order">The order of the gates.</param>
/// <param name="gates">Number of the layer's gates.</param>
/// <param name="units">Number of units.</param>
/// <param name="columns">Number of sources; 1 for a vector.</param>
/// <param name="transposed">Whether the arrays are [columns, gates x units].</param>
internal sealed class GateArrays(GateOrder order, int gates, int units, int columns, bool transposed)
{
    /// <summary>Reads arrays.</summary>
    /// <param name="arrays">The arrays.</param>
    /// <param name="what">What they are, for messages.</param>
    /// <returns>[gates x units, columns].</returns>
    /// <exception cref="ArgumentException">They have another shape.</exception>
    public float[] Read(IReadOnlyList<WeightTensor> arrays, string what)
    {
        int gateSize = units * columns;
        if (arrays.Sum(array => (long)array.Values.Length) != (long)gateSize * order.Gates.Count)
        {
            throw Unexpected(arrays, what);
        }

        var values = new float[gates * gateSize];
        int first = 0;
        foreach (WeightTensor array in arrays)
        {
            int count = array.Values.Length / gateSize;
            if (count * gateSize != array.Values.Length || !Shapes.Fit(array.Shape, transposed ? columns : count * units))
            {
                throw Unexpected(arrays, what);
            }

            ReadOnlySpan<float> source = array.Values.Span;
            foreach ((int place, int own) in Places(first, count))
            {
                values[own] = source[place];
            }

            first += count;
        }

        return values;
    }

    /// <summary>Writes arrays, as many as the order says. Gates that the layer does not have are zero.</summary>
    /// <param name="values">[gates x units, columns].</param>
    public WeightTensor[] Write(ReadOnlySpan<float> values)
    {
        var arrays = new WeightTensor[order.Arrays.Count];
        int first = 0;
        for (int k = 0; k < arrays.Length; k++)
        {
            int rows = order.Arrays[k] * units;
            var target = new float[rows * columns];
            foreach ((int place, int own) in Places(first, order.Arrays[k]))
            {
                target[place] = values[own];
            }

            arrays[k] = new WeightTensor(target, columns == 1 && !transposed ? [rows] : transposed ? [columns, rows] : [rows, columns]);
            first += order.Arrays[k];
        }

        return arrays;
    }

    /// <summary>The elements of an array with some of the gates, and their places in the layer's array.</summary>
    private IEnumerable<(int Place, int Own)> Places(int first, int count)
    {
        int rows = count * units;
        for (int row = 0; row < rows; row++)
        {
            int gate = order.Gates[first + (row / units)];
            if (gate < 0)
            {
                continue;
            }

            int own = ((gate * units) + (row % units)) * columns;
            for (int column = 0; column < columns; column++)
            {
                yield return (transposed ? (column * rows) + row : (row * columns) + column, own + column);
            }
        }
    }

    private ArgumentException Unexpected(IReadOnlyList<WeightTensor> arrays, string what)
    {
        int rows = order.Gates.Count * units;
        string together = columns == 1 && !transposed ? $"[{rows}]" : transposed ? $"[{columns}, {rows}]" : $"[{rows}, {columns}]";
        string apart = columns == 1 && !transposed ? $"[{units}]" : transposed ? $"[{columns}, {units}]" : $"[{units}, {columns}]";
        string expected = order.Gates.Count == 1 ? together : $"{together} or {order.Gates.Count} arrays {apart}";
        bool isTurned = columns != 1 && arrays is [WeightTensor only] && only.Values.Length == rows * columns;
        string hint = isTurned ? $" If its {(transposed ? "rows" : "columns")} are the gates, set Transposed = {(transposed ? "false" : "true")} in the layout." : "";
        return new ArgumentException($"{what}: expected {expected}, found {Shapes.Text(arrays)}.{hint}", "weights");
    }
}
