namespace RnnGen.Tests.Datasets;

/// <summary>Windows computed by hand. Column 0 is 10, 20, ..., 80: mean 45, deviation √525; column 1 is 1, -1, 1, ...: mean 0, deviation 1.</summary>
public class SeriesWindowsTests
{
    private static readonly float Deviation = MathF.Sqrt(525);
    private readonly Series _series = new(Enumerable.Range(1, 8).SelectMany(k => new float[] { 10 * k, k % 2 == 1 ? 1 : -1 }).ToArray(), columns: 2);

    [Fact]
    public void Rows_are_scaled_and_those_that_follow_are_the_target_of_the_last_step()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Horizon = 2, Stride = 2 });

        Assert.Equal(2, windows.Count);
        Assert.Equal((2, 4), (windows.Preparation.InputSize, windows.Preparation.OutputSize));
        Assert.Equal(2, windows.FirstRow(1));
        Near([Scaled(30), 1, Scaled(40), -1, Scaled(50), 1], windows.Inputs(1));
        Near([Scaled(60), -1, Scaled(70), 1], windows.Targets(1));
    }

    [Fact]
    public void Every_step_has_the_rows_after_it()
    {
        var one = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Targets = [0], EveryStep = true });
        var two = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Targets = [1, 0], EveryStep = true, Horizon = 2 });

        Assert.Equal(5, one.Count);
        Near([Scaled(30), Scaled(40), Scaled(50)], one.Targets(1));
        Assert.Equal(4, two.Count);
        Near([1, Scaled(30), -1, Scaled(40), -1, Scaled(40), 1, Scaled(50), 1, Scaled(50), -1, Scaled(60)], two.Targets(1));
    }

    [Fact]
    public void Inputs_and_targets_can_be_other_columns()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 2, Inputs = [1], Targets = [0] });

        Near([-1, 1], windows.Inputs(1));
        Near([Scaled(40)], windows.Targets(1));
    }

    [Fact]
    public void Relative_to_the_last_value()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Horizon = 2, Relative = RelativeTo.Last });

        Near([-20 / Deviation, 0, -10 / Deviation, -2, 0, 0], windows.Inputs(2));
        Near([10 / Deviation, -2, 20 / Deviation, 0], windows.Targets(2));
    }

    [Fact]
    public void Relative_to_the_mean_of_the_window()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Inputs = [0], Relative = RelativeTo.WindowMean });

        Near([-10 / Deviation, 0, 10 / Deviation], windows.Inputs(2));
        Near([20 / Deviation], windows.Targets(2));
    }

    [Theory]
    [InlineData(RelativeTo.Training)]
    [InlineData(RelativeTo.Last)]
    [InlineData(RelativeTo.WindowMean)]
    public void Targets_in_units_are_the_rows(RelativeTo relative)
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Horizon = 2, Targets = [1, 0], Relative = relative });

        for (int window = 0; window < windows.Count; window++)
        {
            float[] targets = [.. windows.Targets(window)];
            windows.ToUnits(window, targets);

            int row = windows.FirstRow(window) + 3;
            Near([_series[row, 1], _series[row, 0], _series[row + 1, 1], _series[row + 1, 0]], targets, 1e-5f);
        }
    }

    [Fact]
    public void Quantiles_of_a_value_follow_each_other()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 2, Relative = RelativeTo.Last });
        float[] outputs = [-1, 0, 1, -1, 0, 1];

        windows.ToUnits(0, outputs, perValue: 3);

        Near([20 - Deviation, 20, 20 + Deviation, -2, -1, 0], outputs, 1e-5f);
    }

    [Fact]
    public void Columns_known_in_advance_are_read_Horizon_rows_ahead()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 2, Horizon = 3, Known = [0] });

        Assert.Equal(4, windows.Count);
        Assert.Equal((2, 3), (windows.Preparation.InputSize, windows.Preparation.OutputSize));
        Near([1, Scaled(40), -1, Scaled(50)], windows.Inputs(0));
        Near([1, -1, 1], windows.Targets(0));
    }

    [Fact]
    public void Calendar_features_are_sine_and_cosine()
    {
        // Tuesday, the first quarter of a day; the middle of a leap year is the beginning of July 2.
        DateTime[] times = [new(2024, 7, 2), new(2024, 7, 2, 6, 0, 0), new(2024, 7, 2, 12, 0, 0)];
        var windows = new SeriesWindows(
            new Series(new float[] { 1, 2, 3 }, columns: 1, times),
            new SeriesOptions { Steps = 2, Calendar = CalendarFeatures.HourOfDay | CalendarFeatures.DayOfWeek | CalendarFeatures.DayOfYear });

        Assert.Equal(7, windows.Preparation.InputSize);
        double week = 2 * Math.PI / 7;
        Near([0, 1, (float)Math.Sin(week), (float)Math.Cos(week), 0, -1], windows.Inputs(0)[1..7], 1e-6f);
        Near([1, 0, (float)Math.Sin(1.25 * week), (float)Math.Cos(1.25 * week)], windows.Inputs(0)[8..12], 1e-6f);
    }

    [Fact]
    public void Parts_do_not_overlap_and_only_training_rows_decide_the_scaling()
    {
        float[] values = [1, 3, 1, 3, 100, 200, 300, 1e6f, -1e6f, 5];
        var options = new SeriesOptions { Steps = 2 };

        (SeriesWindows training, SeriesWindows validation, SeriesWindows test) = SeriesWindows.Split(new Series(values, columns: 1), options, trainingRows: 4, validationRows: 3);

        Assert.Equal((2, 1, 1), (training.Count, validation.Count, test.Count));
        Assert.Equal(2, training.Preparation.Means[0]);
        Assert.Equal(1, training.Preparation.Deviations[0]);
        Near([98, 198], validation.Inputs(0));
        Near([298], validation.Targets(0));
        Near([999_998, -1_000_002], test.Inputs(0));
        Near([3], test.Targets(0));
    }

    [Fact]
    public void A_constant_column_is_only_shifted()
    {
        var windows = new SeriesWindows(new Series(new float[] { 7, 7, 7 }, columns: 1), new SeriesOptions { Steps = 2 });

        Assert.Equal([0, 0], windows.Inputs(0));
    }

    [Fact]
    public void Drawing_a_window_allocates_nothing()
    {
        var windows = new SeriesWindows(
            _series, new SeriesOptions { Steps = 3, Horizon = 2, Relative = RelativeTo.WindowMean, Missing = MissingValues.Interpolate });
        float sum = windows.Inputs(0)[0] + windows.Targets(0)[0];
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int k = 0; k < 100; k++)
        {
            sum += windows.Inputs(k % 4)[0] + windows.Targets(k % 4)[0];
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.True(float.IsFinite(sum));
    }

    [Fact]
    public void Threads_draw_windows_of_their_own()
    {
        var windows = new SeriesWindows(_series, new SeriesOptions { Steps = 3, Relative = RelativeTo.Last });
        ReadOnlySpan<float> first = windows.Inputs(0);
        float[] kept = [.. first];

        var thread = new Thread(() => windows.Inputs(3));
        thread.Start();
        thread.Join();

        Assert.Equal(kept, first);
    }

    [Fact]
    public void Too_few_rows_are_said()
    {
        var options = new SeriesOptions { Steps = 7, Horizon = 2 };

        Assert.Contains("at least 9 rows (7 steps and a horizon of 2), found 8", Message(() => new SeriesWindows(_series, options)), StringComparison.Ordinal);
        Assert.Contains("found 3", Message(() => SeriesWindows.Split(_series, new SeriesOptions { Steps = 3 }, 4, 3)), StringComparison.Ordinal);
        Assert.StartsWith("The rows for test: ", Message(() => SeriesWindows.Split(_series, new SeriesOptions { Steps = 3 }, 4, 4)), StringComparison.Ordinal);
        Assert.StartsWith("The rows for validation: ", Message(() => SeriesWindows.Split(_series, new SeriesOptions { Steps = 3 }, 4, 2)), StringComparison.Ordinal);
        Assert.StartsWith("The rows for training: ", Message(() => SeriesWindows.Split(_series, new SeriesOptions { Steps = 3 }, 3, 4)), StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesWindows.Split(_series, options, 9, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesWindows.Split(_series, options, -1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => SeriesWindows.Split(_series, options, 1, -1));
        Assert.Contains(
            "at most 8 rows for training and validation, found 4 + 5",
            Assert.Throws<ArgumentOutOfRangeException>("validationRows", () => SeriesWindows.Split(_series, options, 4, 5)).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWindows(_series, options with { Steps = 3 }).Inputs(4).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesWindows(_series, options with { Steps = 3 }).Targets(-1).Length);
        Assert.Contains(
            "series of 2 columns, found 1", Message(() => new SeriesWindows(new Series(new float[9], 1), new SeriesWindows(_series, options with { Steps = 3 }).Preparation)), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_that_contradict_each_other_are_said()
    {
        var options = new SeriesOptions { Steps = 2 };
        (SeriesOptions Options, string Message)[] cases =
        [
            (options with { Inputs = [2] }, "Inputs: expected columns in 0 .. 1, found 2"),
            (options with { Targets = [-1] }, "Targets: expected columns in 0 .. 1, found -1"),
            (options with { Known = [0, 1] }, "Inputs: expected at least one column, found none"),
            (options with { Known = [0], Targets = [0] }, "column 0 is a target and cannot be known in advance"),
            (options with { Inputs = [0], Targets = [1], Relative = RelativeTo.Last }, "column 1 is a target and must be among Inputs"),
            (options with { EveryStep = true, Relative = RelativeTo.Last }, "expected Relative = Training"),
            (options with { EveryStep = true, Missing = MissingValues.Interpolate }, "expected Missing = Hold"),
            (options with { Mask = true }, "expected Missing = Hold or Interpolate"),
            (options with { Calendar = CalendarFeatures.HourOfDay }, "Expected a series with times"),
        ];

        Assert.All(cases, entry => Assert.Contains(entry.Message, Message(() => new SeriesWindows(_series, entry.Options)), StringComparison.Ordinal));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesOptions { Steps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesOptions { Steps = 1, Horizon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new SeriesOptions { Steps = 1, Stride = -1 });
    }

    private static string Message(Func<object> call) => Assert.ThrowsAny<ArgumentException>(call).Message;

    private static float Scaled(float value) => (value - 45) / Deviation;

    private static void Near(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual, float relative = 1e-6f)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], relative * Math.Max(1, Math.Abs(expected[k])));
        }
    }
}
