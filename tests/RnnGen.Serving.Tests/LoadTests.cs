using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>Several threads at once. States have the number of their stream, so that no stream can have the state of another without notice.</summary>
public class LoadTests
{
    private const int Threads = 4;
    private const int StreamsPerThread = 50;
    private const int Rounds = 200;
    private const int LeastSwaps = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Weights_are_swapped_without_a_missed_step()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(1), Threads * StreamsPerThread);
        bool isDone = false;
        var swaps = Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                host.Swap(Keyed.Of(host.Version + 1));
            }
        });

        Run(thread =>
        {
            Keyed model = Keyed.Of(1);
            var outputs = new float[2];
            int[] keys = [.. Enumerable.Range(thread * StreamsPerThread, StreamsPerThread)];
            var versions = new float[keys.Length];
            foreach (int key in keys)
            {
                host.Start(key, Keyed.StateOf(model, key + 1));
            }

            for (int round = 1; round <= Rounds || host.Version < LeastSwaps; round++)
            {
                for (int k = 0; k < keys.Length; k++)
                {
                    int atLeast = host.Version;
                    host.Step(keys[k], [1], outputs);

                    // One version computed both, never an older one than before; and no step is missing or had another's state.
                    float version = outputs[0] / (keys[k] + 1);
                    Assert.Equal(version * round, outputs[1]);
                    Assert.True(version >= versions[k] && version >= atLeast, $"version {version} after {versions[k]}, {atLeast}");
                    versions[k] = version;
                }
            }
        });
        Volatile.Write(ref isDone, true);
        await swaps.WaitAsync(Patience);
    }

    [Fact]
    public void Streams_stay_with_their_weights()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(1), capacity: 1000);
        Keyed model = Keyed.Of(1);
        var outputs = new float[2];
        for (int version = 1; version <= 20; version++)
        {
            for (int key = 0; key < 10; key++)
            {
                host.Start((100 * version) + key, Keyed.StateOf(model, 1));
            }

            host.Swap(Keyed.Of(version + 1), LiveStreams.Stay);
        }

        host.Fork(500, 1);
        Assert.Equal([5f, 1, 9, 15], new[] { 1, 101, 909, 1505 }.Select(VersionOf));

        host.Swap(Keyed.Of(100));
        Assert.Equal([100f, 100, 100, 100], new[] { 1, 101, 909, 1505 }.Select(VersionOf));

        float VersionOf(int key)
        {
            host.Step(key, [1], outputs);
            return outputs[0];
        }
    }

    [Fact]
    public void A_fork_stays_with_the_weights_of_its_stream()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(1), capacity: 1000);
        Keyed model = Keyed.Of(1);
        var outputs = new float[2];
        host.Start(0, Keyed.StateOf(model, 1));
        for (int version = 2; version <= 5; version++)
        {
            host.Swap(Keyed.Of(version), LiveStreams.Stay);
        }

        for (int key = 1; key < 500; key++)
        {
            host.Fork(0, key);
            host.Start(500 + key, Keyed.StateOf(model, 1));
        }

        for (int key = 1; key < 500; key++)
        {
            host.Step(key, [1], outputs);
            Assert.Equal(1, outputs[0]);
            host.Step(500 + key, [1], outputs);
            Assert.Equal(5, outputs[0]);
        }
    }

    [Fact]
    public void A_stream_goes_over_wherever_it_is()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(1), capacity: 1);
        var outputs = new float[2];
        host.Start(0, Keyed.StateOf(Keyed.Of(1), 1));

        // Its end is being told when the weights are swapped.
        Assert.Throws<IOException>(() => host.EndIdle(TimeSpan.Zero, (_, _) =>
        {
            host.Swap(Keyed.Of(2));
            throw new IOException();
        }));

        host.Step(0, [1], outputs);
        Assert.Equal(2, outputs[0]);
    }

    [Fact]
    public void Steps_of_one_stream_by_several_threads_are_taken_one_after_the_other()
    {
        using var host = new StreamHost<int, float>(Keyed.Of(1), capacity: 1);
        host.Start(1, Keyed.StateOf(Keyed.Of(1), 1));
        var seen = new List<float>[Threads];

        Run(thread =>
        {
            var outputs = new float[2];
            seen[thread] = [];
            for (int step = 0; step < 1000; step++)
            {
                host.Step(1, [1], outputs);
                seen[thread].Add(outputs[1]);
            }
        });

        Assert.Equal(Enumerable.Range(1, Threads * 1000).Select(step => (float)step), seen.SelectMany(steps => steps).Order());
    }

    [Fact]
    public async Task Streams_come_and_go_under_a_capacity_while_all_are_saved()
    {
        const int Capacity = Threads * StreamsPerThread / 2;
        using var host = new StreamHost<int, float>(Keyed.Of(1), Capacity);
        bool isDone = false;
        var saves = Task.Run(() =>
        {
            while (!Volatile.Read(ref isDone))
            {
                Assert.InRange(host.Count, 0, Capacity);
                using var file = new MemoryStream();
                host.Save(file);
                file.Position = 0;
                using var second = new StreamHost<int, float>(Keyed.Of(1), 2 * Capacity);
                second.Restore(file);
                var outputs = new float[2];
                for (int key = 1; key <= Threads * StreamsPerThread; key++)
                {
                    if (second.Contains(key))
                    {
                        second.Step(key, [1], outputs);
                        Assert.Equal(key, outputs[0]);
                    }
                }
            }
        });

        Run(thread =>
        {
            Keyed model = Keyed.Of(1);
            var outputs = new float[2];
            for (int round = 0; round < Rounds; round++)
            {
                var live = new List<int>();
                for (int key = (thread * StreamsPerThread) + 1; key <= (thread + 1) * StreamsPerThread; key++)
                {
                    if (host.TryStart(key, Keyed.StateOf(model, key)) == StreamStatus.Done)
                    {
                        live.Add(key);
                    }
                }

                foreach (int key in live)
                {
                    host.Step(key, [round], outputs);
                    Assert.Equal([key, round], outputs);
                    host.End(key);
                }
            }
        });
        Volatile.Write(ref isDone, true);
        await saves.WaitAsync(Patience);
        Assert.Equal(0, host.Count);
    }

    private static void Run(Action<int> thread)
    {
        Task[] tasks = [.. Enumerable.Range(0, Threads).Select(number => Task.Factory.StartNew(() => thread(number), TaskCreationOptions.LongRunning))];
        Assert.True(Task.WaitAll(tasks, Patience));
    }
}
