using RnnGen.Testing;
using RnnGen.Tests.Batches;

namespace RnnGen.Tests.Allocation;

[Collection(nameof(AllocationTests))]
public class BatchAllocationTests
{
    private const int Calls = 200;

    private static readonly int[] Lengths = [3, 6, 1, 6, 2, 5, 6, 4, 1];

    [Fact]
    public void Streams()
    {
        var model = new TwoHeads(seed: 1);
        TwoHeads.Batch batch = model.CreateBatch();
        TwoHeads.State state = model.CreateState();
        float[] x = new float[9 * 6 * 3];
        float[] kinds = new float[9 * 6 * 4];
        float[] sizes = new float[9 * 6 * 2];

        Allocations.None(() => model.Step(batch, x.AsSpan(0, 27), kinds.AsSpan(0, 36), sizes.AsSpan(0, 18)), Calls);
        Allocations.None(() => model.Forward(batch, x, kinds, sizes), Calls);
        Allocations.None(() => model.Forward(batch, x.AsSpan(0, 15), [2, 3], kinds.AsSpan(0, 20), sizes.AsSpan(0, 10)), Calls);
        Allocations.None(
            () =>
            {
                batch.CopyIn(3, state);
                batch.CopyOut(4, state);
                batch.Reset(5);
                batch.Reset();
            },
            Calls);
    }

    [Fact]
    public void Steps_of_many_streams()
    {
        var small = new TwoHeads(seed: 1);
        TwoHeads.State[] states = [.. Enumerable.Range(0, 20).Select(_ => small.CreateState())];
        float[] x = new float[20 * 40];
        float[] y = new float[20 * 4];
        var wide = new Wide(seed: 1);
        Wide.State[] others = wide.CreateStates(20);
        var tiny = new Tiny(seed: 1);
        Tiny.State[] elements = tiny.CreateStates(150);

        Allocations.None(() => small.Step(states, x.AsSpan(0, 60), y, x.AsSpan(100, 40)), Calls);
        Allocations.None(() => wide.Step(others, x, y), Calls);
        Allocations.None(() => tiny.Step(elements, x.AsSpan(0, 450), x.AsSpan(450, 150)), Calls);
    }

    [Fact]
    public void Windows_of_both_directions()
    {
        var model = new WholeWindows(seed: 1);
        WholeWindows.Batch batch = model.CreateBatch();
        float[] x = new float[9 * 6 * 3];
        float[] y = new float[9 * 6 * 2];

        Allocations.None(() => model.Forward(batch, x, y), Calls);
    }

    [Fact]
    public void Training()
    {
        var model = new TokenBatch(seed: 1);
        TokenBatch.Batch batch = model.CreateBatch();
        TokenBatch.Batch gradients = model.CreateBatch();
        TokenBatch.Tape tape = model.CreateBatchTape();
        Optimizer optimizer = new Adam(1e-3f).CreateOptimizer(model);
        int[] x = new int[Lengths.Sum()];
        float[] dy = new float[x.Length * 4];

        Allocations.None(
            () =>
            {
                model.Forward(batch, x, Lengths, tape);
                model.Backward(tape, x);
                optimizer.Update(tape);
                model.Forward(batch, x, Lengths, tape);
                model.Backward(tape, dy, gradients);
                optimizer.Update(tape);
            },
            Calls);
    }

    [Fact]
    public void Mini_batches_of_a_trainer()
    {
        var trainer = new TokenBatch(seed: 1).CreateTrainer(new Adam(1e-3f));
        int[] x = new int[Lengths.Sum()];

        Allocations.None(() => trainer.Train(x, Lengths, x), Calls);
    }

    [Fact]
    public void Scores()
    {
        var trainer = new TokenBatch(seed: 1).CreateTrainer(new Sgd(0));
        int[][] windows = [.. Lengths.Concat(Lengths).Select(steps => new int[steps])];
        var data = new Sequences<int, int>(windows, windows);
        var several = new TwoHeadsBatch(seed: 1).CreateTrainer(new Sgd(0));
        var heads = new Sequences<float, TwoHeadsBatch.WindowTargets>(
            windows.Select(_ => new float[9]), windows.Select(_ => (TwoHeadsBatch.WindowTargets[])[new(new int[3], new float[2])]));

        Allocations.None(() => trainer.Evaluate(data), Calls);
        Allocations.None(() => several.Evaluate(heads), Calls);
        Allocations.None(() => several.Train(heads, 0, 1, 2, 3, 4, 5), Calls);
    }
}
