using System.Globalization;

namespace RnnGen.Tests.Datasets;

public class SeriesPreparationTests
{
    private static readonly float[] Values = [.. Enumerable.Range(0, 40).Select(k => (k % 7) + (0.5f * k))];
    private static readonly Series Two = new(Values, columns: 2);
    private static readonly Series Timed = new(Values, columns: 2, Enumerable.Range(0, 20).Select(k => new DateTime(2026, 3, 1).AddHours(k)).ToArray());

    private static readonly SeriesOptions Options = new()
    {
        Steps = 4, Horizon = 2, Stride = 3, Targets = [1], Missing = MissingValues.Hold, Mask = true, Relative = RelativeTo.Last,
        Calendar = CalendarFeatures.HourOfDay | CalendarFeatures.DayOfYear,
    };

    [Theory]
    [InlineData(RelativeTo.Training)]
    [InlineData(RelativeTo.Last)]
    [InlineData(RelativeTo.WindowMean)]
    public void The_latest_rows_are_prepared_as_a_window_is(RelativeTo relative)
    {
        var windows = new SeriesWindows(Timed, Options with { Relative = relative });
        SeriesPreparation preparation = windows.Preparation;
        var inputs = new float[4 * preparation.InputSize];
        for (int window = 0; window < windows.Count; window++)
        {
            Series latest = Timed.Slice(0, windows.FirstRow(window) + 4);
            float[] outputs = [1, -1];
            float[] expected = [1, -1];

            preparation.Prepare(latest, inputs);
            preparation.ToUnits(latest, outputs);
            windows.ToUnits(window, expected);

            Assert.Equal(windows.Inputs(window), inputs);
            Assert.Equal(expected, outputs);
        }
    }

    [Fact]
    public void The_rows_of_the_future_have_what_is_known_in_advance()
    {
        var windows = new SeriesWindows(Two, new SeriesOptions { Steps = 3, Horizon = 2, Known = [1], Relative = RelativeTo.Last });
        float[] future = [.. Two.Slice(5, 5).Values];
        (future[6], future[8]) = (float.NaN, float.NaN);
        var latest = new Series(future, columns: 2);
        var inputs = new float[3 * windows.Preparation.InputSize];
        float[] outputs = [0, 0];

        windows.Preparation.Prepare(latest, inputs);
        windows.Preparation.ToUnits(latest, outputs);

        Assert.Equal(windows.Inputs(5), inputs);
        Assert.Equal(Two[7, 0], outputs[0], 1e-5f);
    }

    [Fact]
    public void A_stream_prepares_its_latest_row_alone()
    {
        var windows = new SeriesWindows(Two, new SeriesOptions { Steps = 4, EveryStep = true, Missing = MissingValues.Hold });
        var row = new float[2];
        float[] gap = [.. Two.Slice(0, 2).Values, float.NaN, Two[2, 1]];

        windows.Preparation.Prepare(Two.Slice(0, 3), row);
        Assert.Equal(windows.Inputs(0)[4..6], row);

        windows.Preparation.Prepare(new Series(gap, columns: 2), row);
        Assert.Equal([windows.Inputs(0)[2], windows.Inputs(0)[5]], row);
    }

    [Fact]
    public void It_is_stored_as_text()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        SeriesPreparation preparation = SeriesPreparation.Of(Timed, Options);

        SeriesPreparation read = SeriesPreparation.Parse(preparation.ToString());

        Assert.Equal(preparation.Means, read.Means);
        Assert.Equal(preparation.Deviations, read.Deviations);
        Assert.Equal((preparation.InputSize, preparation.OutputSize), (read.InputSize, read.OutputSize));
        Assert.Equal([1], read.Options.Targets!);
        Assert.Equal(Options with { Targets = null, Known = [] }, read.Options with { Targets = null, Known = Options.Known });
        Assert.Equal(preparation.ToString(), read.ToString());
    }

    [Fact]
    public void A_column_that_no_one_reads_may_be_empty()
    {
        var series = new Series(new[] { 1, float.NaN, 2, float.NaN, 3, float.NaN }, columns: 2);
        SeriesPreparation preparation = SeriesPreparation.Of(series, new SeriesOptions { Steps = 2, Inputs = [0] });

        Assert.Equal(2, SeriesPreparation.Parse(preparation.ToString()).Means[0]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{ "Options": { "Steps": 2 } }""")]
    [InlineData("""{ "Options": { "Steps": 0 }, "Means": [1], "Deviations": [1] }""")]
    [InlineData("""{ "Options": { "Steps": 2 }, "Means": [1], "Deviations": [0] }""")]
    [InlineData("""{ "Options": { "Steps": 2 }, "Means": [1, 2], "Deviations": [1] }""")]
    [InlineData("""{ "Options": { "Steps": 2, "Targets": [1] }, "Means": [1], "Deviations": [1] }""")]
    [InlineData("""{ "Options": { "Steps": 2, "Known": null }, "Means": [1], "Deviations": [1] }""")]
    public void Another_text_is_refused(string text) => Assert.ThrowsAny<ArgumentException>(() => SeriesPreparation.Parse(text));

    [Fact]
    public void Wrong_arguments()
    {
        SeriesPreparation preparation = SeriesPreparation.Of(Timed, Options);
        SeriesPreparation known = SeriesPreparation.Of(Two, new SeriesOptions { Steps = 3, Horizon = 2, Known = [1] });
        var inputs = new float[4 * preparation.InputSize];

        Assert.Contains("at least 4 rows, found 3", Message(() => preparation.Prepare(Timed.Slice(0, 3), inputs)), StringComparison.Ordinal);
        Assert.Contains("at least 3 rows, and 2 of the future, found 2", Message(() => known.Prepare(Two.Slice(0, 4), new float[6])), StringComparison.Ordinal);
        Assert.Contains("found none", Message(() => preparation.Prepare(Two, inputs)), StringComparison.Ordinal);
        Assert.Contains("1 to 4 steps of 8", Message(() => preparation.Prepare(Timed, new float[3])), StringComparison.Ordinal);
        Assert.Contains("length of 32, found 24", Message(() => preparation.Prepare(Timed, new float[24])), StringComparison.Ordinal);
        Assert.Contains("series of 2 columns, found 1", Message(() => preparation.ToUnits(new Series(new float[4], 1), [1, 1])), StringComparison.Ordinal);
        Assert.Contains("multiple of 6 outputs, found 4", Message(() => preparation.ToUnits(Timed, new float[4], perValue: 3)), StringComparison.Ordinal);
        Assert.Contains("found 0", Message(() => preparation.ToUnits(Timed, [])), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => preparation.ToUnits(Timed, [1], perValue: 0));
    }

    private static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
