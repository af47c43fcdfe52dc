using RnnGen.CompilerServices;

namespace RnnGen.Tests.Numerics;

public class TranspositionTests
{
    // Units, tile, rows, the copy's tile: whole blocks of four and of sixteen, what is left of them in both directions, several tiles, vectors.
    [Theory]
    [InlineData(16, 16, 16, 16)]
    [InlineData(20, 32, 20, 32)]
    [InlineData(33, 16, 19, 16)]
    [InlineData(34, 16, 35, 16)]
    [InlineData(31, 32, 3, 16)]
    [InlineData(1, 16, 40, 48)]
    [InlineData(50, 48, 1, 16)]
    [InlineData(37, 16, 1, 1)]
    public void Every_number_arrives_and_nothing_else_is_touched(int units, int tile, int rows, int copyTile)
    {
        const float Untouched = 42;
        const int Between = 16;
        PackedMatrix source = Matrix(offset: 16, units, tile, rows, Between);
        PackedMatrix target = Matrix(offset: 32, rows, copyTile, units, copyTile == 1 ? 0 : Between);
        float[] weights = [.. Enumerable.Range(1, Length(source) + 64).Select(k => (float)k)];
        var copies = new float[Length(target) + 64];
        Array.Fill(copies, Untouched);
        for (int unit = 0; unit < (rows + copyTile - 1) / copyTile * copyTile; unit++)
        {
            for (int row = 0; row < units; row++)
            {
                copies[target.At(unit, row)] = 0;
            }
        }

        float[] expected = [.. copies];
        for (int unit = 0; unit < units; unit++)
        {
            for (int row = 0; row < rows; row++)
            {
                expected[target.At(row, unit)] = weights[source.At(unit, row)];
            }
        }

        new Transposition(source, target).Run(weights, copies);

        Assert.Equal(expected, copies);
    }

    /// <summary>The rows of another matrix are between those of this one.</summary>
    private static PackedMatrix Matrix(int offset, int units, int tile, int rows, int between) =>
        new(offset, units, tile, rows * (tile + between), rows, tile + between);

    private static int Length(PackedMatrix matrix) => matrix.At((matrix.Units + matrix.Tile - 1) / matrix.Tile * matrix.Tile - 1, matrix.Rows - 1) + 1;
}
