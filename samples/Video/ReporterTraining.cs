using RnnGen;

/// <summary>
/// Trains the three networks as one, on two cores: each worker films clips of its own and has tapes of its own. There are always two, so that the
/// result is the same on every machine.
/// </summary>
internal sealed class ReporterTraining
{
    private const int Workers = 2;
    private const int ClipsPerWorker = 8;

    private readonly Worker[] _workers;
    private readonly Optimizer _retina;
    private readonly Optimizer _watcher;
    private readonly Optimizer _narrator;

    /// <summary>Prepares a training.</summary>
    /// <param name="reporter">The networks.</param>
    /// <param name="updates">The number of updates.</param>
    /// <param name="seed">Seed of the clips.</param>
    public ReporterTraining(Reporter reporter, int updates, int seed)
    {
        var adam = new AdamW(0.0025f) { WeightDecay = 0.01f, ClipNorm = 1, Schedule = new CosineSchedule(updates) };
        (_retina, _watcher, _narrator) = (adam.CreateOptimizer(reporter.Retina), adam.CreateOptimizer(reporter.Watcher), adam.CreateOptimizer(reporter.Narrator));
        _workers = [.. Enumerable.Range(0, Workers).Select(worker => new Worker(reporter, new Clips(new Random((Workers * seed) + worker))))];
    }

    /// <summary>One update.</summary>
    /// <returns>The loss in nats per word.</returns>
    public double Update()
    {
        Parallel.ForEach(_workers, worker => worker.Run(ClipsPerWorker));

        Worker sum = _workers[0];
        foreach (Worker other in _workers.Skip(1))
        {
            sum.TakeOver(other);
        }

        // The loss counts the narrator's words: the mean over them is the mean for all three.
        (double loss, double words) = (sum.NarratorTape.Loss, sum.NarratorTape.TargetWeight);
        _retina.Update(sum.RetinaTape, words);
        _watcher.Update(sum.WatcherTape, words);
        _narrator.Update(sum.NarratorTape);
        return loss;
    }

    private sealed class Worker(Reporter reporter, Clips clips)
    {
        private readonly Sight _sight = new(reporter.Retina);
        private readonly Watcher.State _watched = reporter.Watcher.CreateState();
        private readonly Watcher.State _gradients = reporter.Watcher.CreateState();
        private readonly Narrator.State _state = reporter.Narrator.CreateState();

        public Retina.Tape RetinaTape { get; } = reporter.Retina.CreateTape();

        public Watcher.Tape WatcherTape { get; } = reporter.Watcher.CreateTape();

        public Narrator.Tape NarratorTape { get; } = reporter.Narrator.CreateTape();

        /// <summary>Adds the gradients of some new clips.</summary>
        public void Run(int count)
        {
            for (int k = 0; k < count; k++)
            {
                Add(clips.Film(held: false));
            }
        }

        /// <summary>Adds another worker's gradients, and sets them to zero there.</summary>
        public void TakeOver(Worker other)
        {
            RetinaTape.TakeOver(other.RetinaTape);
            WatcherTape.TakeOver(other.WatcherTape);
            NarratorTape.TakeOver(other.NarratorTape);
        }

        private void Add(Clip clip)
        {
            ReadOnlySpan<int> sentence = clip.Words;

            // There: the watcher reads what the retina saw, the narrator starts where the watcher ended.
            ReadOnlySpan<float> views = _sight.Look(clip, RetinaTape);
            _watched.Reset();
            reporter.Watcher.Forward(_watched, views, WatcherTape);
            _state.StartFrom(_watched);
            reporter.Narrator.Forward(_state, sentence[..^1], NarratorTape);

            // And back: the gradient of the narrator's first state is that of the watcher's last, the gradient of the watcher's inputs that of the retina's outputs.
            reporter.Narrator.Backward(NarratorTape, sentence[1..]);
            _gradients.StartFrom(NarratorTape.InitialStateGradients);
            reporter.Watcher.Backward(WatcherTape, [], _gradients);
            _sight.Backward(RetinaTape, WatcherTape.InputGradients);
        }
    }
}
