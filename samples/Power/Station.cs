using System.Globalization;
using RnnGen.Samples;
using RnnGen;
using Sylvan.Data.Csv;

/// <summary>Hourly readings of a transformer station: of a file, or made up.</summary>
internal static class Station
{
    public const int Columns = 7;
    public const int Day = 24;
    public const int Week = 7 * Day;
    public const int Month = 30 * Day;

    /// <summary>Reads a CSV file with a heading, a date in its first column, and numbers in the next seven, of which some may be missing.</summary>
    public static Series Read(string path)
    {
        using CsvDataReader csv = CsvDataReader.Create(path, new CsvDataReaderOptions { Culture = CultureInfo.InvariantCulture });
        (List<float> values, List<DateTime> times) = ([], []);
        while (csv.Read())
        {
            times.Add(csv.GetDateTime(0));
            values.AddRange(Enumerable.Range(1, Columns).Select(column => csv.GetFieldSpan(column).IsWhiteSpace() ? float.NaN : csv.GetFloat(column)));
        }

        return new Series(values.ToArray(), Columns, times.ToArray());
    }

    /// <summary>
    /// Readings of the same kind: useful and useless load at three voltages, each with a level that drifts, a day, a week, and errors that last for hours; and
    /// the temperature of the oil, which follows season and load.
    /// </summary>
    public static Series MakeUp(int seed)
    {
        const int Rows = 20 * Month;
        var random = new Random(seed);
        var values = new float[Rows * Columns];
        var levels = new double[Columns];
        var errors = new double[Columns];
        double oil = 0;
        for (int row = 0; row < Rows; row++)
        {
            double hour = 2 * Math.PI * row / Day;
            double week = row % Week < 5 * Day ? 1 : 0.6;
            double season = Math.Cos(2 * Math.PI * row / (365.0 * Day));
            for (int column = 0; column < Columns - 1; column++)
            {
                double shape = Math.Sin(hour - 1.8 - (0.2 * column)) + (0.5 * Math.Sin((2 * hour) + (0.4 * column)));
                levels[column] = (0.999 * levels[column]) + (0.06 * random.NextNormal());
                errors[column] = (0.8 * errors[column]) + (0.25 * random.NextNormal());
                double size = 6 / (1.0 + column);
                values[(row * Columns) + column] = (float)(size * (2 + levels[column] + (week * shape) + errors[column]));
            }

            double warmth = 18 + (10 * season) + (4 * Math.Sin(hour - 2.2)) + (0.3 * values[row * Columns]) + (3 * levels[^1]);
            levels[^1] = (0.998 * levels[^1]) + (0.06 * random.NextNormal());
            oil = row == 0 ? warmth : oil + ((warmth - oil) / 6) + (0.4 * random.NextNormal());
            values[(row * Columns) + Columns - 1] = (float)oil;
        }

        return new Series(values, Columns, Enumerable.Range(0, Rows).Select(row => new DateTime(2016, 7, 1).AddHours(row)).ToArray());
    }

    /// <summary>A copy of which a share of the values is missing.</summary>
    public static Series WithGaps(Series series, double share, int seed)
    {
        var random = new Random(seed);
        return new Series(Array.ConvertAll(series.Values.ToArray(), value => random.NextDouble() < share ? float.NaN : value), series.Columns, series.Times.ToArray());
    }
}
