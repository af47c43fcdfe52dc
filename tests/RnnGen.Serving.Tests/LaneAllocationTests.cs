using RnnGen.Serving;

namespace RnnGen.Tests.Serving;

/// <summary>What all threads of the process allocate is measured: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(LaneAllocationTests), DisableParallelization = true)]
[Collection(nameof(LaneAllocationTests))]
public class LaneAllocationTests
{
    private const int Callers = 20;
    private const int Steps = 5000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task A_step_that_waits_for_others_allocates_nothing(int milliseconds)
    {
        using var host = new StreamHost<int, float>(new LaneMeter(1), Callers, new() { ConcurrentBatches = 1, MaxWait = TimeSpan.FromMilliseconds(milliseconds) });
        var outputs = new float[Callers][];
        for (int key = 0; key < Callers; key++)
        {
            host.Start(key);
            outputs[key] = new float[2];
        }

        // The first rounds create what is kept.
        int steps = milliseconds == 0 ? Steps : Steps / 20;
        long least = long.MaxValue;
        var inputs = new float[] { 1, 2, 3 };
        for (int round = 0; round < 6; round++)
        {
            long before = GC.GetTotalAllocatedBytes(precise: true);
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(key => Step(key)));
            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // A task for each caller, whatever the number of its steps.
        Assert.InRange(least, 0, Callers * 400);

        async Task Step(int key)
        {
            for (int step = 0; step < steps; step++)
            {
                await host.StepAsync(key, inputs, outputs[key]);
            }
        }
    }
}
