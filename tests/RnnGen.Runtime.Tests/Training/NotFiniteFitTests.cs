using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Fit ends by itself where nothing is learned because nothing is finite.</summary>
public class NotFiniteFitTests
{
    private static readonly FitOptions Options = new() { Updates = 1000, Order = DataOrder.Sequential, CheckData = DataCheck.None };

    [Fact]
    public void A_NaN_in_every_window()
    {
        ShortLstm.Trainer trainer = Trainer();

        FitResult result = trainer.Fit(Data(windows: 7, window => true), null, Options);

        Assert.Equal((StopReason.NotFinite, 100, 100), (result.StopReason, result.Updates, result.SkippedUpdates));
        Assert.Equal(0, trainer.Optimizer.Updates);

        // Another call counts anew.
        result = trainer.Fit(Data(windows: 7, window => true), null, Options);
        Assert.Equal((StopReason.NotFinite, 200, 200), (result.StopReason, result.Updates, result.SkippedUpdates));
    }

    [Theory]
    [InlineData(1, 250)]
    [InlineData(2, 125)]
    [InlineData(3, 100)]
    public void Every_window_is_seen_once(int batch, int updates) =>
        Assert.Equal((StopReason.NotFinite, updates), EndOf(Data(windows: 250, window => true), Options with { BatchSize = batch }));

    [Fact]
    public void A_good_window_among_bad_ones_goes_on() =>
        Assert.Equal((StopReason.Completed, 1000), EndOf(Data(windows: 120, window => window != 50), Options));

    [Fact]
    public void Bad_windows_behind_each_other_that_are_not_all_go_on() =>
        Assert.Equal((StopReason.Completed, 1000), EndOf(Data(windows: 250, window => window < 200), Options));

    [Fact]
    public void All_updates_of_a_short_call_are_enough()
    {
        ShortLstm.Trainer trainer = Trainer();

        Assert.Equal(StopReason.NotFinite, trainer.Fit(Data(5, window => window < 3), null, Options with { Updates = 3 }).StopReason);
        FitResult result = trainer.Fit(Data(5, window => window < 3), null, Options with { Updates = 5 });

        Assert.Equal((StopReason.Completed, 5, 3), (result.StopReason, result.Updates, result.SkippedUpdates));
    }

    // A mini-batch without a target moves no weight, and is no sign of anything that is not finite.
    [Fact]
    public void Windows_without_targets_are_none_of_these()
    {
        var data = new Sequences<float, float>([new float[9]], [[.. Enumerable.Repeat(float.NaN, 6)]]);

        Assert.Equal((StopReason.Completed, 1000), EndOf(data, Options));
    }

    private static (StopReason Reason, long Updates) EndOf(Sequences<float, float> data, FitOptions options)
    {
        FitResult result = Trainer().Fit(data, null, options);
        return (result.StopReason, result.Updates);
    }

    private static ShortLstm.Trainer Trainer() => new ShortLstm(seed: 1).CreateTrainer(new Adam(1e-3f));

    private static Sequences<float, float> Data(int windows, Func<int, bool> isBad)
    {
        var random = new Random(1);
        float[][] inputs = [.. Enumerable.Range(0, windows).Select(_ => TestNumbers.Random(random, 9))];
        for (int window = 0; window < windows; window++)
        {
            inputs[window][4] = isBad(window) ? float.NaN : 0;
        }

        return new Sequences<float, float>(inputs, inputs.Select(_ => TestNumbers.Random(random, 6)));
    }
}
