using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace RnnGen.Benchmarks;

/// <summary>Single steps that come due at a steady pace: nanoseconds from when a step was due until its outputs are there.</summary>
/// <param name="Latency">The distribution.</param>
/// <param name="Quietest">The distribution in the round with the lowest p99.9: what else the machine did is in the others.</param>
/// <param name="Collections">Garbage collections in the meantime.</param>
/// <param name="Pause">Nanoseconds that a collection stopped the process, on average.</param>
/// <param name="Delayed">Steps that took more than twice the median because of a collection.</param>
/// <param name="Longest">The longest of them.</param>
internal sealed record SteadyTimes(Latency Latency, Latency Quietest, int Collections, double Pause, int Delayed, double Longest)
{
    public const int Rounds = 5;
    public const int Steps = 10_000;
    public const double Microseconds = 200;

    public static SteadyTimes Measure<TModel, TState>()
        where TModel : class, IRnnStreamingModel<float>, IRnnModelFactory<TModel>, IStreamed<TState>
        where TState : State
    {
        TModel model = TModel.Create(seed: 1);
        var tour = new Tour<TState>([(TState)model.CreateState()], new Random(1).Uniform(model.SequenceLength * model.InputSize), model.InputSize, model.OutputSize);
        Func<int, double> stream = Repeat.Of(count => model.Stream(tour, count));
        WarmUp.Run([() => stream(50)]);
        var times = new double[Rounds * Steps];
        var hits = new bool[times.Length];

        // All memory is there and all code is compiled before the clock starts.
        Run(() => model.Stream(tour, 1), times.AsSpan(0, 1000), hits);
        int collections = GC.CollectionCount(0);
        TimeSpan paused = GC.GetTotalPauseDuration();
        Run(() => model.Stream(tour, 1), times, hits);
        collections = GC.CollectionCount(0) - collections;
        paused = GC.GetTotalPauseDuration() - paused;

        Latency latency = Latency.Of([.. times]);
        double[] delayed = [.. times.Where((time, step) => hits[step] && time > 2 * latency.P50)];
        Latency quietest = times.Chunk(Steps).Select(round => Latency.Of([.. round])).MinBy(round => round.P999)!;
        return new SteadyTimes(latency, quietest, collections, collections == 0 ? 0 : paused.TotalNanoseconds / collections, delayed.Length, delayed.DefaultIfEmpty().Max());
    }

    /// <summary>Waits in a loop for each step to come due: a sleeping thread would measure how it is woken.</summary>
    /// <param name="step">The step.</param>
    /// <param name="times">Takes nanoseconds. A step that had to wait for the one before it counts from when it was due.</param>
    /// <param name="hits">Takes whether there was a collection since the step before, or that one was hit and still at work.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run(Action step, Span<double> times, Span<bool> hits)
    {
        double nanoseconds = 1e9 / Stopwatch.Frequency;
        double ticks = Microseconds * 1e-6 * Stopwatch.Frequency;
        long start = Stopwatch.GetTimestamp();
        long end = start;
        int collections = GC.CollectionCount(0);
        bool isHit = false;
        for (int k = 0; k < times.Length; k++)
        {
            long due = start + (long)((k + 1) * ticks);
            isHit &= end > due;
            while (Stopwatch.GetTimestamp() < due)
            {
                // No SpinWait: that would give the core away.
            }

            step();
            end = Stopwatch.GetTimestamp();
            times[k] = (end - due) * nanoseconds;
            int now = GC.CollectionCount(0);
            isHit |= now != collections;
            hits[k] = isHit;
            collections = now;
        }
    }
}
