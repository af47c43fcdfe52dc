using RnnGen.Tests.Allocation;
using RnnGen.Tests.Checkpoints;
using RnnGen.Tests.Models;

namespace RnnGen.Tests.Training;

/// <summary>Large enough for a mini-batch of a few windows to be worth a second thread.</summary>
[RnnModel(inputSize: 4, sequenceLength: 50)]
internal sealed partial class Shared
{
    [Gru(32)]
    public partial Layer Memory { get; }

    [Dropout(0.25)]
    public partial Layer Dropped { get; }

    [Linear(1)]
    public partial Layer Value { get; }
}

[RnnModel(inputSize: 4, sequenceLength: 50), Gru(32), Linear(1)]
internal sealed partial class SharedPlain;

/// <summary>Mini-batches over several cores.</summary>
[Collection(nameof(AllocationTests))]
public sealed class WorkersTests
{
    private const int Batch = 9;

    private static readonly int[] All = [.. Enumerable.Range(0, Batch)];

    private static readonly Sequences<float, float> Windows = Data(Batch);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void The_same_number_of_workers_gives_the_same_weights(int workers)
    {
        float[] first = Train(workers);

        Assert.Equal(first, Train(workers));
        Assert.NotEqual(first, Train(1));
    }

    [Fact]
    public void Workers_sum_up_what_one_alone_does()
    {
        using SharedPlain.Trainer one = PlainTrainer(1);
        using SharedPlain.Trainer three = PlainTrainer(3);

        Same.About(one.Accumulate(Windows, All), three.Accumulate(Windows, All), 1e-6, "loss");

        Assert.Equal(one.Tape.TargetCount, three.Tape.TargetCount);
        Same.About(one.Tape.LossSum, three.Tape.LossSum, 1e-5, "loss");
        Same.About(one.Tape.Gradients, three.Tape.Gradients, 1e-4, "gradient");
        Same.About(one.Update(), three.Update(), 1e-6, "loss");
        Assert.Equal(0, three.Tape.TargetCount);
    }

    [Fact]
    public void Windows_are_shared_among_threads_unless_there_is_too_little_to_do()
    {
        var data = new Watched(Windows);
        using Shared.Trainer trainer = Trainer(2);

        trainer.Train(data, All);
        Assert.Equal(2, data.Threads.Count);
        Assert.Equal(All, data.Seen.Order());

        data.Clear();
        trainer.Train(data, All[..2]);
        Assert.Equal([Environment.CurrentManagedThreadId], data.Threads);
    }

    [Fact]
    public void Each_lane_has_its_own_state()
    {
        var options = new FitOptions { Updates = 7, BatchSize = 6, Order = DataOrder.Sequential, CarryState = true };
        using SharedPlain.Trainer one = PlainTrainer(1);
        using SharedPlain.Trainer two = PlainTrainer(2);
        Sequences<float, float> lanes = Data(18);

        one.Fit(lanes, null, options);
        two.Fit(lanes, null, options);

        Same.About(one.Model.Parameters, two.Model.Parameters, 1e-4, "weight");
    }

    [Fact]
    public void A_worker_that_fails_says_so_and_leaves_nothing_behind()
    {
        var data = new Watched(Windows) { Fails = 8 };
        using SharedPlain.Trainer trainer = PlainTrainer(3);
        trainer.Accumulate(Windows, 0);

        InvalidOperationException e = Assert.Throws<InvalidOperationException>(() => trainer.Train(data, All));
        Assert.Equal("window 8", e.Message);
        Assert.Throws<InvalidOperationException>(() => trainer.Update());

        // As if nothing had been.
        using SharedPlain.Trainer other = PlainTrainer(3);
        Assert.Equal(other.Train(Windows, All), trainer.Train(Windows, All));
        Assert.Equal(other.Model.Parameters.ToArray(), trainer.Model.Parameters.ToArray());
    }

    [Fact]
    public void A_resumed_training_goes_on_bit_for_bit()
    {
        using var folder = new TemporaryFolder();
        var options = new FitOptions { Updates = 6, BatchSize = 7, Order = DataOrder.Shuffled, Seed = 3 };
        using Shared.Trainer whole = Trainer(2);
        using Shared.Trainer first = Trainer(2);
        using Shared.Trainer second = new Shared(seed: 9).CreateTrainer(new Adam(0.01f));
        second.Workers = 2;

        whole.Fit(Windows, null, options);
        first.Fit(Windows, null, options with { Updates = 2 });
        first.Save(folder.File("training"));
        second.Resume(folder.File("training"));
        second.Fit(Windows, null, options);

        Assert.Equal(whole.Model.Parameters.ToArray(), second.Model.Parameters.ToArray());
    }

