using RnnGen.Testing;
using RnnGen.Tests.Allocation;

namespace RnnGen.Tests.Datasets;

/// <summary>A stream prepares row by row what windows are made of.</summary>
[Collection(nameof(AllocationTests))]
public class SeriesStreamTests
{
    private const float Missing = float.NaN;
    private static readonly float[] Values = [1, 10, Missing, 20, 3, Missing, Missing, Missing, 5, 50, 2, 20, 3, 30];
    private static readonly DateTime[] Times = [.. Enumerable.Range(0, 7).Select(k => new DateTime(2026, 3, 1).AddHours(k))];
    private static readonly Series Timed = new(Values, columns: 2, Times);

    [Fact]
    public void Rows_are_prepared_as_those_of_windows_are()
    {
        var windows = new SeriesWindows(
            Timed, new SeriesOptions { Steps = 6, EveryStep = true, Inputs = [1, 0], Missing = MissingValues.Hold, Mask = true, Calendar = CalendarFeatures.HourOfDay });
        SeriesStream stream = windows.Preparation.CreateStream();
        var inputs = new float[windows.Preparation.InputSize];

        for (int row = 0; row < 6; row++)
        {
            stream.Next(Values.AsSpan(2 * row, 2), inputs, Times[row]);

            Assert.Equal(windows.Inputs(0).Slice(row * inputs.Length, inputs.Length), inputs);
        }
    }

    [Fact]
    public void Before_its_first_value_a_column_has_the_mean_and_each_stream_its_own_memory()
    {
        SeriesPreparation preparation = SeriesPreparation.Of(Timed, new SeriesOptions { Steps = 6, Missing = MissingValues.Hold });
        (SeriesStream one, SeriesStream other) = (preparation.CreateStream(), preparation.CreateStream());
        (float[] first, float[] second) = ([9, 9], [9, 9]);

        one.Next([5, Missing], first);
        Assert.NotEqual(0, first[0]);
        Assert.Equal(0, first[1]);

        one.Next([Missing, Missing], second);
        Assert.Equal(first, second);

        other.Next([Missing, Missing], second);
        Assert.Equal([0, 0], second);
    }

    [Fact]
    public void Outputs_are_converted_to_units()
    {
        SeriesPreparation preparation = SeriesPreparation.Of(Timed, new SeriesOptions { Steps = 6, Missing = MissingValues.Hold });
        SeriesStream stream = preparation.CreateStream();
        var values = new float[2];

        stream.Next([4, 44], values);
        stream.ToUnits(values);

        Assert.Equal(4, values[0], 1e-5f);
        Assert.Equal(44, values[1], 1e-4f);
    }

    [Fact]
    public void A_row_that_is_refused_changes_nothing()
    {
        SeriesPreparation preparation = SeriesPreparation.Of(Timed, new SeriesOptions { Steps = 2, Missing = MissingValues.Hold, Calendar = CalendarFeatures.HourOfDay });
        SeriesStream stream = preparation.CreateStream();
        (float[] before, float[] after, float[] shared) = (new float[4], new float[4], new float[4]);
        stream.Next([1, 2], before, Times[0]);

        Assert.Contains("Column 1: expected a finite value", Message(() => stream.Next([9, float.NegativeInfinity], after, Times[0])), StringComparison.Ordinal);
        Assert.Contains("Expected a time", Message(() => stream.Next([9, 9], after)), StringComparison.Ordinal);
        Assert.Contains("length of 2, found 3", Message(() => stream.Next([9, 9, 9], after, Times[0])), StringComparison.Ordinal);
        Assert.Contains("length of 4, found 3", Message(() => stream.Next([9, 9], new float[3], Times[0])), StringComparison.Ordinal);
        Assert.Contains("overlap", Message(() => stream.Next(shared.AsSpan(0, 2), shared, Times[0])), StringComparison.Ordinal);
        Assert.Equal(new float[4], after);

        stream.Next([Missing, Missing], after, Times[0]);
        Assert.Equal(before, after);
    }

    [Fact]
    public void A_missing_value_is_refused_unless_it_is_held()
    {
        SeriesStream stream = SeriesPreparation.Of(Timed, new SeriesOptions { Steps = 2, Inputs = [1] }).CreateStream();

        stream.Next([Missing, 1], new float[1]);

        Assert.Contains("Column 1 is missing (NaN)", Message(() => stream.Next([1, Missing], new float[1])), StringComparison.Ordinal);
    }

    [Fact]
    public void What_needs_a_window_is_refused()
    {
        Refused("Relative = Last needs a whole window", new SeriesOptions { Steps = 2, Relative = RelativeTo.Last });
        Refused("Relative = WindowMean needs a whole window", new SeriesOptions { Steps = 2, Relative = RelativeTo.WindowMean });
        Refused("Missing = Interpolate needs a whole window", new SeriesOptions { Steps = 2, Missing = MissingValues.Interpolate });
        Refused("Known needs rows of the future", new SeriesOptions { Steps = 2, Known = [1] });

        static void Refused(string message, SeriesOptions options) => Assert.Contains(
            message, Assert.Throws<InvalidOperationException>(() => SeriesPreparation.Of(Timed, options).CreateStream()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_allocates_nothing()
    {
        SeriesStream stream = SeriesPreparation.Of(Timed, new SeriesOptions { Steps = 2, Missing = MissingValues.Hold, Mask = true }).CreateStream();
        float[] reading = [1, Missing];
        var inputs = new float[4];

        Allocations.None(() => stream.Next(reading, inputs), calls: 10);
    }

    private static string Message(Action call) => Assert.ThrowsAny<ArgumentException>(call).Message;
}
