using System.Numerics.Tensors;
using RnnGen;
using RnnGen.Samples;

/// <summary>The forecasts from every hour of some months, in the units of the readings, beside what was measured.</summary>
internal sealed class Forecasts
{
    private const int Low = 0;
    private const int Median = 1;
    private const int High = 2;
    private const int Quantiles = 3;

    private static readonly string[] Names = ["HUFL", "HULL", "MUFL", "MULL", "LUFL", "LULL", "OT"];

    private readonly SeriesWindows _windows;
    private readonly float[][] _outputs;

    /// <summary>Runs the models, and takes the mean of what they say.</summary>
    /// <param name="dispatchers">The models.</param>
    /// <param name="windows">Where it forecasts from.</param>
    /// <param name="widening">By how much each column's intervals are widened, on both sides; null for not at all.</param>
    public Forecasts(Dispatcher[] dispatchers, SeriesWindows windows, double[]? widening = null)
    {
        _windows = windows;
        _outputs = new float[windows.Count][];
        float[][][] answers = Array.ConvertAll(dispatchers, dispatcher => dispatcher.Predict(windows));
        for (int window = 0; window < windows.Count; window++)
        {
            float[] outputs = _outputs[window] = new float[Dispatcher.OutputSize];
            foreach (float[][] answer in answers)
            {
                TensorPrimitives.MultiplyAdd(answer[window], 1f / dispatchers.Length, outputs, outputs);
            }

            windows.ToUnits(window, outputs, perValue: Quantiles);
            for (int value = 0; widening is not null && value < outputs.Length / Quantiles; value++)
            {
                outputs[(value * Quantiles) + Low] -= (float)widening[value % Station.Columns];
                outputs[(value * Quantiles) + High] += (float)widening[value % Station.Columns];
            }
        }
    }

    /// <summary>The share of measured values between the outer quantiles.</summary>
    public double Coverage => Enumerable.Range(0, Station.Columns).SelectMany(Distances).Average(distance => distance <= 0 ? 1 : 0);

    /// <summary>
    /// By how much the intervals of each column must be widened on both sides, or narrowed, to cover a share of what was measured: conformalized quantile
    /// regression (Romano, Patterson, Candès 2019).
    /// </summary>
    public double[] Shortage(double share) => [.. Enumerable.Range(0, Station.Columns).Select(column =>
    {
        double[] distances = [.. Distances(column).Order()];
        return distances[(int)(share * (distances.Length - 1))];
    })];

    /// <summary>The number of columns whose mean squared error is less than that of the day before, which is repeated.</summary>
    public int BetterColumns()
    {
        int better = 0;
        for (int column = 0; column < Station.Columns; column++)
        {
            double error = Values(column).Average(v => Math.Pow(v.Quantiles[Median] - v.Measured, 2));
            double naive = Values(column).Average(v => Math.Pow(v.DayBefore - v.Measured, 2));
            Console.WriteLine($"{Names[column]}: mean squared error {error:0.000}, seasonal naive {naive:0.000}, coverage {100 * Distances(column).Average(distance => distance <= 0 ? 1 : 0):0.0} %");
            better += error < naive ? 1 : 0;
        }

        return better;
    }

    /// <summary>Draws five days of the last column, each forecast at midnight.</summary>
    public void Draw(string path)
    {
        const int Column = Station.Columns - 1;
        int first = Math.Max(0, Math.Min(_windows.Count - 1, 10 * Station.Day) - (4 * Station.Day));
        int[] midnights = [.. Enumerable.Range(0, 5).Select(day => first + (day * Station.Day)).Where(window => window < _windows.Count)];
        var plot = new Plot($"{Names[Column]}: five days, each forecast at its beginning", "day", "degrees");
        plot.Add("measured", midnights.SelectMany(window => Day(window, v => v.Measured)));
        plot.Add("median", midnights.SelectMany(window => Day(window, v => v.Quantiles[Median])));
        plot.Add("nine of ten are above", midnights.SelectMany(window => Day(window, v => v.Quantiles[Low])));
        plot.Add("nine of ten are below", midnights.SelectMany(window => Day(window, v => v.Quantiles[High])));
        plot.Save(path);

        IEnumerable<(double, double)> Day(int window, Func<Value, double> choose) =>
            Enumerable.Range(0, Station.Day).Select(hour => ((window - first + hour) / (double)Station.Day, choose(At(window, hour, Column))));
    }

    /// <summary>How far each measured value lies outside of its interval; negative inside.</summary>
    private IEnumerable<double> Distances(int column) => Values(column).Select(v => (double)Math.Max(v.Quantiles[Low] - v.Measured, v.Measured - v.Quantiles[High]));

    private IEnumerable<Value> Values(int column) =>
        Enumerable.Range(0, _outputs.Length).SelectMany(window => Enumerable.Range(0, Station.Day).Select(hour => At(window, hour, column)))
            .Where(v => float.IsFinite(v.Measured) && float.IsFinite(v.DayBefore));

    private Value At(int window, int hour, int column)
    {
        int row = _windows.FirstRow(window) + Station.Week + hour;
        int value = (hour * Station.Columns) + column;
        return new(_outputs[window].AsMemory(value * Quantiles, Quantiles), _windows.Series[row, column], _windows.Series[row - Station.Day, column]);
    }

    private readonly record struct Value(ReadOnlyMemory<float> Memory, float Measured, float DayBefore)
    {
        public ReadOnlySpan<float> Quantiles => Memory.Span;
    }
}
