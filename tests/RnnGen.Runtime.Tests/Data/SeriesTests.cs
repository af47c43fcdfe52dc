using System.Globalization;

namespace RnnGen.Tests.Datasets;

public class SeriesTests
{
    private static readonly DateTime Start = new(2026, 1, 31, 22, 0, 0);
    private readonly float[] _values = [1, 10, 2, 20, 3, float.NaN];

    [Fact]
    public void Rows_columns_and_slices_share_the_values()
    {
        var series = new Series(_values, columns: 2, new[] { Start, Start.AddHours(1), Start.AddHours(4) });
        Series last = series.Slice(1, 2);

        _values[2] = 42;

        Assert.Equal((3, 2), (series.Rows, series.Columns));
        Assert.Equal((2, 2), (last.Rows, last.Columns));
        Assert.Equal([42, 20, 3, float.NaN], last.Values);
        Assert.Equal([Start.AddHours(1), Start.AddHours(4)], last.Times);
        Assert.Equal((42, 20), (last[0, 0], last[0, 1]));
        Assert.Equal(0, series.Slice(3, 0).Rows);
    }

    [Fact]
    public void A_list_of_values_is_a_series()
    {
        Assert.Equal([1, 2], new Series([1f, 2f], 2).Values);
        Assert.Equal(2, new Series(new float[] { 1, 2, 3, 4 }.AsMemory(), 2).Rows);
        Assert.Throws<ArgumentNullException>("values", () => new Series(null!, 2));
    }

    [Fact]
    public void Times_are_optional() => Assert.False(new Series(_values, columns: 2).HasTimes);

    [Fact]
    public void A_row_out_of_order_is_said_with_both_times()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("ar-SA");
        var e = Assert.Throws<ArgumentException>(() => new Series(_values, columns: 2, new[] { Start, Start.AddHours(2), Start.AddMinutes(90) }));

        Assert.Equal("times", e.ParamName);
        Assert.Contains("row 2 is out of order: 2026-01-31 23:30:00 comes after 2026-02-01 00:00:00 of row 1", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void So_is_a_repeated_row()
    {
        var e = Assert.Throws<ArgumentException>(() => new Series(_values, columns: 2, new[] { Start, Start, Start.AddHours(1) }));

        Assert.Contains("row 1 is repeated: 2026-01-31 22:00:00 comes after 2026-01-31 22:00:00 of row 0", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_arguments()
    {
        Assert.Contains("rows of 4 values, found 6", Assert.Throws<ArgumentException>(() => new Series(_values, columns: 4)).Message, StringComparison.Ordinal);
        Assert.Contains("times of 3 rows, found 1", Assert.Throws<ArgumentException>(() => new Series(_values, columns: 2, new[] { Start })).Message, StringComparison.Ordinal);
        Assert.Contains("Row 1, column 0", Assert.Throws<ArgumentException>(() => new Series(new[] { 1, 2, float.NegativeInfinity, 3 }, columns: 2)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Series(_values, columns: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Series(_values, columns: 2).Slice(4, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Series(_values, columns: 2).Slice(2, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Series(_values, columns: 2)[3, 0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Series(_values, columns: 2)[0, -1]);
    }
}
