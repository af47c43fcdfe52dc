namespace RnnGen.Tests.Datasets;

/// <summary>Missing values. The values that are there have mean 0 and deviation 1 or 2, so that windows are easy to read.</summary>
public class SeriesGapsTests
{
    private const float No = float.NaN;

    // Mean 0, deviation 2.
    private static readonly float[] Values = [No, 2, No, No, -2, No, 2, -2];

    [Fact]
    public void They_are_refused_unless_asked_for()
    {
        var e = Assert.Throws<ArgumentException>(() => Windows(new SeriesOptions { Steps = 3 }));

        Assert.Contains("Row 0, column 0 is missing (NaN)", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_gap_that_only_targets_have_is_no_input()
    {
        var windows = new SeriesWindows(new Series(new[] { 1, -1, No }, columns: 1), new SeriesOptions { Steps = 2 });

        Assert.Equal([1, -1], windows.Inputs(0));
        Assert.Equal([No], windows.Targets(0));
    }

    [Fact]
    public void Hold_has_the_last_value_and_before_the_first_one_the_mean()
    {
        SeriesWindows windows = Windows(new SeriesOptions { Steps = 4, Missing = MissingValues.Hold });

        Assert.Equal([0, 1, 1, 1], windows.Inputs(0));
        Assert.Equal([1, 1, -1, -1], windows.Inputs(2));
        Assert.Equal([-1], windows.Targets(0));
        Assert.Equal([No], windows.Targets(1));
    }

    [Fact]
    public void Interpolation_has_nothing_of_later_rows()
    {
        SeriesWindows windows = Windows(new SeriesOptions { Steps = 4, Missing = MissingValues.Interpolate });

        // The gap of rows 2 and 3 ends after the first window, but inside the second.
        Assert.Equal([0, 1, 1, 1], windows.Inputs(0));
        Near([1, 1 / 3f, -1 / 3f, -1], windows.Inputs(1));
        Near([-1 / 3f, -1, 0, 1], windows.Inputs(3));
    }

    /// <summary>Whatever follows a window, it stays the same.</summary>
    [Theory]
    [InlineData(MissingValues.Hold, RelativeTo.Training)]
    [InlineData(MissingValues.Hold, RelativeTo.Last)]
    [InlineData(MissingValues.Interpolate, RelativeTo.Training)]
    [InlineData(MissingValues.Interpolate, RelativeTo.WindowMean)]
    public void No_window_depends_on_its_future(MissingValues missing, RelativeTo relative)
    {
        SeriesWindows windows = Windows(new SeriesOptions { Steps = 3, Missing = missing, Relative = relative, Mask = true });
        for (int window = 0; window < windows.Count; window++)
        {
            int end = windows.FirstRow(window) + 3;
            float[] changed = [.. Values[..end], .. Enumerable.Repeat(77f, Values.Length - end)];
            var others = new SeriesWindows(new Series(changed, columns: 1), windows.Preparation);

            Assert.Equal(windows.Inputs(window), others.Inputs(window));
        }
    }

    [Fact]
    public void Relative_to_the_last_value_that_was_measured()
    {
        SeriesWindows windows = Windows(new SeriesOptions { Steps = 4, Missing = MissingValues.Hold, Relative = RelativeTo.Last });

        // Before the first value: nothing, which is the last value itself.
        Assert.Equal([0, 0, 0, 0], windows.Inputs(0));
        Assert.Equal([-2], windows.Targets(0));
        Assert.Equal([2, 2, 0, 0], windows.Inputs(2));
        Assert.Equal([2], windows.Targets(2));
    }

    [Fact]
    public void The_mean_is_that_of_the_filled_window()
    {
        SeriesWindows windows = Windows(new SeriesOptions { Steps = 4, Missing = MissingValues.Hold, Relative = RelativeTo.WindowMean });

        // Row 0 has no value, and does not count.
        Assert.Equal([0, 0, 0, 0], windows.Inputs(0));
        Assert.Equal([0.5f, 0.5f, 0.5f, -1.5f], windows.Inputs(1));
    }

    [Fact]
    public void Nothing_measured_is_the_mean_of_the_training_rows()
    {
        SeriesPreparation preparation = Windows(new SeriesOptions { Steps = 2, Missing = MissingValues.Hold, Relative = RelativeTo.Last }).Preparation;
        var windows = new SeriesWindows(new Series(new[] { No, No, 4 }, columns: 1), preparation);
        float[] output = [0.5f];

        windows.ToUnits(0, output);

        Assert.Equal([0, 0], windows.Inputs(0));
        Assert.Equal([2], windows.Targets(0));
        Assert.Equal([1], output);
    }

    [Fact]
    public void A_mask_says_what_was_measured()
    {
        float[] two = [.. Values.SelectMany(value => new[] { value, 1 })];
        var windows = new SeriesWindows(new Series(two, columns: 2), new SeriesOptions { Steps = 2, Missing = MissingValues.Hold, Mask = true });

        Assert.Equal(4, windows.Preparation.InputSize);
        Assert.Equal([1, 0, 1, 1, 1, 0, 0, 1], windows.Inputs(1));
    }

    [Fact]
    public void Statistics_leave_them_out()
    {
        SeriesPreparation preparation = SeriesPreparation.Of(new Series(Values, columns: 1), new SeriesOptions { Steps = 2 });

        Assert.Equal((0, 2), (preparation.Means[0], preparation.Deviations[0]));
        Assert.Contains(
            "column 0 has no value in the training rows",
            Assert.Throws<ArgumentException>(() => SeriesPreparation.Of(new Series(new[] { No, No }, columns: 1), new SeriesOptions { Steps = 1 })).Message,
            StringComparison.Ordinal);
    }

    private static SeriesWindows Windows(SeriesOptions options) => new(new Series(Values, columns: 1), options);

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], 1e-6f);
        }
    }
}
