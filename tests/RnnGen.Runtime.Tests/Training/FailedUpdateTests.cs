using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>A window that cannot be read ends a training where the update before has left it.</summary>
public sealed class FailedUpdateTests
{
    private static readonly Sequences<float, float> Windows = Data();

    // The first, a middle and the last window of an update, and in the second epoch.
    [Theory]
    [InlineData(DataOrder.Sequential, true, 1, 10)]
    [InlineData(DataOrder.Sequential, true, 1, 14)]
    [InlineData(DataOrder.Sequential, true, 3, 18)]
    [InlineData(DataOrder.Sequential, true, 1, 23)]
    [InlineData(DataOrder.Shuffled, false, 1, 14)]
    [InlineData(DataOrder.Shuffled, false, 3, 23)]
    [InlineData(DataOrder.Random, false, 1, 14)]
    public void Fit_goes_on_where_the_update_before_has_ended(DataOrder order, bool carry, int workers, int read)
    {
        var options = new FitOptions { Updates = 4, BatchSize = 9, Order = order, CarryState = carry, CheckData = DataCheck.None };
        using Shared.Trainer whole = Trainer(workers);
        using Shared.Trainer failing = Trainer(workers);
        var data = new FailingOnce<float, float>(Windows, read);

        whole.Fit(Windows, null, options);
        Assert.Throws<InvalidOperationException>(() => failing.Fit(data, null, options));
        failing.Fit(data, null, options);

        Same.Bits(whole.Model.Parameters, failing.Model.Parameters, "weights");
    }

    [Fact]
    public void Lanes_go_on_where_the_update_before_has_ended()
    {
        int[] text = [.. Enumerable.Range(0, 145).Select(k => k * k % 7 % 4)];
        TokenWindows data = TokenWindows.Lanes(text, 6, lanes: 12);
        var options = new FitOptions { Updates = 5, BatchSize = 12, Order = DataOrder.Sequential, CarryState = true, CheckData = DataCheck.None };
        var whole = new Batches.TokenBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        var failing = new Batches.TokenBatch(seed: 4).CreateTrainer(new Sgd(0.5f));
        whole.Fit(data, null, options);

        // In the second batch of lanes of the second update.
        Dataset<int, int> once = new FailingOnce<int, int>(data, read: 23);
        Assert.Throws<InvalidOperationException>(() => failing.Fit(once, null, options));
        failing.Fit(once, null, options);

        Same.Bits(whole.Model.Parameters, failing.Model.Parameters, "weights");
    }

    private static Shared.Trainer Trainer(int workers)
    {
        Shared.Trainer trainer = new Shared(seed: 1).CreateTrainer(new Adam(0.01f));
        trainer.Workers = workers;
        return trainer;
    }

    private static Sequences<float, float> Data()
    {
        var random = new Random(5);
        float[][] Numbers(int length) => [.. Enumerable.Range(0, 18).Select(_ => TestNumbers.Random(random, length))];
        return new Sequences<float, float>(Numbers(50 * 4), Numbers(50));
    }

    private sealed class FailingOnce<TInput, TTarget>(Dataset<TInput, TTarget> data, int read) : Dataset<TInput, TTarget>
    {
        private int _reads;

        public override int Count => data.Count;

        public override ReadOnlySpan<TInput> Inputs(int index) =>
            Interlocked.Increment(ref _reads) == read ? throw new InvalidOperationException("It cannot be read.") : data.Inputs(index);

        public override ReadOnlySpan<TTarget> Targets(int index) => data.Targets(index);
    }
}
