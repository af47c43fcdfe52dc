using RnnGen.Testing;
using RnnGen.Tests.Checkpoints;
using RnnGen.Training;

namespace RnnGen.Tests.Training;

/// <summary>Everything that the exchange of sums must not get wrong: lanes, tied weights, weighted classes, dropout.</summary>
[RnnModel(inputSize: 30, sequenceLength: 30, BatchSize = 4)]
internal sealed partial class TogetherWords
{
    [Embedding(24)]
    public partial Layer Words { get; }

    [Dropout(0.2)]
    public partial Layer Dropped { get; }

    [Lstm(24)]
    public partial Layer Memory { get; }

    [Softmax(30, Tied = nameof(Words), ClassWeights =
        [1, 2, 0.5, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0])]
    public partial Layer Next { get; }
}

/// <summary>Trainers of several processes, which are threads here: the same bits as one process with as many workers.</summary>
public sealed class ProcessGroupTests : IDisposable
{
    private const int Lanes = 12;

    private static readonly int[] All = [.. Enumerable.Range(0, Lanes)];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static FitOptions Options => new() { Updates = 6, BatchSize = Lanes, Seed = 5, ValidateEvery = 2 };

    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 2)]
    [InlineData(3, 3)]
    [InlineData(5, 3)]
    [InlineData(7, 4)]
    public void Any_number_of_processes_gives_the_bits_of_one_with_as_many_workers(int workers, int processes)
    {
        (byte[] expected, FitResult result) = Fit(workers, null, Options);

        foreach ((byte[] file, FitResult found) in ThreadGroup.Run(processes, group => Fit(workers, group, Options)))
        {
            Assert.Equal(expected, file);
            Assert.Equal((result.Validation, result.BestLoss, result.Updates, result.Targets), (found.Validation, found.BestLoss, found.Updates, found.Targets));
        }
    }

    [Fact]
    public void Carried_states_are_those_of_one_process()
    {
        FitOptions options = Options with { Order = DataOrder.Sequential, CarryState = true };
        (byte[] expected, _) = Fit(3, null, options);

        Assert.All(ThreadGroup.Run(2, group => Fit(3, group, options).File), file => Assert.Equal(expected, file));
    }

    [Fact]
    public void So_are_several_accumulations_of_one_update()
    {
        byte[] expected = Train(null);

        Assert.All(ThreadGroup.Run(2, Train), file => Assert.Equal(expected, file));

        static byte[] Train(ThreadGroup? group)
        {
            using TogetherWords.Trainer trainer = Trainer(4, group);
            for (int update = 0; update < 3; update++)
            {
                trainer.Accumulate(Data(1), All);

                // Collects those of tied weights, which must not be counted twice.
                Assert.False(trainer.Tape.Gradients.IsEmpty);
                trainer.Accumulate(Data(2), All);

                // Too little to share: every process does it.
                trainer.Accumulate(Data(2), 0, 1);
                trainer.Update();
            }

            return File(trainer);
        }
    }

    [Fact]
    public void A_score_is_that_of_one_process()
    {
        using TogetherWords.Trainer one = Trainer(3, null);
        Score expected = one.Evaluate(Data(1, windows: 50));

        Assert.All(ThreadGroup.Run(2, Evaluate), score => Assert.Equal(expected, score));

        static Score Evaluate(ThreadGroup group)
        {
            using TogetherWords.Trainer trainer = Trainer(3, group);
            int before = group.Calls;
            Score score = trainer.Evaluate(Data(1, windows: 50));
            Assert.InRange(group.Calls - before, 1, 3);
            return score;
        }
    }

    [Fact]
    public void Processes_may_come_and_go_between_runs()
    {
        (byte[] expected, _) = Fit(4, null, Options with { Updates = 8 });
        string path = _folder.File("training");
        long last = 0;
        foreach (int processes in (int[])[1, 2, 1, 3])
        {
            last += 2;
            FitOptions options = Options with { Updates = last, CheckpointPath = path };
            Assert.All(ThreadGroup.Run(processes, group => Fit(4, group, options, path).Found), found => Assert.Equal(last > 2, found));
        }

        Assert.Equal(expected, System.IO.File.ReadAllBytes(path));
    }

    [Fact]
    public void Only_the_first_process_writes_and_reads()
    {
        string path = _folder.File("training");
        ThreadGroup.Run(2, group => Fit(2, group, Options with { CheckpointPath = group.Rank == 0 ? path : _folder.File("absent/file"), SaveEvery = 2 }));
        byte[] file = System.IO.File.ReadAllBytes(path);

        // The others need not see the file.
        byte[][] files = ThreadGroup.Run(2, group =>
        {
            using TogetherWords.Trainer trainer = Trainer(2, group);
            Assert.True(trainer.TryResume(group.Rank == 0 ? path : _folder.File("another")));
            return File(trainer);
        });

        Assert.Equal(["training"], Directory.EnumerateFileSystemEntries(_folder.File(".")).Select(Path.GetFileName));
        Assert.All(files, found => Assert.Equal(file, found));
    }

    [Fact]
    public void What_cannot_be_written_or_read_is_known_to_all()
    {
        FitOptions options = Options with { CheckpointPath = _folder.File("absent/file") };
        Fails<CheckpointException>(group => Fit(2, group, options));

        System.IO.File.WriteAllText(_folder.File("damaged"), "damaged");
        Directory.CreateDirectory(_folder.File("folder"));
        Exception?[] failures = Failures(group => Trainer(2, group).TryResume(_folder.File("damaged")));
        Assert.All(failures, failure => Assert.IsType<CheckpointException>(failure));
        Assert.All(Failures(group => Trainer(2, group).TryResume(_folder.File("folder"))), Assert.Null);
    }

    [Fact]
    public void A_process_that_fails_stops_all_at_the_same_place()
    {
        Exception?[] failures = Failures(group =>
        {
            using TogetherWords.Trainer trainer = Trainer(2, group);
            trainer.Accumulate(Data(1), All);
            try
            {
                trainer.Accumulate(new Broken(Data(1), 11), All);
            }
            finally
            {
                // As if nothing had been.
                Assert.Throws<InvalidOperationException>(() => trainer.Update());
                trainer.Train(Data(1), All);
            }
        });

        Assert.Equal("window 11", Assert.IsType<InvalidDataException>(failures[1]).Message);
        ProcessFailedException other = Assert.IsType<ProcessFailedException>(failures[0]);
        Assert.Equal(1, other.Rank);
        Assert.Contains("Process 1 (of 0 to 1) failed", other.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_process_that_is_cancelled_stops_all_at_the_same_update()
    {
        FitResult[] results = ThreadGroup.Run(3, group =>
        {
            using TogetherWords.Trainer trainer = Trainer(3, group);
            using var cancellation = new CancellationTokenSource();
            var stopper = new Reports(report =>
            {
                if (group.Rank == 2 && report.Update == 3)
                {
                    cancellation.Cancel();
                }
            });
            return trainer.Fit(Data(1), null, new FitOptions { Updates = 100, BatchSize = Lanes, ReportEvery = 1 }, stopper, cancellation.Token);
        });

        Assert.All(results, result => Assert.Equal((StopReason.Cancelled, 3), (result.StopReason, result.Updates)));
    }

    [Theory]
    [InlineData("checksum of weights")]
    [InlineData("number of windows")]
    [InlineData("number of updates")]
    [InlineData("number of workers")]
    [InlineData("CheckpointPath, given or not")]
    [InlineData("random numbers for the order")]
    public void Processes_that_differ_are_told_so(string difference)
    {
        Exception?[] failures = Failures(group =>
        {
            string found = group.Rank == 1 ? difference : "";
            using TogetherWords.Trainer trainer = Trainer(found == "number of workers" ? 3 : 2, group, seed: found == "checksum of weights" ? 2 : 1);
            FitOptions options = found switch
            {
                "number of updates" => Options with { Updates = 7 },
                "random numbers for the order" => Options with { Seed = 6 },
                "CheckpointPath, given or not" => Options with { CheckpointPath = _folder.File("training") },
                _ => Options,
            };
            trainer.Fit(Data(1, windows: found == "number of windows" ? 13 : Lanes), Data(2), options);
        });

        Assert.All(failures, failure =>
            Assert.Contains($"The processes must have the same {difference}", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Processes_that_come_apart_write_nothing()
    {
        string path = _folder.File("training");
        Exception?[] failures = Failures(group =>
        {
            using TogetherWords.Trainer trainer = Trainer(2, group);
            var options = new FitOptions { Updates = 4, BatchSize = Lanes, ReportEvery = 1, SaveEvery = 2, CheckpointPath = path };
            var damage = new Reports(report =>
            {
                if (group.Rank == 1 && report.Update == 3)
                {
                    trainer.Model.Initialize(WeightInitialization.PyTorch, seed: 9);
                }
            });
            trainer.Fit(Data(1), null, options, damage);
        });

        Assert.All(failures, failure => Assert.Contains("checksum of weights", Assert.IsType<InvalidOperationException>(failure).Message, StringComparison.Ordinal));
        using TogetherWords.Trainer last = Trainer(2, null);
        last.Resume(path);
        Assert.Equal(2, last.Optimizer.Updates);
    }

    [Fact]
    public void An_update_allocates_nothing()
    {
        using TogetherWords.Trainer trainer = Trainer(2, null);
        trainer.Group = new Unanswered();
        Sequences<int, int> data = Data(1, windows: 50);

        Allocations.None(Train, calls: 1);

        void Train()
        {
            for (int update = 0; update < 3; update++)
            {
                trainer.Train(data, All);
                trainer.Evaluate(data);
            }
        }
    }

    [Fact]
    public void Workers_are_at_least_as_many_as_processes()
    {
        ThreadGroup.Run(3, group =>
        {
            using TogetherWords.Trainer trainer = Trainer(1, group);
            Assert.Equal((3, group), (trainer.Workers, trainer.Group));
            Assert.Contains("number of processes in the group, 3", Assert.Throws<ArgumentOutOfRangeException>(() => trainer.Workers = 2).Message, StringComparison.Ordinal);
            trainer.Group = null;
            trainer.Workers = 2;
            return trainer.Workers;
        });
    }

    private static (byte[] File, FitResult Result, bool Found) Fit(int workers, ThreadGroup? group, FitOptions options, string? resume)
    {
        using TogetherWords.Trainer trainer = Trainer(workers, group);
        bool found = resume is not null && trainer.TryResume(resume);
        FitResult result = trainer.Fit(Data(1, 3 * Lanes), Data(2), options);
        return (File(trainer), result, found);
    }

    private static (byte[] File, FitResult Result) Fit(int workers, ThreadGroup? group, FitOptions options)
    {
        (byte[] file, FitResult result, _) = Fit(workers, group, options, resume: null);
        return (file, result);
    }

    private static TogetherWords.Trainer Trainer(int workers, ThreadGroup? group, int seed = 1)
    {
        TogetherWords.Trainer trainer = new TogetherWords(seed).CreateTrainer(new Adam(0.01f) { ClipNorm = 1 });
        trainer.Workers = workers;
        trainer.Group = group;
        return trainer;
    }

    /// <summary>Everything that decides how a training goes on.</summary>
    private static byte[] File(TogetherWords.Trainer trainer)
    {
        using var stream = new MemoryStream();
        trainer.Save(stream);
        return stream.ToArray();
    }

    private static Sequences<int, int> Data(int seed, int windows = Lanes)
    {
        var random = new Random(seed);
        int[] Tokens() => [.. Enumerable.Range(0, 30).Select(_ => random.Next(30))];
        return new([.. Enumerable.Range(0, windows).Select(_ => Tokens())], [.. Enumerable.Range(0, windows).Select(_ => Tokens())]);
    }

    /// <summary>What each of two processes threw.</summary>
    private static Exception?[] Failures(Action<ThreadGroup> program) => ThreadGroup.Run(2, group => Record.Exception(() => program(group)));

    /// <summary>It fails in the first process, and the other one learns it.</summary>
    private static void Fails<TException>(Action<ThreadGroup> program)
    {
        Exception?[] failures = Failures(program);
        Assert.IsType<TException>(failures[0]);
        Assert.Equal(0, Assert.IsType<ProcessFailedException>(failures[1]).Rank);
    }

    /// <summary>The first of two processes, of which the other sends nothing.</summary>
    private sealed class Unanswered : IProcessGroup
    {
        public int Size => 2;

        public int Rank => 0;

        public void AllGather(Span<byte> values, ReadOnlySpan<int> starts) => values[starts[1]..starts[2]].Clear();

        public void AllToAll(ReadOnlySpan<byte> sent, ReadOnlySpan<int> sentStarts, Span<byte> received, ReadOnlySpan<int> receivedStarts) =>
            sent[sentStarts[0]..sentStarts[1]].CopyTo(received[receivedStarts[0]..receivedStarts[1]]);
    }

    private sealed class Broken(Dataset<int, int> data, int window) : Dataset<int, int>
    {
        public override int Count => data.Count;

        public override ReadOnlySpan<int> Inputs(int index) => index == window ? throw new InvalidDataException($"window {index}") : data.Inputs(index);

        public override ReadOnlySpan<int> Targets(int index) => data.Targets(index);
    }
}