    [Fact]
    public void Nothing_is_allocated_in_any_thread()
    {
        using Shared.Trainer trainer = Trainer(3);
        Sequences<float, float> many = Data(50);
        trainer.Train(Windows, All);
        trainer.Evaluate(many);
        long least = long.MaxValue;
        for (int round = 0; round < 10 && least > 0; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            for (int k = 0; k < 20; k++)
            {
                trainer.Train(Windows, All);
                trainer.Evaluate(many);
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void Scores_are_shared_among_threads_too()
    {
        Sequences<float, float> data = Data(50);
        var watched = new Watched(data);
        using SharedPlain.Trainer one = PlainTrainer(1);
        using SharedPlain.Trainer three = PlainTrainer(3);
        Score expected = one.Evaluate(data);

        Score found = three.Evaluate(watched);
        Assert.Equal((expected.Count, expected.Correct), (found.Count, found.Correct));
        Assert.Equal(expected.LossSum, found.LossSum, 1e-9 * expected.LossSum);
        Assert.Equal(found, three.Evaluate(data));
        Assert.Equal(3, watched.Threads.Count);
        Assert.Equal(Enumerable.Range(0, 50), watched.Seen.Order());

        var few = new Watched(Data(3));
        three.Evaluate(few);
        Assert.Equal([Environment.CurrentManagedThreadId], few.Threads);
        Assert.Throws<InvalidOperationException>(() => three.Evaluate(new Watched(data) { Fails = 30 }));
        Assert.Equal(found, three.Evaluate(data));
    }

    [Fact]
    public void A_disposed_trainer_trains_no_more_and_can_be_saved()
    {
        using var folder = new TemporaryFolder();
        SharedPlain.Trainer trainer = PlainTrainer(2);
        trainer.Dispose();
        trainer.Dispose();

        foreach (Action call in (Action[])[
            () => trainer.Train(Windows, All),
            () => trainer.Accumulate(Windows, All),
            () => trainer.Train(Windows.Inputs(0), Windows.Targets(0)),
            () => trainer.Train(trainer.Model.CreateState(), Windows.Inputs(0), Windows.Targets(0)),
            () => trainer.Evaluate(Windows),
            () => trainer.Fit(Windows, null, new FitOptions { Updates = 1 }),
            () => trainer.Workers = 1])
        {
            Assert.Throws<ObjectDisposedException>(call);
        }

        Assert.False(trainer.Tape.HasGradients);
        trainer.Save(folder.File("training"));
    }

    [Fact]
    public void Wrong_calls()
    {
        using SharedPlain.Trainer trainer = PlainTrainer(2);
        Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Workers = -1);
        Assert.Equal(2, trainer.Workers);
        Assert.Throws<ArgumentException>("windows", () => trainer.Train(Windows));
        Assert.Throws<ArgumentNullException>(() => trainer.Train(null!, 1));
        trainer.Workers = 0;
        Assert.Equal(Environment.ProcessorCount, trainer.Workers);
    }

    private static float[] Train(int workers)
    {
        using Shared.Trainer trainer = Trainer(workers);
        for (int update = 0; update < 3; update++)
        {
            trainer.Train(Windows, All);
        }

        return trainer.Model.Parameters.ToArray();
    }

    private static Shared.Trainer Trainer(int workers)
    {
        Shared.Trainer trainer = new Shared(seed: 1).CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
        trainer.Workers = workers;
        return trainer;
    }

    private static SharedPlain.Trainer PlainTrainer(int workers)
    {
        SharedPlain.Trainer trainer = new SharedPlain(seed: 1).CreateTrainer(new Sgd(0.1f) { ClipNorm = 1 });
        trainer.Workers = workers;
        return trainer;
    }

    private static Sequences<float, float> Data(int count)
    {
        var random = new Random(5);
        float[][] Numbers(int length) => [.. Enumerable.Range(0, count).Select(_ => TestNumbers.Random(random, length))];
        return new Sequences<float, float>(Numbers(50 * 4), Numbers(50));
    }

    /// <summary>Notes who reads it.</summary>
    private sealed class Watched(Sequences<float, float> data) : Dataset<float, float>
    {
        private readonly Lock _lock = new();

        public override int Count => data.Count;

        public int? Fails { get; init; }

        public HashSet<int> Threads { get; } = [];

        public List<int> Seen { get; } = [];

        public override ReadOnlySpan<float> Inputs(int index)
        {
            lock (_lock)
            {
                Threads.Add(Environment.CurrentManagedThreadId);
                Seen.Add(index);
            }

            return index == Fails ? throw new InvalidOperationException($"window {index}") : data.Inputs(index);
        }

        public override ReadOnlySpan<float> Targets(int index) => data.Targets(index);

        public void Clear()
        {
            Threads.Clear();
            Seen.Clear();
        }
    }
}
