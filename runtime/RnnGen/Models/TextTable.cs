namespace RnnGen;

/// <summary>Tables for people, in columns of equal width.</summary>
internal static class TextTable
{
    /// <summary>The lines of a table, without spaces at their ends.</summary>
    /// <param name="rows">The cells, row by row; the first row has the headings.</param>
    /// <param name="isNumber">Whether a column has numbers, which are aligned to the right.</param>
    /// <returns>A line for each row.</returns>
    public static IEnumerable<string> Lines(IReadOnlyList<string[]> rows, Func<int, bool> isNumber)
    {
        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length))];
        return rows.Select(row => string.Join("  ", row.Select((cell, column) => isNumber(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
    }
}
