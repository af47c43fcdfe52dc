using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>Many callers at once, whose steps share batches. States have the number of their stream, so that no stream can have the state of another without notice.</summary>
public class LaneLoadTests
{
    private const int Callers = 100;
    private const int StreamsPerCaller = 10;
    private const int Rounds = 60;
    private const int LeastSwaps = 20;

    // Numbers of streams, rounds and versions are multiplied: what comes of it is exact.
    private const int MostSwaps = 2000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(2, 1)]
    public async Task Weights_are_swapped_without_a_missed_step_whoever_shares_a_batch(int batches, int milliseconds)
    {
        using var host = new StreamHost<int, float>(
            KeyedLanes.Of(1), Callers * StreamsPerCaller, new() { ConcurrentBatches = batches, MaxWait = TimeSpan.FromMilliseconds(milliseconds) });
        bool isDone = false;
        Task swaps = OnThread(() =>
        {
            while (!Volatile.Read(ref isDone) && host.Version < MostSwaps)
            {
                host.Swap(KeyedLanes.Of(host.Version + 1));
            }
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(caller)))).WaitAsync(Patience);
        Volatile.Write(ref isDone, true);
        await swaps.WaitAsync(Patience);
        Assert.Equal(Callers * StreamsPerCaller, host.Count);

        // Each caller in another way.
        async Task Call(int caller)
        {
            KeyedLanes model = KeyedLanes.Of(1);
            int[] keys = [.. Enumerable.Range(caller * StreamsPerCaller, StreamsPerCaller)];
            var versions = new float[keys.Length];
            var inputs = new float[keys.Length];
            Array.Fill(inputs, 1);
            var outputs = new float[2 * keys.Length];
            var results = new StepResult[keys.Length];
            foreach (int key in keys)
            {
                host.Start(key, Keyed.StateOf(model, key + 1));
            }

            for (int round = 1; round <= Rounds || host.Version < LeastSwaps; round++)
            {
                int atLeast = host.Version;
                switch (caller % 4)
                {
                    case 0:
                        Assert.True(host.TryStepMany(keys, inputs, outputs, results));
                        break;
                    case 1:
                        ValueTask<StepResult>[] steps = [.. keys.Select((key, k) => host.TryStepAsync(key, inputs.AsMemory(k, 1), outputs.AsMemory(2 * k, 2)))];
                        for (int k = 0; k < keys.Length; k++)
                        {
                            results[k] = await steps[k];
                        }

                        break;
                    default:
                        for (int k = 0; k < keys.Length; k++)
                        {
                            results[k] = caller % 4 == 2
                                ? await host.TryStepAsync(keys[k], inputs.AsMemory(k, 1), outputs.AsMemory(2 * k, 2))
                                : new StepResult(host.TryStep(keys[k], inputs.AsSpan(k, 1), outputs.AsSpan(2 * k, 2), out int version), version);
                        }

                        break;
                }

                for (int k = 0; k < keys.Length; k++)
                {
                    // One version computed both, never an older one than before; and no step is missing or had another's state.
                    float version = outputs[2 * k] / (keys[k] + 1);
                    Assert.Equal(new StepResult(StreamStatus.Done, (int)version), results[k]);
                    Assert.Equal(version * round, outputs[(2 * k) + 1]);
                    Assert.True(version >= versions[k] && version >= atLeast, $"version {version} after {versions[k]}, {atLeast}");
                    versions[k] = version;
                }
            }
        }
    }

    [Fact]
    public async Task Streams_come_and_go_while_others_share_batches_and_all_are_saved()
    {
        const int Capacity = Callers * StreamsPerCaller / 2;
        using var host = new StreamHost<int, float>(KeyedLanes.Of(1), Capacity, new() { ConcurrentBatches = 2 });
        bool isDone = false;
        Task saves = OnThread(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                using var file = new MemoryStream();
                host.Save(file);
                file.Position = 0;
                using var second = new StreamHost<int, float>(KeyedLanes.Of(1), 2 * Capacity);
                second.Restore(file);
                var outputs = new float[2];
                for (int key = 1; key <= Callers * StreamsPerCaller; key++)
                {
                    if (second.Contains(key))
                    {
                        second.Step(key, [1], outputs);
                        Assert.Equal(key, outputs[0]);
                    }
                }
            }
        });

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => Call(caller)))).WaitAsync(Patience);
        Volatile.Write(ref isDone, true);
        await saves.WaitAsync(Patience);
        Assert.Equal(0, host.Count);

        async Task Call(int caller)
        {
            KeyedLanes model = KeyedLanes.Of(1);
            for (int round = 0; round < Rounds; round++)
            {
                int[] live = [.. Enumerable.Range((caller * StreamsPerCaller) + 1, StreamsPerCaller)
                    .Where(key => host.TryStart(key, Keyed.StateOf(model, key)) == StreamStatus.Done)];
                float[][] outputs = [.. live.Select(_ => new float[2])];
                Task<StepResult>[] steps = [.. live.Select((key, k) => host.TryStepAsync(key, new float[] { round }, outputs[k]).AsTask())];

                // Every other stream ends while its step waits, or after it was taken.
                for (int k = 0; k < live.Length; k += 2)
                {
                    host.End(live[k]);
                }

                for (int k = 0; k < live.Length; k++)
                {
                    StreamStatus status = (await steps[k]).Status;
                    Assert.True(status == StreamStatus.Done || (k % 2 == 0 && status == StreamStatus.Unknown));
                    Assert.Equal(status == StreamStatus.Done ? [live[k], round] : [0, 0], outputs[k]);
                }

                for (int k = 1; k < live.Length; k += 2)
                {
                    host.End(live[k]);
                }
            }
        }
    }

    /// <summary>Not on the thread pool, whose threads the callers keep busy until this is done.</summary>
    private static Task OnThread(Action action) => Task.Factory.StartNew(action, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
