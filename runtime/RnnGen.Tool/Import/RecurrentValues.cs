namespace RnnGen.Tool.Import;

/// <summary>What recurrent layers read and give, whatever the file.</summary>
internal static class RecurrentValues
{
    /// <summary>Reads the inputs of all steps and rows, [steps, rows, features].</summary>
    /// <exception cref="ImportException">They are not those of all steps and rows, or not the same ones as in other layers.</exception>
    public static RowsOf Read(Call call, Value x)
    {
        var read = RowsOf.Read(call, x);
        (int steps, int rows) = (x.Shape[0], x.Shape[1]);
        return read.PositionCount == steps * rows && read.Positions.Distinct().Count() == read.Positions.Length && call.Context.SetGrid(new Grid(steps, rows, read.Positions))
            ? read
            : throw call.Refuse($"expected all steps and rows of its input, and the same ones in every recurrent layer, found {steps} steps of {rows} rows of {read.PositionCount}.");
    }

    /// <summary>The outputs of all steps, [steps, directions, rows, units].</summary>
    public static SignalValue Output(Call call, RecurrentSignal[] directions)
    {
        Grid grid = call.Context.Grid!;
        int units = directions[0].Width;
        int[] shape = [grid.Steps, directions.Length, grid.Rows, units];
        call.Take(shape);
        var y = new Element[Shapes.Count(shape)];
        int k = 0;
        for (int step = 0; step < grid.Steps; step++)
        {
            foreach (RecurrentSignal direction in directions)
            {
                for (int row = 0; row < grid.Rows; row++)
                {
                    for (int unit = 0; unit < units; unit++)
                    {
                        y[k++] = new Element(direction, (grid[step, row] * units) + unit);
                    }
                }
            }
        }

        return new SignalValue(shape, y);
    }

    /// <summary>A state after the last step of each direction, [directions, rows, units].</summary>
    public static SignalValue Final(Call call, RecurrentSignal[] directions, char state)
    {
        (int rows, int units) = (call.Context.Grid!.Rows, directions[0].Width);
        int[] shape = [directions.Length, rows, units];
        call.Take(shape);
        return new SignalValue(shape, [.. directions.SelectMany(direction => SignalValue.Of(new FinalStateSignal(direction, state, rows), [rows, units]).Elements)]);
    }
}
